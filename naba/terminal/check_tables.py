"""What `naba check` prints for people: a table of articles, and the summary of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from loader.check import Summary, Tally, missing_of, published_of
from loader.extract.credit_kinds import CreditKind, credit_kind
from loader.understand import Understood
from loader.unknown_credits import registry_entry
from mappings.agencies import Registry
from mappings.article import Article

_TITLE_LENGTH = 60
_AGENCIES = 30  # rows of the table of agencies
_CREDITS = 15
_LOOKED_AT = 500  # credits among which those that may be agencies are looked for
_CREDIT_KINDS: dict[CreditKind, str] = {
    "agency": "an agency?",
    "outlet": "an outlet",
    "correspondent": "a correspondent",
    "nobody": "no name",
}
_BAR = 24  # characters of the longest bar
_ORIGINS = (
    "given",
    "path",
    "line",
    "footer",
    "dateline",
    "byline",
    "hijri",
    "weekday",
    "relative",
    "body",
    "lead",
    "none",
)
_MISSING = {
    "agency": "no agency",
    "date": "no date",
    "year": "a day without its year (counts as undated)",
    "title": "no title",
}


def _agencies(article: Article, registry: Registry) -> Text:
    """Who is credited, and how that was found; a credit that names no known agency as it stands."""
    if article.agencies:
        labels = "، ".join(registry.label(agency) for agency in article.agencies)
        return _found(_shortened(labels), article.agency_origin)
    return _found(_shortened(article.credit or ""), "unknown" if article.credit else None)


def print_articles(console: Console, shown: Iterable[Understood], registry: Registry) -> None:
    """One row an article: what was found, in brackets from where, and what is missing."""
    table = _table("Where", "Title", "Agency", "Date", "Missing")
    for understood in shown:
        article = understood.article
        table.add_row(
            _text(understood.raw.place),
            _found(_shortened(article.title or ""), article.title_origin),
            _agencies(article, registry),
            _found(_date(understood), article.date_origin),
            Text(", ".join(missing_of(article)), style="yellow"),
        )
    _print(console, "Articles", table)


def print_summary(console: Console, summary: Summary, registry: Registry) -> None:
    """All that the archivist should know before loading."""
    if summary.articles:
        _print(console, "By agency", _agencies_table(summary, registry))
        _print(console, "Where agency, date and title were found", _origins_table(summary))
        if summary.years:
            _print(console, "By year", _years_table(summary))
        if summary.outlets:
            _print(console, "By outlet", _outlets_table(summary))
        _print(console, "Read as", _readings_table(summary))
    if rows := _missing_rows(summary):
        _print(console, "Missing and doubtful", _missing_table(rows))
    if len(summary.credits):
        _print_credits(console, summary, registry)
    if summary.withheld:
        _print(
            console, "Not to be shown, says their sender", _reasons_table(summary.withheld, summary)
        )
    if summary.refused:
        _print(console, "Would not be indexed", _reasons_table(summary.refused, summary))
    articles = "1 article" if summary.articles == 1 else f"{summary.articles:,} articles"
    console.print(
        f"{articles} would be indexed; {summary.refusals:,} would not, or could not be read.",
        highlight=False,
    )


def _agencies_table(summary: Summary, registry: Registry) -> Table:
    table = _table("Agency", "Id", ">Articles", ">Share", "First", "Last")
    ordered = sorted(summary.agencies.items(), key=lambda entry: -entry[1].count)
    for agency, tally in ordered[:_AGENCIES]:
        table.add_row(
            _text(registry.label(agency) if agency else "(none found)"),
            _text(agency or ""),
            f"{tally.count:,}",
            _share(tally.count, summary.articles),
            tally.first.isoformat() if tally.first else "",
            tally.last.isoformat() if tally.last else "",
        )
    if rest := ordered[_AGENCIES:]:
        count = sum(tally.count for _, tally in rest)
        table.add_row(
            f"({len(rest)} more)", "", f"{count:,}", _share(count, summary.articles), "", ""
        )
    return table


def _origins_table(summary: Summary) -> Table:
    """A row an origin, in the order of trust, with the articles whose agency, date, title came from
    there.
    """
    table = _table("Origin", ">Agencies", ">Dates", ">Titles")
    columns = (summary.agency_origins, summary.date_origins, summary.title_origins)
    known = [origin for origin in _ORIGINS if any(column[origin] for column in columns)]
    for origin in known:
        table.add_row(
            origin, *(f"{column[origin]:,}" if column[origin] else "" for column in columns)
        )
    return table


def _outlets_table(summary: Summary) -> Table:
    table = _table("Outlet", ">Articles", ">Share")
    for outlet, count in summary.outlets.most_common(_AGENCIES):
        table.add_row(_text(_shortened(outlet)), f"{count:,}", _share(count, summary.articles))
    if (more := len(summary.outlets) - _AGENCIES) > 0:
        table.add_row(f"({more:,} more)", "", "")
    return table


def _years_table(summary: Summary) -> Table:
    """A bar a year, the years between first and last that have none included: gaps are what one
    looks for.
    """
    table = _table("Year", ">Articles", "")
    first, last = min(summary.years), max(summary.years)
    most = max(summary.years.values())
    years: Sequence[int] = range(first, last + 1) if last - first < 60 else sorted(summary.years)
    for year in years:
        count = summary.years[year]
        table.add_row(
            str(year), f"{count:,}", "█" * max(round(_BAR * count / most), 1 if count else 0)
        )
    return table


def _readings_table(summary: Summary) -> Table:
    table = _table("Format", "Encoding", ">Articles")
    for (kind, encoding), count in summary.readings.most_common(_AGENCIES):
        table.add_row(_text(kind), _text(encoding), f"{count:,}")
    return table


def _missing_rows(summary: Summary) -> list[tuple[str, Tally]]:
    rows = [
        (sentence, summary.missing[name])
        for name, sentence in _MISSING.items()
        if name in summary.missing
    ]
    rows += [
        ("a date of a month or a year only", summary.coarse),
        ("a very short text (a caption or fragment?)", summary.short),
        ("no Arabic letter in it (another language, or ruined before?)", summary.no_arabic),
        ("the same text as an article before it", summary.same_text),
        (
            "the same id as an article before it: if they differ, only the first is indexed",
            summary.same_id,
        ),
        ("a contradiction, or a date that was refused", summary.notes),
    ]
    return [(sentence, tally) for sentence, tally in rows if tally.count]


def _missing_table(rows: Iterable[tuple[str, Tally]]) -> Table:
    table = _table("What", ">Articles", "For example")
    for sentence, tally in rows:
        table.add_row(_text(sentence), f"{tally.count:,}", _text("\n".join(tally.examples)))
    return table


def _reasons_table(tallies: Mapping[str, Tally], summary: Summary) -> Table:
    table = _table("Reason", ">Count", "The first of them", "For example")
    for reason, tally in sorted(tallies.items(), key=lambda entry: -entry[1].count):
        examples = _text("\n".join(tally.examples))
        table.add_row(_text(reason), f"{tally.count:,}", _text(summary.details[reason]), examples)
    return table


def _print_credits(console: Console, summary: Summary, registry: Registry) -> None:
    credits = [
        (credit, count, credit_kind(credit, registry))
        for credit, count in summary.credits.most_common(_LOOKED_AT)
    ]
    table = _table("Credit", "Looks like", ">Articles")
    for credit, count, kind in credits[:_CREDITS]:
        table.add_row(_text(credit), _CREDIT_KINDS[kind], f"{count:,}")
    if (more := len(summary.credits) - _CREDITS) > 0:
        table.add_row(f"({more:,} more)", "", "")
    _print(console, "Credits that no agency is known by", table)
    agencies = [credit for credit, _, kind in credits if kind == "agency"][:_CREDITS]
    if not agencies:
        return
    console.print(
        _text(
            "Those that are agencies become known by an entry in a file of your own, named by "
            "NABA_AGENCIES. "
            "Ready to paste; put better labels where you like:\n"
        )
    )
    for credit in agencies:
        # As it is, without wrapping: this is to be pasted.
        console.print(_text(registry_entry(credit) + "\n"), soft_wrap=True)


def _print(console: Console, title: str, table: Table) -> None:
    console.print(Text(title, style="bold"))
    console.print(table)


def _table(*columns: str) -> Table:
    """A plain table; a column whose name begins with > holds numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(
            column.removeprefix(">"), justify="right" if column.startswith(">") else "left"
        )
    return table


def _found(value: str, origin: str | None) -> Text:
    text = _text(value)
    return text.append(f" ({origin})", style="dim") if origin and value else text


def _text(value: str) -> Text:
    """Text from outside as it is: square brackets are no markup, controls do not reach the
    terminal.
    """
    return Text("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in value))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _TITLE_LENGTH else text[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def _date(understood: Understood) -> str:
    article = understood.article
    published = published_of(article) or ""
    if article.published and article.precision == "month":
        return published[:7]
    return published[:4] if article.published and article.precision == "year" else published


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %"

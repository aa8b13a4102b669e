"""What `naba check` prints for people: a table of articles, and the summary of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from loader.check import Checked, Summary, Tally, missing_of, published_of
from loader.credits import registry_entry
from mappings.agencies import Registry

_TITLE_LENGTH = 60
_AGENCIES = 30  # rows of the table of agencies
_CREDITS = 15
_BAR = 24  # characters of the longest bar
_MISSING = {
    "agency": "no agency",
    "date": "no date",
    "year": "a day without its year (counts as undated)",
    "title": "no title",
}


def articles_table(shown: Iterable[Checked], registry: Registry) -> Table:
    """One row an article: what was found, in brackets from where, and what is missing."""
    table = _table("Articles", "Where", "Title", "Agency", "Date", "Missing")
    for checked in shown:
        article = checked.article
        agencies = "، ".join(registry.label(agency) for agency in article.agencies) or article.credit or ""
        table.add_row(
            _text(checked.raw.place),
            _found(_shortened(article.title or ""), article.title_origin),
            _found(
                _shortened(agencies), article.agency_origin if article.agencies else "unknown" if agencies else None
            ),
            _found(_date(checked), article.date_origin if article.date_origin != "none" else None),
            Text(", ".join(missing_of(article)), style="yellow"),
        )
    return table


def print_summary(console: Console, summary: Summary, registry: Registry) -> None:
    """All that the archivist should know before loading."""
    console.print(
        _text(f"{summary.articles:,} articles would be indexed, {summary.refusals:,} files or records would not.")
    )
    if summary.articles:
        console.print(_agencies_table(summary, registry))
        console.print(_counts_table("Where agencies were found", "Origin", summary.agency_origins))
        console.print(_counts_table("Where dates were found", "Origin", summary.date_origins))
        console.print(_counts_table("Where titles were found", "Origin", summary.title_origins))
        if summary.years:
            console.print(_years_table(summary))
        if summary.outlets:
            console.print(_counts_table("By outlet", "Outlet", summary.outlets))
        console.print(_readings_table(summary))
    if rows := _missing_rows(summary):
        console.print(_tally_table("Missing and doubtful", "What", rows))
    if summary.refused:
        console.print(_refused_table(summary))
    if len(summary.credits):
        _print_credits(console, summary)


def _agencies_table(summary: Summary, registry: Registry) -> Table:
    table = _table("By agency", "Agency", "Id", ">Articles", ">Share", "First", "Last")
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
        table.add_row(f"({len(rest)} more)", "", f"{count:,}", _share(count, summary.articles), "", "")
    return table


def _counts_table(title: str, name: str, counts: Counter[str]) -> Table:
    table = _table(title, name, ">Articles", ">Share")
    total = counts.total()
    for value, count in counts.most_common(_AGENCIES):
        table.add_row(_text(value), f"{count:,}", _share(count, total))
    return table


def _years_table(summary: Summary) -> Table:
    """A bar a year, the years between first and last that have none included: gaps are what one looks for."""
    table = _table("By year", "Year", ">Articles", "")
    first, last = min(summary.years), max(summary.years)
    most = max(summary.years.values())
    years: Sequence[int] = range(first, last + 1) if last - first < 60 else sorted(summary.years)
    for year in years:
        count = summary.years[year]
        table.add_row(str(year), f"{count:,}", "█" * max(round(_BAR * count / most), 1 if count else 0))
    return table


def _readings_table(summary: Summary) -> Table:
    table = _table("Read as", "Format", "Encoding", ">Articles")
    for (kind, encoding), count in summary.readings.most_common(_AGENCIES):
        table.add_row(_text(kind), _text(encoding), f"{count:,}")
    return table


def _missing_rows(summary: Summary) -> list[tuple[str, Tally]]:
    rows = [(sentence, summary.missing[name]) for name, sentence in _MISSING.items() if name in summary.missing]
    rows += [
        ("a very short text (a caption or fragment?)", summary.short),
        ("the same text as an article before it", summary.same_text),
        ("the same id as an article before it, which it would replace", summary.same_id),
        ("a contradiction, or a date that was refused", summary.notes),
    ]
    return [(sentence, tally) for sentence, tally in rows if tally.count]


def _tally_table(title: str, name: str, rows: Iterable[tuple[str, Tally]]) -> Table:
    table = _table(title, name, ">Articles", "For example")
    for sentence, tally in rows:
        table.add_row(_text(sentence), f"{tally.count:,}", _text("\n".join(tally.examples)))
    return table


def _refused_table(summary: Summary) -> Table:
    table = _table("Would not be indexed", "Reason", ">Count", "The first of them", "For example")
    for reason, tally in sorted(summary.refused.items(), key=lambda entry: -entry[1].count):
        examples = _text("\n".join(tally.examples))
        table.add_row(_text(reason), f"{tally.count:,}", _text(summary.details[reason]), examples)
    return table


def _print_credits(console: Console, summary: Summary) -> None:
    credits = summary.credits.most_common(_CREDITS)
    table = _table("Credits that no agency is known by", "Credit", ">Articles")
    for credit, count in credits:
        table.add_row(_text(credit), f"{count:,}")
    if (more := len(summary.credits) - len(credits)) > 0:
        table.add_row(f"({more:,} more)", "")
    console.print(table)
    console.print(
        _text(
            "Those that are agencies become known by an entry in a file of your own, named by NABA_AGENCIES. "
            "Ready to paste; put better labels where you like:\n"
        )
    )
    for credit, _ in credits:
        # As it is, without wrapping: this is to be pasted.
        console.print(_text(registry_entry(credit) + "\n"), soft_wrap=True)


def _table(title: str, *columns: str) -> Table:
    """A plain table; a column whose name begins with > holds numbers."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column.removeprefix(">"), justify="right" if column.startswith(">") else "left")
    return table


def _found(value: str, origin: str | None) -> Text:
    text = _text(value)
    return text.append(f" ({origin})", style="dim") if origin and value else text


def _text(value: str) -> Text:
    """Text from outside as it is: square brackets are no markup, controls do not reach the terminal."""
    return Text("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in value))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _TITLE_LENGTH else text[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def _date(checked: Checked) -> str:
    article = checked.article
    published = published_of(article) or ""
    if article.published and article.precision == "month":
        return published[:7]
    return published[:4] if article.published and article.precision == "year" else published


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %"

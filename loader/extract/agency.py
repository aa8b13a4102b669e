"""Who a text is from: one answer from all its credits, and what was given or lies in the path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from loader.extract.bylines import read_byline
from loader.extract.copy import Layout
from loader.extract.credits import read_labelled
from loader.extract.line import Line
from loader.extract.segments import split
from loader.raw import Given
from mappings.agencies import Agency, Registry
from mappings.article import AgencyOrigin

_CREDIT_LENGTH = 120
_LINE = 200  # longer than any credit line


@dataclass(frozen=True, slots=True)
class Signature:
    """Ids of the credited agencies, the first is the agency; how they were found; the
    outlet that published the text; its author.
    """

    agencies: tuple[str, ...]
    origin: AgencyOrigin
    credit: str | None
    outlet: str | None
    author: str | None
    notes: tuple[str, ...] = ()


def sign(
    layout: Layout, given: Given, defaults: Given, path_source: Agency | None, registry: Registry
) -> Signature:
    """Decide. What a record gives wins over the text, the text over options (`defaults`), these
    over the path.

    Of the text's own credits the first that names an agency counts, in the order footer, dateline,
    byline, last words; channels and papers are the agency only where no agency is credited: an
    outlet never displaces one.
    """
    text = _from_text(layout, registry)
    beside = _from_record(given, registry)
    found = beside if beside.agencies else text
    if not found.agencies:
        found = _unsigned(beside, text, _others(given, defaults, path_source, registry))
    return Signature(
        found.agencies,
        found.origin,
        found.credit,
        given.outlet or defaults.outlet or _outlet(layout, given, path_source, registry),
        _author(layout, given, registry),
        _notes(given, beside, text) + _unknown_option(defaults, registry),
    )


def _unsigned(beside: _Found, text: _Found, others: Iterable[_Found]) -> _Found:
    """Who it is from where neither record nor text names an agency: the first of `others` that
    does. A credit that nobody knows stays as it stands.
    """
    found = next((other for other in others if other.agencies), _NOBODY)
    credit = beside.credit or text.credit or found.credit
    unknown = text if text.origin != "none" and text.credit == credit else beside
    return _Found(found.agencies, (found if found.agencies else unknown).origin, credit)


def _others(
    given: Given, defaults: Given, path_source: Agency | None, registry: Registry
) -> Iterator[_Found]:
    """Who publishes, who was named as an option, whose folder it lies in."""
    for source in (registry.resolve(given.outlet or ""), registry.by_domain(given.url or "")):
        if source and source.kind == "agency":
            yield _Found((source.id,), "given", None)
    yield _from_record(Given(agency=defaults.agency, credit=defaults.credit), registry)
    if path_source and path_source.kind != "outlet":
        yield _Found((path_source.id,), "path", None)


def _author(layout: Layout, given: Given, registry: Registry) -> str | None:
    """Who wrote it: the record's author, where it is no credit, or the first of the bylines."""
    if given.author and not _ids_of_line(given.author, registry):
        return given.author
    return next((credit.author for credit in layout.bylines if credit.author), None)


@dataclass(frozen=True, slots=True)
class _Found:
    agencies: tuple[str, ...]
    origin: AgencyOrigin
    credit: str | None


_NOBODY = _Found((), "none", None)


def _label(source: Agency | None, *kinds: str) -> str | None:
    return source.label_ar if source and source.kind in kinds else None


def _from_record(given: Given, registry: Registry) -> _Found:
    """What a record or an option says: its agency, its credit line, or an author line that is a
    credit.
    """
    if given.agency and (known := registry.get(given.agency.strip().lower())):
        return _Found((known.id,), "given", given.credit or known.label_ar)
    for value in (given.agency, given.credit):
        if value and (ids := credited_ids(value, registry)):
            return _Found(ids, "given", value)
    if (
        not given.credit
        and given.author
        and (ids := _agencies(_ids_of_line(given.author, registry), registry))
    ):
        return _Found(ids, "given", given.author)
    credit = given.credit or given.agency
    return _Found((), "given" if credit else "none", credit)


def _notes(given: Given, beside: _Found, text: _Found) -> tuple[str, ...]:
    notes: list[str] = []
    if beside.agencies and text.agencies and not set(beside.agencies) & set(text.agencies):
        said, held = (", ".join(ids) for ids in (text.agencies, beside.agencies))
        notes.append(f"The text credits {said}, but {held} was given: the given one holds.")
    if given.agency and not beside.agencies:
        notes.append(
            f"Nobody in the registry is called {given.agency!r}: it is kept as the credit."
        )
    return tuple(notes)


def _unknown_option(defaults: Given, registry: Registry) -> tuple[str, ...]:
    if not defaults.agency or _from_record(Given(agency=defaults.agency), registry).agencies:
        return ()
    return (f"Nobody in the registry is called {defaults.agency!r}.",)


def _ids_of_line(text: str, registry: Registry) -> tuple[str, ...]:
    """The sources of a line that is a credit as a whole."""
    return _ids_of_credit(text, registry) if len(text) <= _LINE else ()


@lru_cache(maxsize=4096)  # an archive has few credits and authors, and each of them often
def _ids_of_credit(text: str, registry: Registry) -> tuple[str, ...]:
    line = Line(0, text, registry)
    credit = read_labelled(line) or read_byline(line, "tail")
    return credit.sources if credit else ()


def credited_ids(text: str, registry: Registry) -> tuple[str, ...]:
    """The agencies and channels that a credit of a record names, in order; () where nobody knows
    them.
    """
    sources = _ids_of_line(text, registry)
    if not sources and len(text) <= _CREDIT_LENGTH:
        sources = tuple(
            dict.fromkeys(source for part in split(text, registry) for source in part.sources)
        )
    if not sources and (whole := registry.resolve(text)):
        sources = (whole.id,)  # "Deutsche Presse-Agentur": the dash is the name's own
    return _agencies(sources, registry)


def _agencies(sources: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    return tuple(s for s in sources if (known := registry.get(s)) and known.kind != "outlet")


def _credits(layout: Layout) -> Iterator[_Found]:
    """All credits of the text, in the order in which they count."""
    for credit in layout.footers:
        if not credit.reprint:
            yield _Found(credit.sources, "footer", credit.text)
    for dateline in layout.datelines:
        if dateline.credit:
            yield _Found(dateline.sources, "dateline", dateline.credit)
    for credit in layout.bylines:
        yield _Found(credit.sources, "byline", credit.text)
    for credit in layout.footers:
        if credit.reprint:
            yield _Found(credit.sources, "footer", credit.text)
    for credit in layout.signatures:
        yield _Found(credit.sources, "footer", credit.text)


def _from_text(layout: Layout, registry: Registry) -> _Found:
    credits = list(_credits(layout))
    for kind in ("agency", "channel"):
        chosen = next((c for c in credits if _of_kind(c.agencies, kind, registry)), None)
        if chosen is not None:
            named = (source for credit in credits for source in credit.agencies)
            ids = (*_agencies(chosen.agencies, registry), *_of_kind(named, "agency", registry))
            return _Found(tuple(dict.fromkeys(ids)), chosen.origin, chosen.credit)
    # An outlet, a correspondent or a name nobody knows: kept as it stands, with no agency.
    return replace(credits[0], agencies=()) if credits else _NOBODY


def _of_kind(sources: Iterable[str], kind: str, registry: Registry) -> list[str]:
    known = map(registry.get, sources)
    return [source.id for source in known if source and source.kind == kind]


def _outlet(
    layout: Layout, given: Given, path_source: Agency | None, registry: Registry
) -> str | None:
    """The label of the first channel, paper or site that any credit names, or that the address or
    the path is of.
    """
    credits = [credit.sources for credit in (*layout.footers, *layout.bylines, *layout.signatures)]
    credits += [dateline.sources for dateline in layout.datelines]
    named = (registry.get(source) for sources in credits for source in sources)
    sources = (*named, registry.by_domain(given.url or ""))
    labels = (_label(source, "outlet", "channel") for source in sources)
    return next((label for label in labels if label), _label(path_source, "outlet"))

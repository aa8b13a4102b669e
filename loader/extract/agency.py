"""Who a text is from: one answer from all its credits, and what was given or lies in the path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from loader.extract.credits import read_byline, read_labelled
from loader.extract.layout import Layout
from loader.extract.segments import split
from loader.raw import Given
from mappings.agencies import Agency, Registry
from mappings.article import AgencyOrigin

_CREDIT_LENGTH = 120
_LINE = 200  # longer than any credit line


@dataclass(frozen=True, slots=True)
class Signature:
    """Ids of the credited agencies, the first is the agency; how they were found; who published;
    who wrote.
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
    outlet = (
        given.outlet
        or defaults.outlet
        or _outlet(layout, registry)
        or _label(registry.by_domain(given.url or ""), "channel", "outlet")
    )
    written_by = given.author if given.author and not _ids_of_line(given.author, registry) else None
    author = written_by or next((credit.author for credit in layout.bylines if credit.author), None)
    notes = _notes(given, beside, text, registry) + _unknown_option(defaults, registry)
    if beside.agencies:
        found = beside
    elif text and text.agencies:
        found = text
    else:
        option = _from_record(Given(agency=defaults.agency, credit=defaults.credit), registry)
        fallbacks = (
            _published_by(given, registry),
            option if option.agencies else None,
            _path(path_source),
        )
        found = next((fallback for fallback in fallbacks if fallback), _Found((), "none", None))
        # A credit that nobody knows stays as it stands.
        credit = beside.credit or (text.credit if text else None) or found.credit
        origin = (
            found.origin
            if found.agencies
            else text.origin
            if text and text.credit == credit
            else beside.origin
        )
        found = _Found(found.agencies, origin, credit)
    outlet = outlet or _label(path_source, "outlet")
    return Signature(found.agencies, found.origin, found.credit, outlet, author, notes)


@dataclass(frozen=True, slots=True)
class _Found:
    agencies: tuple[str, ...]
    origin: AgencyOrigin
    credit: str | None


def _label(source: Agency | None, *kinds: str) -> str | None:
    return source.label_ar if source and source.kind in kinds else None


def _path(source: Agency | None) -> _Found | None:
    return _Found((source.id,), "path", None) if source and source.kind != "outlet" else None


def _published_by(given: Given, registry: Registry) -> _Found | None:
    """An agency that publishes on its own site or under its own name and signs nothing."""
    for source in (registry.resolve(given.outlet or ""), registry.by_domain(given.url or "")):
        if source and source.kind == "agency":
            return _Found((source.id,), "given", None)
    return None


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


def _notes(
    given: Given, beside: _Found, text: _Found | None, registry: Registry
) -> tuple[str, ...]:
    notes: list[str] = []
    if beside.agencies and text and text.agencies and not set(beside.agencies) & set(text.agencies):
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
    credit = read_labelled(text, registry) or read_byline(text, registry, "tail")
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
    return _agencies(sources, registry)


def _agencies(sources: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    return tuple(s for s in sources if (known := registry.get(s)) and known.kind != "outlet")


def _from_text(layout: Layout, registry: Registry) -> _Found | None:
    candidates: list[tuple[tuple[str, ...], AgencyOrigin, str | None]] = []
    plain = [c for c in layout.footers if not c.reprint]
    reprints = [c for c in layout.footers if c.reprint]
    candidates += [(c.sources, "footer", c.text) for c in plain]
    candidates += [(d.sources, "dateline", d.credit) for d in layout.datelines if d.credit]
    candidates += [(c.sources, "byline", c.text) for c in layout.bylines]
    candidates += [(c.sources, "footer", c.text) for c in reprints]
    candidates += [(c.sources, "footer", c.text) for c in layout.signatures]
    if not candidates:
        return None

    def has(sources: tuple[str, ...], *kinds: str) -> bool:
        return any((known := registry.get(s)) is not None and known.kind in kinds for s in sources)

    chosen = next((c for c in candidates if has(c[0], "agency")), None)
    chosen = chosen or next((c for c in candidates if has(c[0], "channel")), None)
    if chosen is None:
        # An outlet, a correspondent or a name nobody knows: kept as it stands, with no agency.
        first = candidates[0]
        return _Found((), first[1], first[2])
    ids = list(_agencies(chosen[0], registry))
    for sources, _, _ in candidates:
        ids += [s for s in sources if has((s,), "agency") and s not in ids]
    return _Found(tuple(ids), chosen[1], chosen[2])


def _outlet(layout: Layout, registry: Registry) -> str | None:
    """The label of the first channel, paper or site that any credit names."""
    credits: list[tuple[str, ...]] = [
        c.sources for c in (*layout.footers, *layout.bylines, *layout.signatures)
    ]
    credits += [d.sources for d in layout.datelines]
    for sources in credits:
        for source in sources:
            if (known := registry.get(source)) and known.kind in ("outlet", "channel"):
                return known.label_ar
    return None

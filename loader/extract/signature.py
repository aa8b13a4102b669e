"""Who a text is from: one answer from all its credits, and what was given or lies in the path."""

from __future__ import annotations

from dataclasses import dataclass

from loader.extract.credits import read_byline, read_labelled
from loader.extract.layout import Layout
from loader.extract.segments import split
from loader.raw import Given
from mappings.agencies import Agency, Registry
from mappings.article import AgencyOrigin


@dataclass(frozen=True, slots=True)
class Signature:
    """Ids of the credited agencies, the first is the agency; how they were found; who published; who wrote."""

    agencies: tuple[str, ...]
    origin: AgencyOrigin
    credit: str | None
    outlet: str | None
    author: str | None
    notes: tuple[str, ...] = ()


def sign(layout: Layout, given: Given, path_source: Agency | None, registry: Registry) -> Signature:
    """Decide. Given values win over the text; the text wins over the path; an outlet never displaces an agency.

    Of the text's own credits the first that names an agency counts, in the order footer, dateline, byline, last
    words; channels and papers are the agency only where no agency is credited.
    """
    notes: list[str] = []
    found = _from_text(layout, registry)
    outlet = given.outlet or _outlet(layout, found, registry)
    author = given.author or next((c.author for c in layout.bylines if c.author), None)
    if given.agency or given.credit:
        credited, text = _given(given, registry)
        if credited:
            if found and found.agencies and not set(found.agencies) & set(credited):
                notes.append(
                    f"Given agency {', '.join(credited)}, but the text credits {', '.join(found.agencies)}: the given one holds."
                )
            return Signature(credited, "given", text, outlet, author, tuple(notes))
        if given.agency:
            notes.append(f"Nobody in the registry is called {given.agency!r}: the given agency is kept as the credit.")
        if not found or not found.agencies:
            return _with_path(
                Signature((), "given" if text else "none", text, outlet, author, tuple(notes)), path_source
            )
    if found:
        return _with_path(
            Signature(found.agencies, found.origin, found.credit, outlet, author, tuple(notes)), path_source
        )
    return _with_path(Signature((), "none", None, outlet, author, tuple(notes)), path_source)


def _with_path(signature: Signature, path_source: Agency | None) -> Signature:
    if path_source is None:
        return signature
    if path_source.kind == "outlet":
        return Signature(
            signature.agencies,
            signature.origin,
            signature.credit,
            signature.outlet or path_source.label_ar,
            signature.author,
            signature.notes,
        )
    if signature.agencies:
        return signature
    return Signature((path_source.id,), "path", signature.credit, signature.outlet, signature.author, signature.notes)


def _given(given: Given, registry: Registry) -> tuple[tuple[str, ...], str | None]:
    """Ids and verbatim text of what a record or an option says."""
    for value in (given.agency, given.credit):
        if not value:
            continue
        if known := registry.get(value.strip().lower()):
            return (known.id,), given.credit or known.label_ar
        ids = credited_ids(value, registry)
        if ids:
            return ids, value
    return (), given.credit or given.agency


def credited_ids(text: str, registry: Registry) -> tuple[str, ...]:
    """The agencies and channels that a credit of a record names, in order; () where nobody knows them."""
    credit = read_labelled(text, registry) or read_byline(text, registry, "tail")
    sources = credit.sources if credit else ()
    if not sources and len(text) <= 120:
        sources = tuple(dict.fromkeys(s for part in split(text, registry) for s in part.sources))
    return _agencies(sources, registry)


def _agencies(sources: tuple[str, ...], registry: Registry) -> tuple[str, ...]:
    return tuple(s for s in sources if (known := registry.get(s)) and known.kind != "outlet")


@dataclass(frozen=True, slots=True)
class _Found:
    agencies: tuple[str, ...]
    origin: AgencyOrigin
    credit: str | None


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


def _outlet(layout: Layout, found: _Found | None, registry: Registry) -> str | None:
    """The label of the first channel, paper or site that any credit names."""
    credits: list[tuple[str, ...]] = [c.sources for c in (*layout.footers, *layout.bylines, *layout.signatures)]
    credits += [d.sources for d in layout.datelines]
    for sources in credits:
        for source in sources:
            if (known := registry.get(source)) and known.kind in ("outlet", "channel"):
                return known.label_ar
    return None

"""Names of news agencies among the words of a query: their articles are meant as well as those that name them.

A credit is taken out of the body when an article is loaded, so words alone find only articles that mention the agency.
Which names those are says the registry, which is passed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from service.query.terms import AgencyName, ParsedQuery, Word
from service.query.units import cut, other_spellings, runs, units_of_word

AgencyOf = Callable[[str], str | None]  # a name as typed -> the id of the agency that it means in a query


def with_agency_names(parsed: ParsedQuery, agency_of: AgencyOf) -> ParsedQuery:
    """`parsed` with the names of agencies in it; of neither phrases nor negated words, prefixes, words of a field."""
    alone = [
        (term.field, [word for unit in units_of_word(term) for word in unit.words])
        for clause in parsed.clauses
        for term in clause.alternatives
        if len(clause.alternatives) > 1 and isinstance(term, Word) and not term.prefix
    ]
    found: dict[tuple[str, ...], str] = {}
    for field, run in [*runs(parsed), *alone]:
        found |= _names(run, agency_of) if field is None else {}
    return replace(parsed, names=tuple(AgencyName(*item) for item in found.items())) if found else parsed


def _names(run: list[str], agency_of: AgencyOf) -> dict[tuple[str, ...], str]:
    """The names in a run of neighbouring words, which is cut as for its units."""

    def named(part: tuple[str, ...]) -> str | None:
        return next(filter(None, map(agency_of, (" ".join(part), *other_spellings(part)))), None)

    parts = cut(run, lambda part: other_spellings(part) or named(part))
    return {part: agency for part in parts if (agency := named(part))}

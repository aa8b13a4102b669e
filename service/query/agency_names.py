"""Names of news agencies among the words of a query: their articles are meant as well as those that
name them.

A credit is taken out of the body when an article is loaded, so words alone find only articles that
mention the agency. Which names those are says the registry.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from mappings.agencies import Registry
from service.query.question import cut, opens_name, other_spellings, runs, units_of_word
from service.query.terms import AgencyName, ParsedQuery, Word


def with_agency_names(parsed: ParsedQuery, registry: Registry) -> ParsedQuery:
    """`parsed` with the names of agencies in it; of neither phrases nor negated words, prefixes,
    words of a field.
    """
    alone = [
        (term.field, [word for unit in units_of_word(term) for word in unit.words])
        for clause in parsed.clauses
        for term in clause.alternatives
        if len(clause.alternatives) > 1 and isinstance(term, Word) and not term.prefix
    ]
    found: dict[tuple[str, ...], str] = {}
    for field, run in [*runs(parsed), *alone]:
        found |= _names(run, registry) if field is None else {}
    return (
        replace(parsed, names=tuple(AgencyName(*item) for item in found.items()))
        if found
        else parsed
    )


def _names(run: list[str], registry: Registry) -> dict[tuple[str, ...], str]:
    """The names in a run of neighbouring words, which is cut as for its units."""
    named = partial(_agency_of, registry)
    parts = cut(
        run, partial(_opens_name, registry), lambda part: other_spellings(part) or named(part)
    )
    return {part: agency for part in parts if (agency := named(part))}


@lru_cache(maxsize=4096)  # words recur from query to query
def _opens_name(registry: Registry, word: str) -> bool:
    return registry.opens_name(word) or opens_name(word)


@lru_cache(maxsize=4096)
def _agency_of(registry: Registry, part: tuple[str, ...]) -> str | None:
    """The id of the agency that these words mean, themselves or in another spelling."""
    found = next(
        filter(None, map(registry.meant_by, (" ".join(part), *other_spellings(part)))), None
    )
    return found.id if found else None

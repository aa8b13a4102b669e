"""The ways in which an article has one unit of a query, as clauses of the first phase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mappings.analysis import Analyzer
from service.query.names import cached_by_word
from service.query.ranking import BARE_WORD, Boosts, boosts_of, credit, phrase, prefix, reading
from service.query.syntax import TextField
from service.query.units import Unit, is_made_of_stop_word, without_particles

Query = dict[str, Any]


def any_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def all_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"must": queries}}


@cached_by_word
def match_unit(unit: Unit, within: TextField | None) -> Query:
    """Any of the ways to match a unit."""
    return any_of(ways_to_match(unit, within))


@cached_by_word
def ways_to_match(unit: Unit, within: TextField | None) -> Sequence[Query]:
    """Any of them will do. No dis_max here: flat disjunctions are what the engine skips through.

    The lemma alone covers the word as written (the index holds every word's lemma) and most of the
    stems; the word without its particle and the other spellings widen it. Lemma and stem in one
    clause lost .0025 on abstracts here.
    """
    boosts = boosts_of(unit.field, within)
    queries = prefix(unit.text, boosts) if unit.is_prefix else credit(unit, within)
    if len(unit.words) == 1:  # a word with a star finds no less than without
        queries += _ways_of_word(unit.words[0], boosts)
    else:
        queries += phrase(unit.text, boosts)
        # Initials and a designation are nothing apart.
        if any(len(word) > 1 for word in unit.words) and not unit.is_joined:
            words = [Unit((word,), field=unit.field) for word in unit.words]
            queries.append(all_of([match_unit(word, within) for word in words]))
    for spelling in unit.variants:
        queries += _ways_of_variant(spelling, boosts)
    return queries


def _ways_of_word(word: str, boosts: Boosts) -> list[Query]:
    if is_made_of_stop_word(word):
        return phrase(word, boosts)
    queries: list[Query] = []
    for field, boost in boosts.items():
        queries.append(reading(field, word, Analyzer.LEMMA, boost))
        queries.append(reading(field, word, Analyzer.STEM, boost))
        if bare := without_particles(word):
            queries.append(reading(field, bare, Analyzer.LEMMA, boost * BARE_WORD))
    return queries


def _ways_of_variant(spelling: str, boosts: Boosts) -> list[Query]:
    if " " in spelling:
        return phrase(spelling, boosts)
    return [reading(field, spelling, Analyzer.LEMMA, boost) for field, boost in boosts.items()]

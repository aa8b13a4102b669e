"""Which articles match, and in what order: a parsed query as Elasticsearch clauses, in two phases.

`matching_query` decides which articles match; totals, facets and sorts by date need no more. It is
made of plain matches, which the engine can skip through. `rescoring` puts the first hundred of them
in the order of the full ranking, whose per-word clauses the engine cannot skip: the same quality at
a quarter of the cost (docs/arabic.md). The copies of a story are folded before that, by the first
order. `ranked_query` is both phases in one query, for those who walk through everything in the full
order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from mappings.analysis import Analyzer
from mappings.index import SubField
from service.params import FilterParams, Match
from service.query.exclusion import excluded_words
from service.query.question import (
    LONG_QUERY,
    Choice,
    Unit,
    choice,
    has_words,
    plain_units,
    units_of_word,
    without_particles,
    words_of,
)
from service.query.ranking import (
    BARE_WORD,
    boosts_of,
    brief_score,
    choice_score,
    credit,
    lead_scores,
    phrase,
    phrase_score,
    prefix,
    reading,
    unit_score,
)
from service.query.terms import ParsedQuery, Phrase, TextField, Word
from service.query.written import written

Query = dict[str, Any]
Applied = Literal["all", "any", "exact"]

# With this many content words or fewer, readers mean all of them; longer queries are sentences and
# questions, where asking for all words loses most answers.
ALL_WORDS_UP_TO: Final = 3

# Hits that are put in the full order: ten pages of ten. 100 and 300 gave the same quality, 300 at a
# quarter more cost.
RESCORED: Final = 100

# Beyond that window the first order goes on; its scores are scaled to stay below those of the
# window.
FIRST_PHASE_WEIGHT: Final = 0.001


def applied_match(parsed: ParsedQuery, asked: Match) -> Applied:
    """What `match=auto` means for this query: all of up to three content words, else any of
    them.
    """
    if asked != "auto":
        return asked
    if any(
        isinstance(term, Phrase) and not clause.negated
        for clause in parsed.clauses
        for term in clause.alternatives
    ):
        return "all"  # who quotes means what is written
    units = sum(unit.is_content for unit in plain_units(parsed))
    choices = sum(len(clause.alternatives) > 1 and not clause.negated for clause in parsed.clauses)
    return "all" if units + choices <= ALL_WORDS_UP_TO else "any"


def _any_of(queries: Sequence[Query]) -> Query:
    return (
        queries[0]
        if len(queries) == 1
        else {"bool": {"should": queries, "minimum_should_match": 1}}
    )


def _all_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"must": queries}}


@lru_cache(maxsize=4096)  # words recur from query to query
def _found_unit(unit: Unit, within: TextField | None) -> Query:
    """Any of the ways to find a unit."""
    return written(_any_of(_found_ways(unit, within)))


@lru_cache(maxsize=4096)
def _found_ways(unit: Unit, within: TextField | None) -> Sequence[Query]:
    """The ways to find a unit, for where any of the units will do."""
    return [written(way) for way in _ways_to_find(unit, within)]


def _ways_to_find(unit: Unit, within: TextField | None) -> list[Query]:
    """Any of them will do. No dis_max here: flat disjunctions are what the engine skips through.

    The lemma alone covers the word as written (the index holds every word's lemma) and most of the
    stems; the word without its particle and the other spellings widen it. Lemma and stem in one
    clause lost .0025 on abstracts here.
    """
    boosts = boosts_of(unit.field, within)
    if unit.is_prefix:
        return prefix(unit.text, boosts)
    queries = credit(unit, within)
    if len(unit.words) == 1:
        for field, boost in boosts.items():
            queries.append(reading(field, unit.words[0], Analyzer.LEMMA, boost))
            queries.append(reading(field, unit.words[0], Analyzer.STEM, boost))
            if bare := without_particles(unit.words[0]):
                queries.append(reading(field, bare, Analyzer.LEMMA, boost * BARE_WORD))
    else:
        single_letters = all(len(word) == 1 for word in unit.words)
        queries += phrase(unit.text, boosts)
        if not single_letters:
            queries.append(
                _all_of(
                    [_found_unit(Unit((word,), field=unit.field), within) for word in unit.words]
                )
            )
    for spelling in unit.variants:
        if " " in spelling:
            queries += phrase(spelling, boosts)
        else:
            queries += [
                reading(field, spelling, Analyzer.LEMMA, boost) for field, boost in boosts.items()
            ]
    return queries


def _found_exactly(text: str, field: TextField | None, within: TextField | None) -> Query:
    return _any_of(phrase(text, boosts_of(field, within), SubField.LETTERS))


def _found_phrase(term: Phrase, within: TextField | None, applied: Applied) -> Query:
    letters = SubField.LETTERS if applied == "exact" else SubField.PLAIN
    return _any_of(phrase(term.text, boosts_of(term.field, within), letters))


def _found_choice(alternatives: Choice, within: TextField | None, applied: Applied) -> Query:
    queries: list[Query] = []
    for alternative in alternatives.alternatives:
        if isinstance(alternative, Phrase):
            queries.append(_found_phrase(alternative, within, applied))
        elif alternative[0].is_prefix:
            queries += [_found_unit(unit, within) for unit in alternative]
        elif applied == "exact":
            text = " ".join(unit.text for unit in alternative)
            queries.append(_found_exactly(text, alternative[0].field, within))
        else:
            queries.append(_all_of([_found_unit(unit, within) for unit in alternative]))
    return _any_of(queries)


def _excluded(parsed: ParsedQuery, within: TextField | None, applied: Applied) -> list[Query]:
    """What negated clauses take out; of words less than the same word finds (exclusion.py), but for
    exact letters.
    """
    negated = [clause for clause in parsed.clauses if clause.negated]
    plain = [
        term
        for clause in negated
        for term in clause.alternatives
        if isinstance(term, Word) and not term.prefix and units_of_word(term) and applied != "exact"
    ]
    others = [choice(clause) for clause in negated if clause.alternatives[0] not in plain]
    return excluded_words(plain, within) + [
        _found_choice(found, within, applied) for found in others if found
    ]


def _exact_words(parsed: ParsedQuery, within: TextField | None) -> list[Query]:
    """Every word as it is typed, stop words too; a joined word in its order."""
    queries: list[Query] = []
    for clause in parsed.clauses:
        term = clause.alternatives[0]
        if not isinstance(term, Word) or len(clause.alternatives) > 1 or clause.negated:
            continue
        if term.prefix:
            queries.append(_any_of(prefix(term.text, boosts_of(term.field, within))))
        elif units_of_word(term):
            queries.append(_found_exactly(term.text, term.field, within))
    return queries


def matching_query(parsed: ParsedQuery, params: FilterParams, *, match: Applied) -> Query:
    """The articles that match, in a first order. `match` is what `applied_match` says, or "any"
    when relaxed.

    Negations always hold. Words and phrases are asked for as `match` says; with "any" a phrase
    counts for the articles that have it, and its words for the others. An empty query matches
    everything; one of which nothing can be searched for (only signs) matches nothing.
    """
    if parsed.is_empty:
        return {"match_all": {}}
    within = params.in_
    required: list[Query] = []
    excluded = _excluded(parsed, within, match)
    optional: list[Query] = []
    asked = optional if match == "any" else required
    if match == "exact":
        required += _exact_words(parsed, within)
    else:
        units = plain_units(parsed)
        if units and not any(unit.is_content for unit in units):
            asked += _only_stop_words(units, within, match)
        elif match == "any":
            optional += [query for unit in units for query in _found_ways(unit, within)]
        else:
            required += [_found_unit(unit, within) for unit in units]
    for clause in parsed.clauses:
        term = clause.alternatives[0]
        if clause.negated:
            continue
        if len(clause.alternatives) > 1:
            found = choice(clause, parsed.names)
            asked += [_found_choice(found, within, match)] if found else []
        elif isinstance(term, Phrase) and has_words(term):
            asked.append(_found_phrase(term, within, match))
            if match == "any":  # the words of a phrase that is nowhere are still the best there is
                optional += [
                    query for unit in words_of(term) for query in _found_ways(unit, within)
                ]
    if not (required or optional or excluded):
        return {"match_none": {}}
    query: Query = {"must": required, "should": optional, "must_not": excluded}
    if optional and not required:
        query["minimum_should_match"] = 1
    return {"bool": {kind: clauses for kind, clauses in query.items() if clauses}}


def _only_stop_words(
    units: tuple[Unit, ...], within: TextField | None, applied: Applied
) -> list[Query]:
    """`من هو` (who is): the words as written, in this order; with "any", each of them will do."""
    text = " ".join(unit.text for unit in units)
    phrases = phrase(text, boosts_of(units[0].field, within))
    if applied != "any":
        return [_any_of(phrases)]
    return phrases + [
        query for unit in units for query in phrase(unit.text, boosts_of(unit.field, within))
    ]


def _score(parsed: ParsedQuery, within: TextField | None, match: Applied) -> Query | None:
    """The full ranking: the sum of the scores of all units, alternatives and phrases."""
    units = plain_units(parsed)
    if match == "any":
        quoted = [
            clause.alternatives[0]
            for clause in parsed.clauses
            if len(clause.alternatives) == 1 and not clause.negated
        ]
        units += tuple(
            unit for term in quoted if isinstance(term, Phrase) for unit in words_of(term)
        )
    whole, rest = units[:LONG_QUERY], units[LONG_QUERY:]
    scores = [unit_score(unit, within) for unit in whole] + [
        brief_score(unit, within) for unit in rest
    ]
    scores += [score for unit in whole for score in lead_scores(unit, within)]
    for clause in parsed.clauses:
        term = clause.alternatives[0]
        if clause.negated:
            continue
        if len(clause.alternatives) > 1:
            found = choice(clause, parsed.names)
            scores += [choice_score(found, within)] if found else []
        elif isinstance(term, Phrase) and has_words(term):
            scores.append(phrase_score(term, within))
    return {"bool": {"should": scores}} if scores else None


def rescoring(parsed: ParsedQuery, params: FilterParams, *, match: Applied) -> Query | None:
    """The `rescore` part of a search by relevance, or None where the first order is final (exact,
    no words).

    Pages are consistent: the window is the same for each page, and what lies beyond keeps the first
    order. Beside `collapse` (Elasticsearch allows that from 8.15 on) the window holds stories, each
    by its best article of the first order.
    """
    score = None if match == "exact" else _score(parsed, params.in_, match)
    if score is None:
        return None
    return {
        "window_size": RESCORED,
        "query": {
            "rescore_query": score,
            "query_weight": FIRST_PHASE_WEIGHT,
            "rescore_query_weight": 1.0,
        },
    }


def ranked_query(parsed: ParsedQuery, params: FilterParams, *, match: Applied) -> Query:
    """The same matches with the full ranking in one query, for what cannot rescore: a walk in the
    full order.
    """
    found = matching_query(parsed, params, match=match)
    score = None if match == "exact" else _score(parsed, params.in_, match)
    return found if score is None else {"bool": {"filter": [found], "should": [score]}}

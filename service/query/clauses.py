"""Which articles match, and in what order: a question as Elasticsearch clauses, in two phases.

`matching_query` decides which articles match; totals, facets and sorts by date need no more. It is
made of plain matches, which the engine can skip through. `rescoring` puts the first hundred of them
in the order of the full ranking, whose per-word clauses the engine cannot skip: the same quality at
a quarter of the cost (docs/arabic.md). The copies of a story are folded before that, by the first
order. `ranked_query` is both phases in one query, for those who walk through everything in the full
order.
"""

from __future__ import annotations

from typing import Any, Final

from mappings.index import SubField
from service.query.about import asked_of_lead
from service.query.exclusion import excluded_words
from service.query.nearness import (
    DAYS,
    FIRST_DAYS,
    FIRST_PAIR,
    PAIR,
    near_pairs,
    near_title,
    published_then,
)
from service.query.question import MISSING_ONE_IN, Applied, Question
from service.query.ranking import (
    boosts_of,
    brief_score,
    choice_score,
    lead_scores,
    phrase,
    phrase_score,
    prefix,
    unit_score,
)
from service.query.syntax import Phrase, TextField, Word
from service.query.unit_clauses import all_of, any_of, match_unit, ways_to_match
from service.query.units import (
    LONG_QUERY,
    Alternative,
    Choice,
    alternative_of,
    apart,
    content_units,
)

Query = dict[str, Any]

# Hits that are put in the full order: ten pages of ten. 100 and 300 gave the same quality, 300 at a
# quarter more cost.
RESCORED: Final = 100

# Beyond that window the first order goes on; its scores are scaled to stay below those of the
# window.
FIRST_PHASE_WEIGHT: Final = 0.001


def matching_query(question: Question) -> Query:
    """The articles that match, in a first order.

    Negations always hold. Words and phrases are asked for as `match` says; with "any" a phrase
    counts for the articles that have it, and its words for the others. An empty query matches
    everything; one of which nothing can be searched for (only signs) matches nothing.
    """
    if question.is_empty:
        return {"match_all": {}}
    asked, excluded = _asked(question), _excluded(question)
    if not (asked or excluded):
        return {"match_none": {}}
    query = _combined(asked, question.match)
    if excluded:
        query["must_not"] = excluded
    if ranking := _ranking(question) if asked else []:
        query["should"] = [*query.get("should", []), *ranking]
    return {"bool": query}


def _combined(asked: list[Query], match: Applied) -> Query:
    """All, most or any of what is asked for, as parts of a `bool` query."""
    if not asked:
        return {}
    if match == "any":
        return {"should": asked, "minimum_should_match": 1}
    if match == "most":
        least = len(asked) - len(asked) // MISSING_ONE_IN
        return {"must": [{"bool": {"should": asked, "minimum_should_match": least}}]}
    return {"must": asked}


def _ranking(question: Question) -> list[Query]:
    """What brings the right articles into the window and matches none that is not asked for."""
    if question.match == "exact":
        return []
    return [
        *near_pairs(question, FIRST_PAIR),
        *published_then(question, FIRST_DAYS),
        *(match_unit(unit, question.within) for unit in question.when),
    ]


def rescoring(question: Question) -> Query | None:
    """The `rescore` part of a search by relevance, or None where the first order is final (exact,
    no words).

    Pages are consistent: the window is the same for each page, and what lies beyond keeps the first
    order. Beside `collapse` (Elasticsearch allows that from 8.15 on) the window holds stories, each
    by its best article of the first order.
    """
    score = _score(question)
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


def ranked_query(question: Question) -> Query:
    """The same matches with the full ranking in one query, for what cannot rescore: a walk in the
    full order.
    """
    matching, score = matching_query(question), _score(question)
    return matching if score is None else {"bool": {"filter": [matching], "should": [score]}}


def _asked(question: Question) -> list[Query]:
    """What is asked for: with "any" one of them will do, else all are meant."""
    if question.where == "about":
        return asked_of_lead(question)
    queries = _asked_words(question)
    for other in question.others:
        if isinstance(other, Choice):
            alternatives = [_alternative(one, question) for one in other.alternatives]
            queries.append(any_of(alternatives))
            continue
        queries.append(_alternative(other, question))
        if question.match == "any":  # the words of a phrase that is nowhere are the best there is
            for unit in content_units(other):
                queries += ways_to_match(unit, question.within)
    return queries


def _asked_words(question: Question) -> list[Query]:
    within = question.within
    if question.match == "exact":
        return _exact_words(question)
    if question.only_stop_words:
        return _only_stop_words(question)
    if question.match == "any":
        return [way for unit in apart(question.units) for way in ways_to_match(unit, within)]
    return [match_unit(unit, within) for unit in question.units]


def _exact_words(question: Question) -> list[Query]:
    """Every word as it is typed, stop words too; a joined word in its order."""
    return [
        any_of(prefix(word.text, boosts_of(word.field, question.within)))
        if word.prefix
        else _exactly(word.text, word.field, question.within)
        for word in question.typed
    ]


def _only_stop_words(question: Question) -> list[Query]:
    """`من هو` (who is): the words as written, in this order; with "any", each of them will do."""
    units = question.units
    text = " ".join(unit.text for unit in units)
    phrases = phrase(text, boosts_of(units[0].field, question.within))
    if question.match != "any":
        return [any_of(phrases)]
    for unit in units:
        phrases += phrase(unit.text, boosts_of(unit.field, question.within))
    return phrases


def _alternative(
    alternative: Alternative, question: Question, *, is_excluded: bool = False
) -> Query:
    """What one term asks for: a phrase, a word, or one with a star; excluded, that takes out words
    that begin so and no others.
    """
    within, exact = question.within, question.match == "exact"
    if isinstance(alternative, Phrase):
        sub = SubField.LETTERS if exact else SubField.PLAIN
        return any_of(phrase(alternative.text, boosts_of(alternative.field, within), sub))
    if alternative[0].is_prefix and (exact or is_excluded):
        boosts = boosts_of(alternative[0].field, within)
        return any_of(prefix(alternative[0].text, boosts))
    if exact:
        text = " ".join(unit.text for unit in alternative)
        return _exactly(text, alternative[0].field, within)
    return all_of([match_unit(unit, within) for unit in alternative])


def _excluded(question: Question) -> list[Query]:
    """What negated terms take out; of words less than the same word finds (exclusion.py), but for
    exact letters.
    """
    words: list[Word] = []
    others: list[Query] = []
    for term in question.excluded:
        if isinstance(term, Word) and not term.prefix and question.match != "exact":
            words.append(term)
        else:
            others.append(_alternative(alternative_of(term), question, is_excluded=True))
    return excluded_words(words, question.within) + others


def _exactly(text: str, field: TextField | None, within: TextField | None) -> Query:
    return any_of(phrase(text, boosts_of(field, within), SubField.LETTERS))


def _score(question: Question) -> Query | None:
    """The full ranking: the sum of the scores of all units, alternatives and phrases; None where
    the letters alone decide, or nothing does.
    """
    if question.match == "exact":
        return None
    within, units = question.within, question.units + question.when
    if question.match == "any":
        for quoted in question.quoted:
            units += content_units(quoted)
    whole, rest = units[:LONG_QUERY], units[LONG_QUERY:]
    scores = [unit_score(unit, within) for unit in whole]
    scores += [brief_score(unit, within) for unit in rest]
    for unit in whole:
        scores += lead_scores(unit, within)
    scores += near_pairs(question, PAIR)
    scores += near_title(question)
    scores += published_then(question, DAYS)
    for other in question.others:
        if isinstance(other, Choice):
            scores.append(choice_score(other, within))
        else:
            scores.append(phrase_score(other, within))
    return {"bool": {"should": scores}} if scores else None

"""What an article is about: each thing that is asked for stands in its title or its lead, the first
words of its body.

For `where=about`. The lead holds lemmas without their places; a phrase has to stand in the body as
quoted, and its words in the lead.
"""

from __future__ import annotations

from typing import Any

from mappings.analysis import Analyzer
from mappings.article import Field
from mappings.index import SubField, sub_field
from service.query.names import cached_by_word
from service.query.nearness import published_then
from service.query.question import Question
from service.query.ranking import credit, phrase, prefix, reading
from service.query.syntax import Phrase, TextField
from service.query.unit_clauses import any_of
from service.query.units import (
    Alternative,
    Choice,
    Unit,
    apart,
    content_units,
    without_particles,
)
from service.query.when import names_days

Query = dict[str, Any]

_TITLE: dict[str, float] = {Field.TITLE: 1.0}
_LEAD = sub_field(Field.BODY, SubField.LEAD)


def asked_of_lead(question: Question) -> list[Query]:
    """What is asked for, each as one query; with "any" one of them will do."""
    within, is_any = question.within, question.match == "any"
    units = apart(question.units) if is_any else question.units
    queries = [_unit(unit, within) for unit in units]
    for other in question.others:
        alternatives = other.alternatives if isinstance(other, Choice) else (other,)
        queries.append(any_of([_alternative(one, within) for one in alternatives]))
    if is_any:
        queries += [_unit(unit, within) for one in question.quoted for unit in content_units(one)]
    return queries + _named_days(question)


def _named_days(question: Question) -> list[Query]:
    """By date nothing ranks, so a month, a year or a weekday that was named is asked for: in title
    or lead, or as the day of publication.
    """
    named = [unit for unit in question.when if unit.when and names_days(unit.when)]
    if not named:
        return []
    in_words = {"bool": {"must": [_unit(unit, question.within) for unit in named]}}
    return [any_of([in_words, *published_then(question, 1.0)])]


def _alternative(alternative: Alternative, within: TextField | None) -> Query:
    if isinstance(alternative, Phrase):
        return _phrase(alternative.text, alternative.field or within)
    return {"bool": {"must": [_unit(unit, within) for unit in alternative]}}


def _phrase(text: str, field: TextField | None) -> Query:
    ways: list[Query] = []
    if field in (None, Field.TITLE):
        ways += phrase(text, _TITLE)
    if field in (None, Field.BODY):
        ways.append(_together(text))
    return any_of(ways)


@cached_by_word
def _unit(unit: Unit, within: TextField | None) -> Query:
    field = unit.field or within
    ways = credit(unit, within)
    for spelling in (unit.text, *unit.variants):
        if field in (None, Field.TITLE):
            ways += _in_title(unit, spelling)
        if field in (None, Field.BODY):
            ways.append(_in_lead(unit, spelling))
    return any_of(ways)


def _in_title(unit: Unit, text: str) -> list[Query]:
    if unit.is_prefix:
        return [*prefix(text, _TITLE), reading(Field.TITLE, text, Analyzer.LEMMA)]
    if " " in text:
        return phrase(text, _TITLE)
    return [reading(Field.TITLE, word, Analyzer.LEMMA) for word in _forms(text)]


def _in_lead(unit: Unit, text: str) -> Query:
    if unit.is_prefix:
        begins = {"match_bool_prefix": {_LEAD: {"query": text, "analyzer": Analyzer.PLAIN}}}
        return any_of([begins, reading(_LEAD, text, Analyzer.LEMMA)])
    if " " in text:
        return _together(text)
    return any_of([reading(_LEAD, word, Analyzer.LEMMA) for word in _forms(text)])


def _forms(text: str) -> list[str]:
    """The word, and the word without a particle. Lemmas alone: stems bring in other words, which
    in a list by date stand as high as any.
    """
    return [*dict.fromkeys((text, without_particles(text) or text))]


def _together(text: str) -> Query:
    in_body = phrase(text, {Field.BODY: 1.0})
    return {"bool": {"must": [*in_body, reading(_LEAD, text, Analyzer.LEMMA)]}}

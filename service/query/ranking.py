"""How well an article answers: one score per unit of the query, the best of several readings of it.

Measured on ARCD, XQuAD and known-item search over ANT (docs/arabic.md holds the tables;
`benchmarks/relevance` makes them anew). Summing the best reading of each word beats summing
whole-field scores on every set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from mappings.analysis import QUERY_GRAMS, Analyzer
from mappings.article import Field
from mappings.index import SubField, sub_field
from service.query.names import cached_by_word
from service.query.syntax import Phrase, TextField
from service.query.units import Choice, Unit, without_particles

Query = dict[str, Any]
Boosts = Mapping[str, float]

# Short titles win too easily: abstract -> article, title boost .25/.5/.75/1/2/3 gave nDCG@10
# .755/.755/.749/.733/ .643/.590. Half is the highest that costs nothing.
BOOSTS: Final[Boosts] = {Field.TITLE: 0.5, Field.BODY: 1.0}

# The readings of a word, at equal weight: x.5 to x2 for any of them moved results by less than
# .005. Stem and lemma are one reading: apart they found no more (known items -.001, abstracts
# +.001) for a clause more in every field.
READINGS: Final = (Analyzer.PLAIN, Analyzer.STEM_OR_LEMMA, Analyzer.ROOT)

# Three letters of a word's stem, each three a reading of its own: what no lemma or root joins may
# still share letters. At half weight ARCD gains .006, XQuAD .004, known-item search over ANT .003;
# at 1 ARCD and ANT .003 more, but XQuAD loses .001 of it, and abstracts, whose titles have no
# grams, .004.
GRAM: Final = 0.5

# What the other readings add to the best one: agreement counts a little. Of 0, .1, .2, .3, .5 and 1
# the middle is best; .5 costs .001 to .007 on every set.
TIE_BREAKER: Final = 0.2

# A word without its particle (وبالوزير -> الوزير) finds +.01 to +.27 on words with particles; at
# half weight it costs nothing on others.
BARE_WORD: Final = 0.5
BARE_READINGS: Final = (Analyzer.STEM_OR_LEMMA,)

# A word of the lead counts once more: news says first what it is about. Known-item search over ANT
# rises by .025 nDCG@10, abstracts by .02; encyclopedia passages stay as they are (ARCD +.001, XQuAD
# .000), which .6 would not leave.
LEAD: Final = 0.4

# Another spelling of the same name is nearly as good as the one typed, which still comes first.
VARIANT: Final = 0.9
VARIANT_READINGS: Final = (Analyzer.PLAIN, Analyzer.LEMMA)

# An article that the agency named in the query is credited for, per word of the name: by the rarity
# of the credit, as much as a good hit of the name in a text. Of eight names over ANT the upper
# quartile of such hits lay at 1.5 to 1.9.
CREDIT: Final = 1.6


@lru_cache(maxsize=16)
def boosts_of(field: TextField | None, within: TextField | None) -> Boosts:
    """The fields to search: those of `title:word`, else those of the parameter `in`, else both."""
    wanted = field or within
    return {name: boost for name, boost in BOOSTS.items() if wanted in (None, name)}


def reading(field: str, text: str, analyzer: str, boost: float = 1.0) -> Query:
    """A `match` of all tokens of `text` in one reading; words as written and grams stand in fields
    of their own.
    """
    if analyzer == Analyzer.PLAIN:
        field = sub_field(field, SubField.PLAIN)
    elif analyzer in QUERY_GRAMS:
        field = sub_field(field, SubField.GRAMS)
    return {
        "match": {field: {"query": text, "analyzer": analyzer, "operator": "and", "boost": boost}}
    }


def phrase(
    text: str, boosts: Boosts, sub: str = SubField.PLAIN, weight: float = 1.0
) -> list[Query]:
    """`text` in this order, unstemmed, one clause per field."""
    return [
        {"match_phrase": {sub_field(field, sub): {"query": text, "boost": boost * weight}}}
        for field, boost in boosts.items()
    ]


def prefix(text: str, boosts: Boosts) -> list[Query]:
    """Words that begin with `text` as written, or without article and particles, as stems stand in
    the field.
    """
    return [
        {
            "match_bool_prefix": {
                name: {"query": text, "analyzer": Analyzer.PLAIN, "operator": "and", "boost": boost}
            }
        }
        for field, boost in boosts.items()
        for name in (field, sub_field(field, SubField.PLAIN))
    ]


def _readings(text: str, boosts: Boosts, analyzers: tuple[str, ...], weight: float) -> list[Query]:
    return [
        reading(field, text, analyzer, boost * weight)
        for field, boost in boosts.items()
        for analyzer in analyzers
    ]


def _best(queries: list[Query], tie_breaker: float = TIE_BREAKER) -> Query:
    return (
        queries[0]
        if len(queries) == 1
        else {"dis_max": {"tie_breaker": tie_breaker, "queries": queries}}
    )


def _variants(unit: Unit, boosts: Boosts) -> list[Query]:
    queries: list[Query] = []
    for spelling in unit.variants:
        if " " in spelling:
            queries += phrase(spelling, boosts, weight=VARIANT)
        else:
            queries += _readings(spelling, boosts, VARIANT_READINGS, VARIANT)
    return queries


def credit(unit: Unit, within: TextField | None) -> list[Query]:
    """The articles credited to the agency that the unit names; nothing where one field of the text
    is asked for.
    """
    if unit.agency is None or unit.field or within:
        return []
    words = sum(len(word) > 1 for word in unit.words) or 1  # initials are as rare as one word
    return [{"term": {Field.AGENCIES: {"value": unit.agency, "boost": CREDIT * words}}}]


def _word_score(word: str, boosts: Boosts, others: list[Query]) -> Query:
    queries = _readings(word, boosts, READINGS, 1.0)
    if Field.BODY in boosts:
        queries += _readings(word, {Field.BODY: boosts[Field.BODY]}, QUERY_GRAMS, GRAM)
    if bare := without_particles(word):
        queries += _readings(bare, boosts, BARE_READINGS, BARE_WORD)
    return _best([*queries, *others])


@cached_by_word
def lead_scores(unit: Unit, within: TextField | None) -> Sequence[Query]:
    """What a unit earns for standing in the lead of the body, beside its score; nothing when only
    titles are asked.
    """
    if unit.is_prefix or Field.BODY not in boosts_of(unit.field, within):
        return []
    lead = sub_field(Field.BODY, SubField.LEAD)
    spellings = (unit.text, *(spelling for spelling in unit.variants if " " not in spelling))
    readings = [reading(lead, spelling, Analyzer.LEMMA, LEAD) for spelling in spellings]
    return [_best(readings, tie_breaker=0.0)]


@cached_by_word
def unit_score(unit: Unit, within: TextField | None) -> Query:
    """The score of one unit: the best reading of its word, or of the name that its words make."""
    boosts = boosts_of(unit.field, within)
    if unit.is_prefix:
        return _best(prefix(unit.text, boosts))
    others = _variants(unit, boosts) + credit(unit, within)
    if len(unit.words) == 1:
        return _word_score(unit.words[0], boosts, others)
    if unit.is_joined:
        return _best([*phrase(unit.text, boosts), *others], tie_breaker=0.0)
    apart = {"bool": {"should": [_word_score(word, boosts, []) for word in unit.words]}}
    return _best([apart, *phrase(unit.text, boosts), *others], tie_breaker=0.0)


@cached_by_word
def brief_score(unit: Unit, within: TextField | None) -> Query:
    """The score of a unit that stands late in a long query: as written, by its lemma, and in its
    other spelling.
    """
    boosts = boosts_of(unit.field, within)
    if unit.is_prefix:
        return _best(prefix(unit.text, boosts))
    return _best(_readings(unit.text, boosts, VARIANT_READINGS, 1.0) + _variants(unit, boosts))


def phrase_score(term: Phrase, within: TextField | None) -> Query:
    """The score of a quoted phrase."""
    return _best(phrase(term.text, boosts_of(term.field, within)))


def choice_score(choice: Choice, within: TextField | None) -> Query:
    """The score of alternatives: the best of them."""
    scores = [
        phrase_score(alternative, within)
        if isinstance(alternative, Phrase)
        else {"bool": {"should": [unit_score(unit, within) for unit in alternative]}}
        for alternative in choice.alternatives
    ]
    return _best(scores, tie_breaker=0.0)

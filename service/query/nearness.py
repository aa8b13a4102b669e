"""What ranks and never decides what is found: words that stand together in the query and in an
article, and the days that words of the query mean.

«وزير الخارجية السعودي» (the Saudi foreign minister) means articles in which these words are
neighbours; word by word, those about other foreign ministers came first.
"""

from __future__ import annotations

from typing import Any, Final

from mappings.analysis import Analyzer
from mappings.arabic.letters import fold
from mappings.arabic.morphology import CONJUNCTIONS
from mappings.arabic.word_lists import whole_words
from mappings.article import Field
from mappings.index import SubField, sub_field
from service.query.filters import inside
from service.query.question import Question
from service.query.ranking import boosts_of
from service.query.units import Unit

Query = dict[str, Any]

# Figures are nDCG@10 of forty queries of editors over ANT, .828 without all of this; docs/arabic.md
# has what it does to the other sets.
# Editors type one to four words. In questions, which are longer, words that stand together in the
# query need not do so in the text that answers it.
NEAR_UP_TO: Final = 6  # content words
# Words between the two, or their order turned round: .860 with 1, .863 with 2 and with 3.
SLOP: Final = 2
# A pair in the first phase, where it brings the right articles into the window: four of the twenty
# about the Saudi foreign minister stood in it before. .863 at .25 and at 1, .866 at 3.
FIRST_PAIR: Final = 1.0
# A pair in the second phase: .862 at .1, .864 at .15, .863 at .25, .867 at .5, which costs the
# questions of ARCD .004 and of XQuAD .003. A party's name that texts write otherwise as well
# (البديل من أجل ألمانيا) loses .03 at .15 and .16 at .25.
PAIR: Final = 0.15
# The whole query in a title: .856 without, .861 at .5, .863 at 1 and at 2; pasted headlines find
# their article first (.985 to .997).
TITLE: Final = 1.0
# What an article earns for being published on one of the days that the query means: about what a
# rare word in its lead does. قصف الغوطة فبراير (shelling of Ghouta, February): .614 without, .697.
DAYS: Final = 5.0
FIRST_DAYS: Final = 5.0


def near_pairs(question: Question, weight: float) -> list[Query]:
    """The pairs of neighbours, near each other in either field."""
    if not _is_short(question):
        return []
    return [
        _near(field, one, other, weight * boost)
        for one, other in question.pairs
        for field, boost in boosts_of(one.field, question.within).items()
    ]


def near_title(question: Question) -> list[Query]:
    """The whole query in a title."""
    words = [word.text for word in question.typed]
    if len(words) < 2 or not _is_short(question) or question.within == Field.BODY:
        return []
    return [_together(Field.TITLE, " ".join(words), TITLE)]


def published_then(question: Question, weight: float) -> list[Query]:
    """The articles published on the days that the query means."""
    if not question.days:
        return []
    ranges = [inside(days) for days in question.days]
    days = {"bool": {"should": ranges, "minimum_should_match": 1}}
    return [{"constant_score": {"filter": days, "boost": weight}}]


def _is_short(question: Question) -> bool:
    return len(question.units) + len(question.when) <= NEAR_UP_TO


def _near(field: str, one: Unit, other: Unit, boost: float) -> Query:
    """Two neighbours. Joined by a conjunction they are near as written only: in نار وغضب (fire and
    fury) the words of نيران الغضب (fires of wrath) are not meant.
    """
    text, folded = f"{one.text} {other.text}", fold(other.text)
    if folded.startswith(CONJUNCTIONS) and folded not in whole_words():
        return {"match_phrase": {sub_field(field, SubField.PLAIN): {"query": text, "boost": boost}}}
    return _together(field, text, boost)


def _together(field: str, text: str, boost: float) -> Query:
    phrase = {"query": text, "analyzer": Analyzer.LEMMA, "slop": SLOP, "boost": boost}
    return {"match_phrase": {field: phrase}}

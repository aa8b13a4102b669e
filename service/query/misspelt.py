"""Which words of a query may be misspelt, by the words alone and by what the hits have marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from mappings.arabic.letters import fold, words
from mappings.arabic.morphology import without_affixes
from mappings.arabic.word_lists import stop_words
from service.query.question import Question
from service.query.syntax import Phrase

# The suggester looks at every word's neighbours in two letters' distance; longer queries are
# sentences, whose other words find the article.
MOST_WORDS: Final = 10
SHORTEST_WORD: Final = 3  # letters: of a shorter word nearly every other one is a neighbour
LONGEST_WORD: Final = 40  # letters; beyond it nobody typed a word


def corrigible_words(question: Question) -> tuple[str, ...]:
    """The words that may be corrected, folded, in order; () for long queries.

    Neither those that are negated or cut off by a star, nor those of an agency's name.
    """
    of_names = {fold(word) for name in question.names for word in name}
    corrigible = [
        folded
        for term in question.wanted_terms
        if isinstance(term, Phrase) or not term.prefix
        for word in words(term.text)
        if (folded := fold(word)) not in of_names
    ]
    if len(corrigible) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in corrigible):
        return ()
    return tuple(corrigible)


def unexplained(asked: Sequence[str], marked: Iterable[str]) -> frozenset[str]:
    """The content words of the query that resemble none of the words marked in the hits: they may
    be misspelt.

    `marked` are the marked words as they stand in the articles. A cheap test over what is there
    anyway. To resemble means that one holds the other, particles and endings aside; broken plurals
    do not, and cost a needless question.
    """
    missing = {word: bare_word(word) for word in _content(asked)}
    seen: set[str] = set()
    for mark in marked:
        if not missing:
            break  # mostly the first hit explains all
        if mark in seen:
            continue  # hits have the same few words marked over and over
        seen.add(mark)
        other = bare_word(fold(mark))
        for word, bare in list(missing.items()):
            if bare in other or other in bare:
                del missing[word]
    return frozenset(missing)


def stand_together(asked: Sequence[str], titles: Iterable[Iterable[str]]) -> bool:
    """Whether one of the headlines has all content words of the query, two or more, as typed but
    for folded letters.

    `titles` are the marked words of each. Then that headline was meant; a mistake that it shares
    stays unnoticed.
    """
    wanted = _content(asked)
    return len(wanted) > 1 and any(wanted <= {fold(mark) for mark in marked} for marked in titles)


def _content(asked: Sequence[str]) -> frozenset[str]:
    return frozenset(
        word for word in asked if len(word) >= SHORTEST_WORD and word not in stop_words()
    )


def bare_word(folded: str) -> str:
    """A folded word without particles and endings, where enough is left of it."""
    bare = without_affixes(folded)
    return bare if len(bare) >= SHORTEST_WORD else folded

"""Where the particles and the article of a word end, by the counts of a corpus: وقال is و and قال,
وزير is one word.

Called by scripts/build_lexicon.py for the view of stems and for the words that are whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from mappings.arabic.morphology import (
    ARTICLE,
    CONJUNCTIONS,
    FIRST_PERSON,
    FUTURE,
    IMPERFECT,
    JOINED_ARTICLES,
    PREPOSITIONS,
)

# A first letter is a particle when the rest occurs alone this often for each time the whole does.
# Many verbs of news copy hardly occur without their و (وأضاف), so conjunctions ask for less.
PARTICLE_SHARE = 0.3
CONJUNCTION_SHARE = 0.03


class Segmenter:
    """How many letters of a word are attached particles and article, judged by how often its parts
    occur alone.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    def _belongs(self, word: str, rest: str, rarely: float = PARTICLE_SHARE) -> bool:
        """Whether the first letter of `word` is its own: the rest is rare, or the word takes the
        article whole.
        """
        seen, rest_seen = self._counts.get(word, 0) or 1, self._counts.get(rest, 0)
        if len(rest) < 3 or rest_seen == 0:
            return True
        definite = self._counts.get(ARTICLE + word, 0)  # الوزير occurs, so the و of وزير is its own
        if definite > 0.05 * seen and definite > 0.02 * self._counts.get(ARTICLE + rest, 0):
            return True
        return rest_seen < rarely * seen

    def _takes_article(self, word: str) -> bool:
        """Whether `word` stands with the article, so that letters of one at its beginning are its
        own: الالتزام shows it of التزام (obligation).
        """
        return self._counts.get(ARTICLE + word, 0) > 0.2 * self._counts.get(word, 0)

    def prefix_length(self, word: str) -> int:
        """The number of letters to take off the beginning of a folded word."""
        cut, rest = (1, word[1:]) if self._begins_with_conjunction(word) else (0, word)
        for joined in JOINED_ARTICLES:
            bare = rest[len(joined) :]
            if rest.startswith(joined) and len(bare) >= 3 and self._counts.get(ARTICLE + bare, 0):
                return cut + len(joined)
        if rest.startswith(ARTICLE):
            return cut + len(ARTICLE) if len(rest) >= 5 and not self._takes_article(rest) else cut
        if self._begins_with_particle(rest):
            cut, rest = cut + 1, rest[1:]
        return cut + 2 if rest.startswith(ARTICLE) and len(rest) >= 5 else cut

    def _begins_with_conjunction(self, word: str) -> bool:
        """Whether the first letter of `word` is a conjunction."""
        return (
            len(word) >= 4
            and word.startswith(CONJUNCTIONS)
            and not self._belongs(word, word[1:], CONJUNCTION_SHARE)
        )

    def _begins_with_particle(self, word: str) -> bool:
        """Whether the first letter of `word` is a preposition, or the future before a verb."""
        if len(word) < 4 or not word.startswith((*PREPOSITIONS, FUTURE)):
            return False
        if self._belongs(word, word[1:]):
            return False
        return word[0] != FUTURE or word[1] in (FIRST_PERSON, *IMPERFECT)

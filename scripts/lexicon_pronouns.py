"""Which frequent words are a noun with a pronoun, by the counts of a corpus: زيارته (his visit) is
زيارة, بأدائهم (in their performance) is أداء.

Called by scripts/build_lexicon.py, which gives such a word the lemma of its noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mappings.arabic.morphology import (
    ALEF,
    ARTICLE,
    CONJUNCTIONS,
    HAMZA,
    HEH,
    KAF,
    NOON,
    PREPOSITIONS,
    PRONOUNS,
    TEH,
    WAW,
    YEH,
)

# What stands before a noun with a pronoun: nothing, or conjunction and particle.
PARTICLES = tuple(
    before + particle for before in ("", *CONJUNCTIONS) for particle in ("", *PREPOSITIONS)
)
# Of two ways to part a word the one with a particle must be of a noun so much more frequent: فكرته
# is his idea (فكرة), not ف with his ball (كرة).
RATHER_WHOLE = 0.1
# The others end many words (بنك, يمينا): taken for pronouns where a sure one stands there as well.
SURE_PRONOUNS, OTHER_PRONOUNS = PRONOUNS[:3], PRONOUNS[3:]
WITH_SURE_PRONOUN = 0.1  # of the times that it stands with the other

TEH_MARBUTA, ALEF_MAKSURA = "ة", "ى"
HAMZA_SEATS = ("ئ", "ؤ", HAMZA)
# What is left of the ending of a masculine plural or a dual (لاعبوه, لاعبيه), whose noun has a nun.
OPEN_ENDINGS = (WAW, YEH)

LEAST_NOUN = 3  # letters: what is shorter is a particle (منهم, بكم)
# A noun takes the article, a verb (منحته, she gave him) does not.
NOUN_WITH_ARTICLE = 0.01  # of the times that it stands without
# A word with a pronoun never takes it, so المساهم shows that مساهم (shareholder) is no مسا with a
# pronoun. More often for ه: many write it for ta marbuta (الطريقه).
FORM_WITH_ARTICLE, FORM_IN_HEH_WITH_ARTICLE = 0.1, 1.0
# A verb so much more frequent than the noun of the same letters: وصفت (she described), وصفة
# (recipe).
RATHER_VERB = 10


def _nouns(before: str) -> Iterator[str]:
    """How the noun may be written that stands as `before` before a pronoun."""
    yield before
    if before.endswith(TEH):
        yield before[:-1] + TEH_MARBUTA
    elif before[-1] in HAMZA_SEATS:
        yield before[:-1] + HAMZA
    elif before.endswith(ALEF):
        yield before[:-1] + ALEF_MAKSURA
    elif before[-1] in OPEN_ENDINGS:
        yield before + NOON
        yield before[:-1] + ALEF_MAKSURA


def _has_pronoun(word: str, pronoun: str, counts: Mapping[str, int]) -> bool:
    """Whether the last letters of `word` can be this pronoun."""
    seen = counts[word]
    most = FORM_IN_HEH_WITH_ARTICLE if pronoun == HEH else FORM_WITH_ARTICLE
    if not word.endswith(pronoun) or counts.get(ARTICLE + word, 0) > most * seen:
        return False
    before = word.removesuffix(pronoun)
    surely = sum(counts.get(before + sure, 0) for sure in SURE_PRONOUNS)
    return pronoun in SURE_PRONOUNS or surely >= WITH_SURE_PRONOUN * seen


def noun_of(word: str, counts: Mapping[str, int]) -> str | None:
    """The noun that `word`, as written, is with a pronoun, or None; `counts` are of words as
    written.

    Of several the one that stands most with the article: بلاده is بلاد (country), not ب with لاد.
    """
    found: dict[str, float] = {}
    for pronoun in (*SURE_PRONOUNS, *OTHER_PRONOUNS):
        if not _has_pronoun(word, pronoun, counts):
            continue
        before = word.removesuffix(pronoun)
        for particle in PARTICLES:
            bare = before.removeprefix(particle)
            if not before.startswith(particle) or len(bare) < LEAST_NOUN:
                continue
            if not _is_verb(word, before, particle, counts):
                for noun in _sure_nouns(bare, counts):
                    weight = RATHER_WHOLE ** bool(particle) * counts[ARTICLE + noun]
                    found[noun] = max(weight, found.get(noun, 0))
    return max(found, key=lambda noun: (found[noun], noun), default=None)


def _is_verb(word: str, before: str, particle: str, counts: Mapping[str, int]) -> bool:
    """Whether what seems to begin with a conjunction is a verb in -at, which stands alone as well:
    وصفته is وصفت (she described) with its object, not و with صفة (property).
    """
    looks_so = particle != "" and particle[0] in (*CONJUNCTIONS, KAF) and before.endswith(TEH)
    return looks_so and counts.get(before, 0) > counts[word] / 2


def _sure_nouns(before: str, counts: Mapping[str, int]) -> list[str]:
    """Those of `_nouns` that take the article, unless a verb of the same letters is much more
    frequent.
    """
    known = [noun for noun in _nouns(before) if noun in counts]
    sure = [
        noun
        for noun in known
        if counts.get(ARTICLE + noun, 0) >= max(1, NOUN_WITH_ARTICLE * counts[noun])
    ]
    most = max((counts[noun] for noun in known), default=0)
    return [noun for noun in sure if RATHER_VERB * (counts[noun] + counts[ARTICLE + noun]) >= most]

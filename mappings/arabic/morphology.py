"""What Arabic writes onto a word: particles, the article, the endings of a nisba, each letter by
name.

All functions here take a folded word (mappings/arabic/letters.py); where the lexicon knows a word
it knows better (mappings/arabic/word_lists.py). Analysis, query and the scripts that write the
lexicon make their patterns of these, so that each of them means the same by a particle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

HAMZA: Final = "ء"
ALEF: Final = "ا"
BEH: Final = "ب"
TEH: Final = "ت"
SEEN: Final = "س"
FEH: Final = "ف"
KAF: Final = "ك"
LAM: Final = "ل"
MEEM: Final = "م"
NOON: Final = "ن"
HEH: Final = "ه"
WAW: Final = "و"
YEH: Final = "ي"

CONJUNCTIONS: Final = (WAW, FEH)  # and, so
PREPOSITIONS: Final = (BEH, LAM, KAF)  # in, for, as
FUTURE: Final = SEEN  # will: before the first letter of an imperfect verb
IMPERFECT: Final = (YEH, TEH, NOON)  # he, she or you, we
FIRST_PERSON: Final = ALEF  # I: an alef, with which too many other words begin

ARTICLE: Final = ALEF + LAM
# In the, as the, for the: behind the last one the alef of the article falls.
JOINED_ARTICLES: Final = (BEH + ARTICLE, KAF + ARTICLE, LAM + LAM)
ARTICLES: Final = (ARTICLE, *JOINED_ARTICLES)

# The pronouns that a noun carries: his, her, their (men, women, two), your (one, many), our. My (ي)
# is left out: nearly all words that end so are nisbas.
PRONOUNS: Final = (
    HEH,
    HEH + ALEF,
    HEH + MEEM,
    HEH + NOON,
    HEH + MEEM + ALEF,
    KAF,
    KAF + MEEM,
    NOON + ALEF,
)

# The ending of a nisba (أمريكي, American), and those of its feminine and its plurals.
NISBA: Final = YEH
NISBA_ENDINGS: Final = (YEH + HEH, YEH + WAW + NOON, YEH + YEH + NOON, YEH + ALEF + TEH)

# What Lucene's ArabicStemmer takes off, in its order.
LIGHT_PREFIXES: Final = (
    ARTICLE,
    WAW + ARTICLE,
    BEH + ARTICLE,
    KAF + ARTICLE,
    FEH + ARTICLE,
    LAM + LAM,
    WAW,
)
LIGHT_SUFFIXES: Final = (
    HEH + ALEF,
    ALEF + NOON,
    ALEF + TEH,
    WAW + NOON,
    YEH + NOON,
    YEH + HEH,
    HEH,
    YEH,
)
# Endings of number and gender, and the alef of the accusative.
ENDINGS: Final = (*LIGHT_SUFFIXES[1:], ALEF)

ARABIC_WORD: Final = re.compile("[ء-ي]{2,}")  # folded, of Arabic letters alone


def one_of(letters: Iterable[str]) -> str:
    """A pattern for any of these letters."""
    return f"[{''.join(letters)}]"


def any_of(texts: Iterable[str]) -> str:
    """A pattern for any of these texts, the first that fits."""
    return f"(?:{'|'.join(texts)})"


# A noun with a pronoun as it stands in folded text, for Java's patterns and for Python's. Before a
# pronoun ta marbuta is a ta (زيارتهم, their visit), as is the plural (تصريحاته, his statements); a
# hamza stands on its seat (أدائهم, أداؤهم, their performance). Elsewhere ه and ك end many other
# words, as does نا after a long vowel (يمينا, to the right). Three letters must stand before the
# pronoun, or ta: التهم are accusations.
_LETTER: Final = "[ء-ي]"
_LONG_PRONOUN: Final = any_of(
    (*PRONOUNS[2:5], KAF + MEEM, f"(?<!{one_of((ALEF, WAW, YEH))}){NOON}{ALEF}")
)
PRONOUN_PATTERN: Final = f"(?<={_LETTER}{{3}})(?:{ALEF}?{TEH}{any_of(PRONOUNS)}|{_LONG_PRONOUN})$"
PRONOUN_AFTER_HAMZA_PATTERN: Final = (
    f"(?<={_LETTER}{{2}}{ALEF}){one_of((HAMZA, WAW, YEH))}{any_of(PRONOUNS)}$"
)
# Of the rare words of ANT that begin with ب or ل and end in a pronoun 95 in 100 carry a particle
# (بخطبته, in his sermon); of those in ك (كنيسته, his church) one in six.
PARTICLE_BEFORE_PRONOUN_PATTERN: Final = (
    f"^{one_of(CONJUNCTIONS)}?{one_of((BEH, LAM))}"
    f"(?={_LETTER}{{3,20}}(?:{TEH}{any_of(PRONOUNS)}"
    f"|{ALEF}{one_of((HAMZA, WAW, YEH))}{any_of(PRONOUNS)}|{HEH}{ALEF}|{_LONG_PRONOUN})$)"
)
_PRONOUN: Final = re.compile(PRONOUN_PATTERN)
_PRONOUN_AFTER_HAMZA: Final = re.compile(PRONOUN_AFTER_HAMZA_PATTERN)
_PARTICLE_BEFORE_PRONOUN: Final = re.compile(PARTICLE_BEFORE_PRONOUN_PATTERN)

_CONJUNCTION: Final = one_of(CONJUNCTIONS)
_FOUR_LETTERS: Final = r"(?=\w{4})"  # must remain, or short words fall apart (وزير, minister)
_THREE_LETTERS: Final = r"(?=\w{3})"

_BEFORE_ARTICLE: Final = re.compile(rf"{_CONJUNCTION}(?={any_of(ARTICLES)}\w{{3}})")
_PARTICLES: Final = re.compile(
    any_of((f"{_CONJUNCTION}?{one_of((*PREPOSITIONS, FUTURE))}", _CONJUNCTION)) + _FOUR_LETTERS
)
_DEFINITE: Final = re.compile(f"{_CONJUNCTION}?{any_of(ARTICLES)}{_THREE_LETTERS}")
_BEFORE_NAME: Final = re.compile(
    f"{_CONJUNCTION}?{any_of((*ARTICLES, one_of(PREPOSITIONS)))}?{_THREE_LETTERS}"
)
_NISBA_ENDING: Final = re.compile(f"{any_of(NISBA_ENDINGS)}$")
# The lam of the article stays a letter of the stem where no other lam follows that of "for".
_AFFIXES: Final = re.compile(
    f"^{_CONJUNCTION}?{one_of((*PREPOSITIONS, FUTURE))}?(?:{ARTICLE}|{LAM}(?={LAM}))?"
    f"|{any_of(ENDINGS)}$"
)


def particles_of(word: str) -> str:
    """The letters at the beginning of `word` that may be particles: and or so, then in, for, as or
    will; "" where there is none.
    """
    particles = _PARTICLES.match(word)
    return particles[0] if particles else ""


def with_article(word: str) -> tuple[str, ...]:
    """`word` behind the article, and behind the article with in, as and for."""
    return tuple(article + word for article in ARTICLES)


def article_of(word: str) -> str:
    """The article at the beginning of `word` with the particles before it; "" where there is none.

    Also of a word whose hamzas are not folded: an alef that carries one begins no article (إلهام,
    Ilham, is not "the important").
    """
    article = _DEFINITE.match(word)
    return article[0] if article else ""


def without_conjunction(word: str) -> str:
    """`word` without the conjunction that stands before its article."""
    return word[1:] if _BEFORE_ARTICLE.match(word) else word


def without_pronoun(word: str) -> str:
    """`word` as the view of lemmas has it before it is stemmed: a noun without its pronoun and the
    particle before it, its hamza alone again. A lexicon's reading passes through the same filters.
    """
    word = _PARTICLE_BEFORE_PRONOUN.sub("", word)
    return _PRONOUN.sub("", _PRONOUN_AFTER_HAMZA.sub(HAMZA, word))


def without_attached(name: str) -> str:
    """`name`, of one or more words, without particles and article before it."""
    attached = _BEFORE_NAME.match(name)
    return name[attached.end() :] if attached else name


def nisba_ending(name: str) -> str:
    """The ending of the feminine or plural of a nisba; "" where there is none."""
    ending = _NISBA_ENDING.search(name)
    return ending[0] if ending else ""


def nisba_of(name: str) -> str:
    """The nisba of whose feminine or plural `name` is (أمريكيه: أمريكي); others as they are."""
    ending = nisba_ending(name)
    return name.removesuffix(ending) + NISBA if ending else name


def without_affixes(word: str) -> str:
    """`word` without particles, article and ending: near enough for comparing two words."""
    return _AFFIXES.sub("", word)

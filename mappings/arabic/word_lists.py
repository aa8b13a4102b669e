"""Reads the word lists under `words/`: stop words, spelling variants, names, and the generated
lexicon.

The files are plain text, one entry a line, `#` begins a comment; a sub-editor edits them without
reading code. Their entries are folded here, so a list may be written in any correct spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from mappings.arabic.letters import fold, words

View = Literal["stem", "lemma", "root"]
Lexicon = Literal["names", View]

LEXICA: tuple[Lexicon, ...] = ("names", "stem", "lemma", "root")

NO_NAMES = "-"  # begins a line of names.txt with words that are none

# No token holds it, so the reading of a name that ends in it meets nothing but the forms of this
# name, even where the analysis makes the same of other words.
NAME_SIGN = "+"


def _lines(name: str) -> Iterator[str]:
    text = files("mappings").joinpath("words", *name.split("/")).read_text("utf-8")
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


@cache
def stop_words() -> frozenset[str]:
    """Folded words that carry no subject: particles, pronouns, forms of to be."""
    return frozenset(fold(word) for line in _lines("stopwords.txt") for word in line.split())


def names() -> list[list[str]]:
    """The names of `names.txt` as written, each with its other forms; only the lexicon's writer
    reads them.
    """
    families: list[list[str]] = []
    for line in _lines("names.txt"):
        forms = [form.strip() for form in line.split("=")]
        if not line.startswith(NO_NAMES):
            families += [forms] if len(forms) > 1 else [[name] for name in line.split()]
    return families


def no_names() -> frozenset[str]:
    """The folded words of `names.txt` that are no form of a name, though they look like one behind
    a particle.
    """
    lines = (
        line.removeprefix(NO_NAMES) for line in _lines("names.txt") if line.startswith(NO_NAMES)
    )
    return frozenset(fold(word) for line in lines for word in line.split())


@cache
def lexicon_rules(lexicon: Lexicon) -> tuple[str, ...]:
    """The generated rules of one file, `word, word => result`, all folded."""
    return tuple(_lines(f"lexicon/{lexicon}.txt"))


def _readings(lexicon: Lexicon) -> Iterator[tuple[list[str], str]]:
    """The rules of one file, taken apart: the words and their reading, without the sign of
    names.
    """
    for rule in lexicon_rules(lexicon):
        grouped, _, reading = rule.partition("=>")
        yield [word.strip() for word in grouped.split(",")], reading.strip().removesuffix(NAME_SIGN)


@cache
def known_stems() -> Mapping[str, str]:
    """Folded word -> its stem: of names, and of words of which the lexicon knows another than the
    light stemmer.
    """
    stems: dict[str, str] = {}
    for words_of_rule, stem in (*_readings("stem"), *_readings("names")):
        stems |= dict.fromkeys(words_of_rule, stem)
    return stems


@cache
def known_words() -> frozenset[str]:
    """The folded words and names that the lexicon was written for: news has them often, so none is
    a slip.
    """
    ruled = (
        word
        for lexicon in LEXICA
        for words_of_rule, _ in _readings(lexicon)
        for word in words_of_rule
    )
    return whole_words().union(_lines("lexicon/regular.txt"), ruled)


@cache
def names_with_article() -> frozenset[str]:
    """The folded names that begin with the letters of the article: الرقة (Raqqa), ألمانيا
    (Germany).
    """
    return frozenset(name for _, name in _readings("names") if name.startswith("ال"))


@cache
def whole_words() -> frozenset[str]:
    """Folded words whose first letter looks like a particle and is none."""
    return frozenset(_lines("lexicon/whole.txt"))


def _group(line: str) -> tuple[list[str], set[str]]:
    """The spellings of one line, and those of them that stand in brackets."""
    written = [spelling.strip() for spelling in line.split("=")]
    spellings = [spelling.strip("()").strip() for spelling in written]
    if len(set(spellings)) < 2 or not all(spellings):
        raise ValueError(
            f"a group of spelling variants needs two spellings or more, separated by =: {line!r}"
        )
    return spellings, {
        spelling for spelling, raw in zip(spellings, written, strict=True) if raw.startswith("(")
    }


@cache
def spelling_variants() -> Mapping[str, tuple[str, ...]]:
    """Folded spelling -> the other spellings of its group, as written in the list.

    Raises ValueError for a line that is no group; a spelling that stands in two groups has the
    others of both.
    """
    variants: dict[str, list[str]] = {}
    for line in _lines("variants.txt"):
        spellings, ambiguous = _group(line)
        for spelling in spellings:
            if spelling not in ambiguous:
                others = variants.setdefault(lookup_key(words(spelling)), [])
                others += [
                    other for other in spellings if other != spelling and other not in others
                ]
    for latin, arabic in _latin_names():
        variants.setdefault(latin, []).append(arabic)
    return {key: tuple(others) for key, others in variants.items()}


def _latin_names() -> Iterator[tuple[str, str]]:
    """Folded name in Latin letters, and its Arabic spelling; the Arabic one does not call up the
    Latin.
    """
    for line in _lines("latin_names.txt"):
        names, _, arabic = line.partition(":")
        for name in names.split("="):
            yield lookup_key(words(name)), arabic.strip()


@cache
def name_openings() -> frozenset[str]:
    """The first words of those spellings in `spelling_variants` that have several."""
    return frozenset(key.partition(" ")[0] for key in spelling_variants() if " " in key)


@dataclass(frozen=True, slots=True)
class LatinLetter:
    """A Latin letter in lower case that an Arabic word may name; `sure` where the word is nothing
    else.
    """

    letter: str
    sure: bool


@cache
def latin_letters() -> Mapping[str, tuple[LatinLetter, ...]]:
    """Folded Arabic name of a Latin letter -> the letters that it may be: بي is B or P."""
    letters: dict[str, tuple[LatinLetter, ...]] = {}
    for line in _lines("latin_letters.txt"):
        spellings, ambiguous = _group(line)
        letter, *names = spellings
        for name in names:
            found = LatinLetter(letter.lower(), sure=name not in ambiguous)
            letters[fold(name)] = (*letters.get(fold(name), ()), found)
    return letters


@cache
def _names_of_letters() -> Mapping[str, tuple[str, ...]]:
    lines = (_group(line)[0] for line in _lines("latin_letters.txt"))
    return {letter.lower(): tuple(map(fold, names)) for letter, *names in lines}


def letter_names(letter: str) -> tuple[str, ...]:
    """The folded Arabic names of a Latin letter in lower case, the usual one first."""
    return _names_of_letters()[letter]


@cache
def words_for_when() -> Mapping[str, str]:
    """Folded word or words that say when -> what they mean: `today`, `friday`, a month's number."""
    meanings: dict[str, str] = {}
    for line in _lines("when.txt"):
        if not line.startswith(NO_NAMES):
            meaning, *spellings = (part.strip() for part in line.split("="))
            meanings |= {lookup_key(words(spelling)): meaning for spelling in spellings}
    return meanings


@cache
def names_with_when() -> frozenset[str]:
    """The folded names that hold such a word and say nothing of the kind: الجمعة السوداء."""
    lines = [line for line in _lines("when.txt") if line.startswith(NO_NAMES)]
    return frozenset(
        lookup_key(words(name)) for line in lines for name in line.lstrip(NO_NAMES).split("=")
    )


@cache
def openings_with_when() -> frozenset[str]:
    """The first words of those of both that have several."""
    keys = [*words_for_when(), *names_with_when()]
    return frozenset(key.partition(" ")[0] for key in keys if " " in key)


def lookup_key(spelling: Sequence[str]) -> str:
    """The key of some neighbouring words in `spelling_variants`."""
    return " ".join(fold(word) for word in spelling)

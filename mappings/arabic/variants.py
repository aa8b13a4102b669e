"""The other spellings of a word in any of its forms.

mappings/words/variants.txt lists one form of a word; what it says of مسؤول (official) holds for
بالمسئولين (with the officials) too: particles are taken off, endings go over to the other spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from mappings.arabic.letters import fold
from mappings.arabic.morphology import (
    ALEF,
    ARABIC_WORD,
    HEH,
    NISBA,
    NISBA_ENDINGS,
    NOON,
    PRONOUNS,
    TEH,
    WAW,
    YEH,
    without_attached,
)
from mappings.arabic.word_lists import lookup_key, spelling_variants

# What stands behind the stem of a listed word: nisba, plurals, duals, the accusative.
_DUAL: Final = (ALEF + NOON, YEH + NOON)
_ENDINGS: Final = frozenset(
    (
        NISBA,
        *NISBA_ENDINGS,
        *(NISBA + TEH + dual for dual in _DUAL),
        *(TEH + dual for dual in _DUAL),
        *_DUAL,
        NISBA + ALEF,
        WAW + NOON,
        ALEF + TEH,
        ALEF,
    )
)
_WITH_PRONOUNS: Final = frozenset(
    before + pronoun for before in ("", TEH, ALEF + TEH, YEH) for pronoun in PRONOUNS
)
# Shorter stems with a pronoun are other words: مارسه is "he practised it", not March.
_LEAST_STEM, _LEAST_BEFORE_PRONOUN = 4, 5
_LONGEST_ENDING: Final = max(map(len, _ENDINGS | _WITH_PRONOUNS))

# What falls before an ending: ديمقراطية, ديمقراطيات; كتالونيا, الكتالونيين.
_LAST_VOWELS: Final = (HEH, ALEF, "ة")


def other_spellings(run: Sequence[str]) -> tuple[str, ...]:
    """The other spellings of neighbouring words that are listed together, whatever particles,
    article or ending they carry; none for words that are not listed.

    Of one word with an ending they carry it too; other words come as the list has them.
    """
    known, key = spelling_variants(), lookup_key(run)
    bare = without_attached(key)
    for form in (key, bare):
        if form in known:
            return known[form]
    found = (
        tuple(spellings_of_form(form)) if ARABIC_WORD.fullmatch(form) else ()
        for form in (key, bare)
    )
    return next(filter(None, found), ())


def spellings_of_form(word: str) -> Iterator[str]:
    """The other spellings of a folded word without particles that is a listed word with an
    ending.
    """
    known = spelling_variants()
    for start in range(len(word) - 1, max(_LEAST_STEM, len(word) - _LONGEST_ENDING) - 1, -1):
        stem, ending = word[:start], word[start:]
        if stem not in _stems() or not _can_end(stem, ending):
            continue
        forms = (
            _with_ending(other, ending, loses_vowel=key != stem or ending in _ENDINGS)
            for key in _stems()[stem]
            for other in known[key]
        )
        yield from dict.fromkeys(form for form in forms if fold(form) != word)
        return


@cache
def _stems() -> Mapping[str, tuple[str, ...]]:
    """What stands before the ending of a listed Arabic word -> that word, or two of them."""
    stems: dict[str, tuple[str, ...]] = {}
    for key in spelling_variants():
        if ARABIC_WORD.fullmatch(key):
            for stem in {key, _stem_of(key)}:
                stems[stem] = (*stems.get(stem, ()), key)
    return stems


def _stem_of(word: str) -> str:
    return word[:-1] if word.endswith(_LAST_VOWELS) else word


def _can_end(stem: str, ending: str) -> bool:
    with_pronoun = ending in _WITH_PRONOUNS and len(stem) >= _LEAST_BEFORE_PRONOUN
    return ending in _ENDINGS or with_pronoun


def _with_ending(spelling: str, ending: str, *, loses_vowel: bool) -> str:
    """A listed spelling with the ending of the form at hand; a name of several words stays."""
    if " " in spelling:
        return spelling
    return (_stem_of(spelling) if loses_vowel else spelling) + ending

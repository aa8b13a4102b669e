"""Numbers, and names of Latin letters and digits: how else copy writes them.

`40,000` is 40000 and ٣,٥ is 3.5; `S-300` is S300, إس-300 and إس 300; `CIA` is سي آي إيه. The index
holds what was written, `S-300` as two terms side by side, so a name is looked for in each of its
spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from mappings.arabic.letters import fold
from mappings.arabic.word_lists import latin_letters, letter_names

_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3}){1,4}")
_DECIMAL: Final = re.compile(r"(\d{1,9})([.,])(\d{1,2})")
_PLAIN: Final = re.compile(r"\d{4,15}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")

# Four letters: COP28; five: NASDAQ is read as a word. One letter after the digits: T-90M.
_LATIN: Final = re.compile(r"[a-z]{1,4}")
_ACRONYM: Final = re.compile(r"[a-z]{3,4}")
_DIGITS: Final = re.compile(r"\d{1,4}[a-z]?")
_JOINED: Final = re.compile(r"([a-z]{1,4}|[ء-ي]{2,12})(-?)(\d{1,4}[a-z]?)")

# A name that is spelled out has three letters or more: بي بي alone may be anything. B and P, E and
# I have one Arabic name each, so a spelled name may be several Latin ones.
_LEAST_SPELLED: Final = 3
_MOST_READINGS: Final = 8


def other_numbers(number: str) -> tuple[str, ...]:
    """The other ways to write a folded number: with and without commas between the thousands, with
    point or comma before a fraction. None for other words, nor for years.
    """
    if _THOUSANDS.fullmatch(number):
        return (number.replace(",", ""),)
    if decimal := _DECIMAL.fullmatch(number):
        whole, mark, fraction = decimal.groups()
        return (f"{whole}{',' if mark == '.' else '.'}{fraction}",)
    if _PLAIN.fullmatch(number) and not _YEAR.fullmatch(number):
        return (f"{int(number):,}",) if not number.startswith("0") else ()
    return ()


def opens_designation(word: str) -> bool:
    """Whether a name of letters and digits in several words may begin with this word."""
    folded = fold(word)
    return bool(_LATIN.fullmatch(folded)) or folded in latin_letters()


def other_designations(run: Sequence[str]) -> tuple[str, ...]:
    """The other spellings of neighbouring words that are one name of letters and digits (`S`,
    `300`; `S-300`; `إس300`; `سي`, `آي`, `إيه`), folded, each of one or more words; none for other
    words.
    """
    folded = tuple(fold(word) for word in run)
    if len(folded) == 1:
        if joined := _JOINED.fullmatch(folded[0]):
            spellings = _with_digits(joined[1], joined[3], is_joined=True)
            return tuple(one for one in spellings if one != folded[0])
        return _spelled_out(folded[0])
    if len(folded) == 2 and _DIGITS.fullmatch(folded[1]):
        spellings = _with_digits(*folded, is_joined=False)
        return tuple(one for one in spellings if one != " ".join(folded))
    if len(folded) >= _LEAST_SPELLED:
        return tuple(islice(_read_letters(folded), _MOST_READINGS))
    return ()


def _with_digits(letters: str, digits: str, *, is_joined: bool) -> tuple[str, ...]:
    """All spellings of letters with digits; of an Arabic word that names no letter only where they
    are joined (كوفيد-19): two words are a name and a number.
    """
    names = [letters]
    if _LATIN.fullmatch(letters):
        names.append(" ".join(letter_names(letter)[0] for letter in letters))
    else:
        read = [one.letter for one in latin_letters().get(letters, ()) if one.sure]
        names = [*names, *read] if read or is_joined else []
    joined = [f"{name}{digits}" for name in names if " " not in name]
    return (*joined, *(f"{name} {digits}" for name in names))


def _spelled_out(word: str) -> tuple[str, ...]:
    if not _ACRONYM.fullmatch(word):
        return ()
    return (" ".join(letter_names(letter)[0] for letter in word),)


def _read_letters(names: Sequence[str]) -> Iterator[str]:
    letters = [[one.letter for one in latin_letters().get(name, ())] for name in names]
    return map("".join, product(*letters))

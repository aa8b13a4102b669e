"""Abbreviations and designations of Latin letters and a number: which words of a query are one.

S-300 is one thing: not S and 300 anywhere. How else it is written says mappings/arabic/numerals.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mappings.arabic.letters import fold
from mappings.arabic.word_lists import latin_letters, stop_words

# Letters and a number, joined as typed, in digits of any script: S-300, A320, G20, كوفيد-١٩.
_JOINED: Final = re.compile(r"([A-Za-z]{1,4})-?(\d{1,4})|([^\W\d_]{2,12})-(\d{1,4})")
_LETTERS: Final = re.compile(r"[A-Za-z]{1,4}")
_NUMBER: Final = re.compile(r"\d{1,4}")


def parts_of(text: str) -> tuple[str, ...] | None:
    """The letters and the number of a joined designation; None where `text` is none."""
    joined = _JOINED.fullmatch(text)
    return tuple(part for part in joined.groups() if part) if joined else None


def is_designation(part: Sequence[str]) -> bool:
    """Whether these words of a query are one: letters and a number (S 300, إس 300), or names of
    letters (سي آي إيه).
    """
    has_number = bool(_NUMBER.fullmatch(part[-1]))
    letters = part[: -1 if has_number else None]
    if has_number and len(letters) == 1 and _LETTERS.fullmatch(letters[0]):
        return True
    names = [fold(letter) for letter in letters]
    if len(part) < 2 or not names or not latin_letters().keys() >= set(names):
        return False
    return _are_letters(names, has_number)


def _are_letters(names: Sequence[str], has_number: bool) -> bool:
    """Whether these names of letters are meant as such. Some are words: في 20 is "in 20", but سي إن
    إن is CNN; and two alone may be anything.
    """
    surely = sum(name not in stop_words() for name in names)
    if len(names) + has_number > 2:
        return surely > 0
    return has_number and surely == len(names)

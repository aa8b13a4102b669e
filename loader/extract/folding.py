"""Folding that keeps places: the folded text has, for every character, its place in the text as
sent.

`mappings.arabic.text.match_key` answers "same name?"; here a date or credit is found in folded text
and cut from the raw text, so offsets must survive.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = str.maketrans(
    "أإآٱىئیېۍکګڪؤةھہەـ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹–—\u2212\u2012―،\u066bABCDEFGHIJKLMNOPQRSTUVWXYZ\u200c\u200d",
    "ااااييييي"
    + "ككك"
    + "وه"
    + "ههه"
    + "ـ"
    + "01234567890123456789"
    + "-----,.abcdefghijklmnopqrstuvwxyz  ",
)
# Vowel marks, superscript alef, Koranic marks: they stand on a letter and decide no name and no
# date.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")


class Folded:
    """`text` with hamza, ya, ta marbuta, Persian letters, digits, dashes and capitals folded and
    marks gone.
    """

    __slots__ = ("_offsets", "_plain", "text")

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self._plain = plain  # with its marks: as long as the raw text
        self._offsets: list[int] | None = None

    def raw(self, at: int) -> int:
        """The place in the raw text of place `at` (which may be the end)."""
        if len(self.text) == len(self._plain):
            return at
        if self._offsets is None:
            self._offsets = [
                n for n, character in enumerate(self._plain) if not _MARKS.match(character)
            ]
            self._offsets.append(len(self._plain))
        return self._offsets[at]


def fold(text: str) -> Folded:
    """Fold `text`; see `Folded`. A line is asked for again and again (furniture, date, credit,
    title): it is kept.
    """
    return _folded(text) if len(text) <= _LINE else _fold(text)


def _fold(text: str) -> Folded:
    plain = text.translate(_LETTERS)
    return Folded(_MARKS.sub("", plain) if _MARKS.search(plain) else plain, plain)


_LINE = 300
_folded = lru_cache(maxsize=1024)(_fold)

"""Folding that keeps places: the folded text has, for every character, its place in the text as
sent.

`mappings.arabic.text.match_key` answers "same name?"; here a date or credit is found in folded text
and cut from the raw text, so offsets must survive.
"""

from __future__ import annotations

import re

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
# Those of them that stand in nearly every line: to replace ten costs a quarter of looking up each
# character of the line.
_COMMON = [(letter, chr(_LETTERS[ord(letter)])) for letter in "أإآةىئؤ،–—"]
# Vowel marks, superscript alef, Koranic marks: they stand on a letter and decide no name and no
# date.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")

_UNCOMMON = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    + "".join(re.escape(chr(code)) for code in _LETTERS if chr(code) not in dict(_COMMON))
    + "]"
)


class Folded:
    """`text` with hamza, ya, ta marbuta, Persian letters, digits, dashes and capitals folded and
    marks gone.
    """

    __slots__ = ("_offsets", "_plain", "text")

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self._plain = plain  # with its marks: as long as the raw text
        self._offsets: list[int] | None = None

    @property
    def unmarked(self) -> bool:
        """Whether no mark was taken out, so that every place is that of the raw text."""
        return len(self.text) == len(self._plain)

    def raw(self, at: int) -> int:
        """The place in the raw text of place `at` (which may be the end)."""
        if self.unmarked:
            return at
        if self._offsets is None:
            self._offsets = [
                n for n, character in enumerate(self._plain) if not _MARKS.match(character)
            ]
            self._offsets.append(len(self._plain))
        return self._offsets[at]

    def first(self, length: int) -> Folded:
        """The same of the first `length` characters of the raw text."""
        if len(self._plain) <= length:
            return self
        plain = self._plain[:length]
        return Folded(plain if self.unmarked else _MARKS.sub("", plain), plain)


def fold(text: str) -> Folded:
    """Fold `text`; see `Folded`. What folds a line keeps it: `loader.extract.line.Line`."""
    if not _UNCOMMON.search(text):
        for letter, plain in _COMMON:
            text = text.replace(letter, plain)
        return Folded(text, text)
    plain = text.translate(_LETTERS)
    return Folded(_MARKS.sub("", plain) if _MARKS.search(plain) else plain, plain)

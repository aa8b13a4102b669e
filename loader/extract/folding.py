"""Folding that keeps places: the folded text has, for every character, its place in the text as sent.

`mappings.text.match_key` answers "same name?"; here a date or credit is found in folded text and cut from the
raw text, so offsets must survive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LETTERS = str.maketrans(
    "أإآٱىئیېۍکګڪؤةھہەـ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹–—\u2212\u2012―،\u066bABCDEFGHIJKLMNOPQRSTUVWXYZ\u200c\u200d",
    "ااااييييي" + "ككك" + "وه" + "ههه" + "ـ" + "01234567890123456789" + "-----,.abcdefghijklmnopqrstuvwxyz  ",
)
# Vowel marks, superscript alef, Koranic marks: they stand on a letter and decide no name and no date.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` with hamza, ya, ta marbuta, Persian letters, digits, dashes and capitals folded and marks gone.

    `offsets[i]` is where character i of `text` stands in the raw text; None where the places are the same.
    """

    text: str
    offsets: tuple[int, ...] | None

    def raw(self, at: int) -> int:
        """The place in the raw text of place `at` (which may be the end)."""
        if self.offsets is None:
            return at
        return self.offsets[at]


def fold(text: str) -> Folded:
    """Fold `text`; see `Folded`."""
    plain = text.translate(_LETTERS)
    if not _MARKS.search(plain):
        return Folded(plain, None)
    kept = [at for at, character in enumerate(plain) if not _MARKS.match(character)]
    return Folded("".join(plain[at] for at in kept), (*kept, len(plain)))

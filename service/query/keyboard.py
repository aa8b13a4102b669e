"""What was typed on the wrong keyboard: `hgvzds` for الرئيس (the president), `ىشسش` for nasa.

The table is the Arabic (101) layout, as Windows and Linux have it. Either direction is only a
suggestion: whether it is meant is decided by what the index holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LATIN: Final = "`qwertyuiop[]asdfghjkl;'zxcvnm,./"
_ARABIC: Final = "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ"

# With the shift key: the letters and marks among them, and the punctuation that takes their place.
_SHIFTED_LATIN: Final = "~QWERYUIOPASDFHJKLZXCVNM<>?"
_SHIFTED_ARABIC: Final = (
    "\u0651\u064e\u064b\u064f\u064c"  # shadda, fatha, fathatan, damma, dammatan
    "إ‘÷×؛"  # noqa: RUF001
    "\u0650\u064d]["  # kasra, kasratan
    "أ\u0640،/~\u0652"  # alef with hamza, tatweel, comma, slash, tilde, sukun
    "}{آ’,.؟"  # noqa: RUF001
)
# Keys that write lam and alef at once.
_LAM_ALEF: Final[Mapping[str, str]] = {"b": "لا", "B": "لآ", "T": "لإ", "G": "لأ"}

_TO_ARABIC: Final[Mapping[int, str]] = {
    **{ord(key): letter for key, letter in zip(_LATIN, _ARABIC, strict=True)},
    **{ord(key): letter for key, letter in zip(_SHIFTED_LATIN, _SHIFTED_ARABIC, strict=True)},
    **{ord(key): letters for key, letters in _LAM_ALEF.items()},
}
_TO_LATIN: Final[Mapping[int, str]] = {
    ord(letter): key.lower()
    for key, letter in (
        *zip(_SHIFTED_LATIN, _SHIFTED_ARABIC, strict=True),
        *zip(_LATIN, _ARABIC, strict=True),
    )
    if letter.isalpha()
}

FEWEST_LETTERS: Final = 2  # a single letter is no word in either script


def typed_in_latin(text: str) -> str | None:
    """`text` as its keys write it on an Arabic keyboard, or None where it holds Arabic letters or
    hardly any Latin.

    Capitals that the shift key gives a mark or a sign in Arabic are read as typed with the shift
    key; where the whole is in capitals the lock key was on, which the Arabic layout ignores.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < FEWEST_LETTERS or not all(letter.isascii() for letter in letters):
        return None
    if all(letter.isupper() for letter in letters):
        text = text.lower()
    return text.translate(_TO_ARABIC)


def typed_in_arabic(text: str) -> str | None:
    """`text` as its keys write it on a Latin keyboard, or None where a letter of it is on no key of
    the layout.
    """
    for key, letters in _LAM_ALEF.items():
        text = text.replace(letters, key.lower())
    letters_left = [character for character in text if character.isalpha()]
    if len(letters_left) < FEWEST_LETTERS or all(letter.isascii() for letter in letters_left):
        return None
    if any(ord(letter) not in _TO_LATIN and not letter.isascii() for letter in letters_left):
        return None
    return text.translate(_TO_LATIN)

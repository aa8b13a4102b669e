"""Arabic text that was decoded by the wrong table before it came here: mended where certain, told
where its letters are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_LATIN_1 = re.compile(r"[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]")
# «ا» and «ل» of UTF-8 in windows-1256: no Arabic word has a section sign or a quotation mark there.
_UTF_8_AS_1256 = ("\u0637\u00a7", "\u0638\u201e")
_COMMON = ("ال", "في ", " من ", "ية", " و")  # every Arabic text of some length has them
_FEW = 4  # characters; with fewer nothing is certain
_LOST = 0.3  # share of question marks among the signs of a text whose letters were lost


def mended(text: str) -> str | None:
    """The text as it was before it was decoded twice; None where nothing speaks for that.

    Certain is what decodes without fault by the other table and is Arabic then.
    """
    if any(pair in text for pair in _UTF_8_AS_1256):
        return _redecoded(text, "cp1256", "utf-8")
    if ARABIC.search(text) or len(_LATIN_1.findall(text)) < _FEW:
        return None
    for decoding in ("utf-8", "cp1256"):
        arabic = _redecoded(text, "cp1252", decoding)
        if arabic and any(word in arabic for word in _COMMON):
            return arabic
    return None


def is_lost(text: str) -> bool:
    """Whether question marks stand for the letters of a text (`?C? ???I`)."""
    if text.count("?") < _FEW or ARABIC.search(text):
        return False
    signs = len(text) - sum(map(text.count, " \n\r\t"))
    return text.count("?") > _LOST * signs


def _redecoded(text: str, wrong: str, right: str) -> str | None:
    """`text` decoded by `right`, had it been decoded by `wrong`; None where it does not fit."""
    try:
        arabic = b"".join(_bytes(text, wrong)).decode(right)
    except UnicodeError:
        return None
    letters = sum(character.isalpha() and character > "\x7f" for character in arabic)
    return arabic if letters and len(ARABIC.findall(arabic)) > 0.9 * letters else None


def _bytes(text: str, encoding: str) -> Iterator[bytes]:
    """The bytes that a text was made of; those that the table has no character for stay as
    controls.
    """
    for character in text:
        try:
            yield character.encode(encoding)
        except UnicodeEncodeError:
            yield character.encode("latin-1")

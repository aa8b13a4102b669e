"""The hygiene that stored text and queries share, and the key by which names are recognised.

`clean_text` is lossless: every letter, digit and mark stays as it was sent. What is searched is
folded by the analysers of Elasticsearch alone, for documents and queries alike; folding here as
well would lose matches. `match_key` folds much, for recognition only (agencies, months); its result
is never stored or searched. This module is the only one that imports pyarabic.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from pyarabic import araby

__all__ = ["clean_text", "match_key"]

REPLACEMENT = "\ufffd"
ZWNJ, ZWJ = "\u200c", "\u200d"

# --- What clean_text takes away
# ----------------------------------------------------------------------------------- Line ends of
# other systems and the separators of wire formats (VT, FF, FS, GS, RS, NEL, LS, PS) end a line.
_LINE_ENDS = "\r\v\f\x1c-\x1e\x85\u2028\u2029"
# Tab, unit separator, no-break space and the typographic spaces are a space.
_SPACES = "\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# First and last code points of what has no place in text:
_NOTHING = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F),  # C0 and C1 controls
    # soft hyphen, zero-width, byte order
    (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200B), (0xFEFF, 0xFEFF),
    # marks and controls of direction, operators
    (0x61C, 0x61C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0xE000, 0xE001),  # private use: they mark the hits in highlights
    (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF),  # noncharacters
    (0xFFF9, 0xFFFC), (0xE0000, 0xE007F),  # interlinear notes, object placeholder, tags
)  # fmt: skip
_SURROGATES = "\ud800-\udfff"  # halves of characters: a character was lost here, which U+FFFD shows
_NOTHING_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _NOTHING)
_ODD = re.compile(f"([{_LINE_ENDS}])|([{_SPACES}])|([{_SURROGATES}])|[{_NOTHING_CLASS}]")
_PRINTABLE_ODD = "\ufffc"  # of all these the only one that str.isprintable lets pass
# Non-joiner and joiner shape the letters round them (Persian compounds, the abbreviated Hijri heh,
# emoji), so they are kept, one at a time, where something stands before them that they can shape.
_JOINERS = re.compile(f"[{ZWNJ}{ZWJ}]+")
_NOT_JOINED = frozenset(" \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»،؛؟")

# A character reference as HTML requires it, with the semicolon: `?a=1&copy=2` in an address is
# none.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_REFERENCE_LENGTH = 34  # & + name of 32 + ;
_AMPERSANDS = re.compile(
    r"&(?:(?:amp|AMP|#38|#[xX]26);)+"
)  # escaped again and again by careless exports
_SPACE_RUN = re.compile(r" {2,}")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Return `text` in NFC, free of character references, controls, bidi and zero-width characters.

    Line ends become `\\n` and at most one blank line stays between paragraphs; other white space
    becomes single spaces, none at the ends of a line. Character references are resolved until none
    is left, so that cleaning twice changes nothing. Letters stay as sent: presentation forms,
    Persian letters, tatweel and marks are kept. Takes time linear in the length of the text and
    never raises.
    """
    text = _plain(text)
    if "&" in text and ";" in text:
        text = _unescape(text)
    if ZWNJ in text or ZWJ in text:
        text = _drop_loose_joiners(text)
    text = unicodedata.normalize("NFC", text)
    if "  " in text:
        text = _SPACE_RUN.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip(" \n")


def _plain(text: str) -> str:
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    # Most text has none; asking what is printable costs a tenth of searching for the long class.
    if not text.replace("\n", "").isprintable() or _PRINTABLE_ODD in text:
        text = _ODD.sub(_replace_odd, text)
    return unicodedata.normalize("NFC", text)


def _replace_odd(match: re.Match[str]) -> str:
    line_end, space, surrogate = match.groups()
    if line_end:
        return "\n"
    if space:
        return " "
    return REPLACEMENT if surrogate else ""


def _unescape(text: str) -> str:
    """Resolve character references until none is left."""
    text = _REFERENCE.sub(_resolve, _AMPERSANDS.sub("&", text))
    if any(
        _resolve(reference) != reference.group()
        for reference in _REFERENCE.finditer(_drop_loose_joiners(text))
    ):
        return _unescape_nested(text)
    return text


def _resolve(reference: re.Match[str]) -> str:
    return _resolved(reference.group())


@lru_cache(maxsize=1024)
def _resolved(reference: str) -> str:
    """The text of one reference, itself cleaned; the reference where nobody knows its name."""
    text = html.unescape(reference)
    return (
        reference if text == reference or (text.endswith(";") and len(text) > 1) else _plain(text)
    )


def _unescape_nested(text: str) -> str:
    """Resolve references that only appear when an inner one is resolved (`&am&#112;;lt;`).

    Walks once over the text and looks back at most one reference's length from each semicolon, so
    that hostile nesting costs no more than its length; repeated passes over the whole text would
    take quadratic time.
    """
    done: list[str] = []
    waiting = list(reversed(text))
    while waiting:
        character = waiting.pop()
        if character in (ZWNJ, ZWJ) and (not done or not _can_be_joined(done[-1])):
            continue
        done.append(character)
        if character != ";":
            continue
        recent = "".join(done[-_REFERENCE_LENGTH:])
        start = recent.rfind("&")
        if start < 0 or not _REFERENCE.fullmatch(reference := recent[start:]):
            continue
        if (meaning := _resolved(reference)) != reference:
            del done[-len(reference) :]
            waiting.extend(reversed(meaning))
    return "".join(done)


def _can_be_joined(before: str) -> bool:
    return before not in _NOT_JOINED and before not in (ZWNJ, ZWJ)


def _drop_loose_joiners(text: str) -> str:
    return _JOINERS.sub(
        lambda run: run.group()[0] if run.start() and _can_be_joined(text[run.start() - 1]) else "",
        text,
    )


# --- Recognition
# --------------------------------------------------------------------------------------------------
def _recognition_table() -> dict[int, str | None]:
    """Letters that recognition takes for the same, by the letter groups of pyarabic and the Persian
    ones.
    """
    table: dict[int, str | None] = {
        ord(mark): None for mark in (*araby.TASHKEEL, *araby.SMALL, araby.TATWEEL)
    }
    # pyarabic leaves the marks of the Koran and of hamza and madda alone; they decide no name
    # either.
    table.update(
        dict.fromkeys(
            [*range(0x0610, 0x061B), *range(0x0653, 0x0660), *range(0x06D6, 0x06EE)], None
        )
    )
    table.update({ord(letter): araby.ALEF for letter in araby.ALEFAT})
    table.update({ord(letter): araby.WAW for letter in araby.WAWLIKE})
    table.update({ord(letter): araby.YEH for letter in araby.YEHLIKE})  # alef maksura, too, is a ya
    table[ord(araby.TEH_MARBUTA)] = araby.HEH
    for small in araby.SMALL:
        table[ord(small)] = None
    persian = {
        "ک": araby.KAF,
        "ڪ": araby.KAF,
        "ی": araby.YEH,
        "ے": araby.YEH,
    }  # keheh, yeh
    persian |= {
        "ھ": araby.HEH,
        "ہ": araby.HEH,
        "ۀ": araby.HEH,
        "ە": araby.HEH,
    }  # forms of heh
    table.update({ord(letter): plain for letter, plain in persian.items()})
    for zero in (0x0660, 0x06F0):  # Arabic-Indic and Persian digits
        table.update({zero + value: str(value) for value in range(10)})
    table.update(dict.fromkeys((ord(ZWNJ), ord(ZWJ)), None))
    # What clean_text takes away as well, so that uncleaned names meet; NFKC has made odd spaces
    # spaces.
    for first, last in _NOTHING:
        table.update(dict.fromkeys(range(first, last + 1), None))
    return table


_RECOGNITION = _recognition_table()


@lru_cache(maxsize=16_384)
def match_key(text: str) -> str:
    """Return the key under which spellings of one name meet: for comparing with other keys, never
    for storing.

    Vowel marks and tatweel go; hamza on its seats, madda and wasla, final ya and alef maksura, ta
    marbuta and heh, Persian and Arabic kaf and ya, presentation forms, Latin capitals and the three
    sets of digits are one; white space (line ends as well) is one space. Punctuation and the
    free-standing hamza stay. Idempotent. Results are cached: give it lines and names, not whole
    articles.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_RECOGNITION)
    return " ".join(unicodedata.normalize("NFKC", folded).split())

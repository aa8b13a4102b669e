"""Which characters are the same letter: the table behind the `mapping` char filters, and its twin
in Python.

Two strengths, because readers ask two things of a text:

- `LETTERS` makes equal what only looks different (marks, tatweel, invisible characters,
  presentation forms, Persian letters). This much holds even for an exact search.
- `SEATS` folds the seat of the hamza as well (ؤ to و, ئ to ي), which writers mix freely.

Elasticsearch applies the tables to documents and queries alike. The Python twin `fold` serves
look-ups in word lists (is this a stop word, does it have spelling variants); folded text is sent to
the index only as forms of excluded words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

# Letters of the Persian, Urdu, Kurdish and Uyghur keyboards and of older print -> the Arabic letter
# that is meant. From the confusions named by Wikimedia's arabic_extended_norm filter; foreign
# consonants go to the letter that Arabic copy writes for them (Pakistan, Chad, visa).
FOREIGN_LETTERS: Mapping[str, str] = {
    **dict.fromkeys("کڪګڬڭڮگڰݢݣݤ", "ك"),  # forms of kaf
    **dict.fromkeys("یۍێېۑےۓٸؽؾؿ", "ي"),  # forms of yeh
    **dict.fromkeys("ہۂھۀەۿ", "ه"),  # forms of heh
    "ۃ": "ة",  # teh marbuta goal
    **dict.fromkeys("پڀ", "ب"),  # peh
    **dict.fromkeys("چڃڄڇ", "ج"),  # tcheh
    "ژ": "ز",  # jeh
    **dict.fromkeys("ڤڥڨ", "ف"),  # veh
    **dict.fromkeys("ٱٲٳٵ", "ا"),  # alef wasla, wavy hamza, high hamza
    **dict.fromkeys("ٶۄۅۆۇۈۉۋۏ", "و"),  # forms of waw
    "ى\u0670": "ى",  # dagger alef over a final alef maksura: على\u0670
}

# Hamza seats: readers and writers mix them (مسؤول, مسوول).
SEATS: Mapping[str, str] = {"ؤ": "و", "ئ": "ي"}

# Separators: a joined hashtag is words; Arabic decimal and thousands marks, and the comma that many
# write for them, are those of Latin digits.
SEPARATORS: Mapping[str, str] = {
    "_": " ",
    "،": ",",
    "\u066b": ".",
    "\u066c": ",",
    "\u060d": "/",
    "\u2011": "-",
}

MARKS = (
    *range(0x0300, 0x0370),  # combining marks of Latin letters
    *range(0x0610, 0x061B),  # honorifics and small high letters
    *range(0x064B, 0x0660),  # harakat, hamza above and below, and the later additions
    0x0670,  # dagger alef
    *range(0x06D6, 0x06DD),  # Quranic marks
    *range(0x06DF, 0x06E5),
    0x06E7,
    0x06E8,
    *range(0x06EA, 0x06EE),
    *range(0x08D3, 0x08E2),
    *range(0x08E3, 0x0900),
)
TATWEEL = 0x0640
INVISIBLE = (
    0x00AD,  # soft hyphen
    0x034F,  # grapheme joiner
    0x061C,  # Arabic letter mark
    *range(0x180B, 0x180F),  # variation selectors
    *range(0x200B, 0x2010),  # zero-width space and joiners, direction marks
    *range(0x202A, 0x202F),  # direction embedding and override
    *range(0x2060, 0x2070),  # word joiner, direction isolates
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,  # byte order mark
)
PRESENTATION_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
ACCENTED_LATIN = (*range(0x00C0, 0x0180), *range(0x0218, 0x021C), *range(0x1E00, 0x1F00))

# What Lucene's `arabic_normalization` does beyond removing marks; used by the twin only.
NORMALISED: Mapping[str, str] = {
    "آ": "ا",  # alef with madda
    "أ": "ا",  # alef with hamza above
    "إ": "ا",  # alef with hamza below
    "ى": "ي",  # alef maksura
    "ة": "ه",  # teh marbuta
}


def _decomposed(code: int) -> str:
    """The compatibility form of a ligature or presentation form, without its marks and padding."""
    return unicodedata.normalize("NFKC", chr(code)).strip()


@cache
def letters_table() -> Mapping[str, str]:
    """Source string -> replacement, for exact search. Values are final: the char filter makes a
    single pass.
    """
    table = {**FOREIGN_LETTERS, **SEPARATORS}
    table.update({chr(code): "" for code in (*MARKS, TATWEEL, *INVISIBLE)})
    for code in ACCENTED_LATIN:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[chr(code)] = base
    for code in PRESENTATION_FORMS:
        flat = _decomposed(code)
        if unicodedata.category(chr(code)) != "Cn" and flat != chr(code):
            table[chr(code)] = "".join(table.get(letter, letter) for letter in flat)
    return table


@cache
def folding_table() -> Mapping[str, str]:
    """Source string -> replacement, for every other search: `letters_table` and the seats of the
    hamza.
    """
    table = {**letters_table(), **SEATS}
    for source, target in letters_table().items():
        table[source] = "".join(SEATS.get(letter, letter) for letter in target)
    return table


def escaped(text: str) -> str:
    """`text` in escapes that Elasticsearch and Java's patterns read, so that nothing is trimmed."""
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def mapping_rules(table: Mapping[str, str]) -> list[str]:
    """`table` as the rules of Elasticsearch's `mapping` char filter, escaped so that no rule is
    trimmed away.
    """
    return [f"{escaped(source)} => {escaped(target)}".rstrip() for source, target in table.items()]


_STRIPPED = {code: None for code in (*MARKS, TATWEEL, *INVISIBLE)}


@cache
def _translation() -> Mapping[int, str]:
    single = {ord(source): target for source, target in folding_table().items() if len(source) == 1}
    digits = {
        code: str(unicodedata.digit(chr(code)))
        for code in (*range(0x0660, 0x066A), *range(0x06F0, 0x06FA))
    }
    return {**single, **{ord(source): target for source, target in NORMALISED.items()}, **digits}


@lru_cache(maxsize=4096)  # words of a query are folded for every list they are looked up in
def fold(text: str) -> str:
    """What the char filter, lower-casing, digit folding and Arabic normalisation make of `text`;
    for look-ups.
    """
    folded = text.translate(_translation()).translate({ord(s): t for s, t in NORMALISED.items()})
    return folded.lower()


def without_marks(text: str) -> str:
    """`text` without marks, tatweel and invisible characters, its letters as typed."""
    return text.translate(_STRIPPED)


# A word as the standard tokenizer sees it, near enough for counting words and looking them up: a
# comma joins digits alone (40,000).
_WORD = re.compile(r"[^\W_]+(?:(?:[.']|(?<=\d)[,،\u066b\u066c](?=\d))[^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of `text`, letters as typed, without marks; punctuation and symbols are no
    words.
    """
    return _WORD.findall(without_marks(text))

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
    **dict.fromkeys(
        "\u06a9\u06aa\u06ab\u06ac\u06ad\u06ae\u06af\u06b0\u0762\u0763\u0764", "\u0643"
    ),  # forms of kaf
    **dict.fromkeys(
        "\u06cc\u06cd\u06ce\u06d0\u06d1\u06d2\u06d3\u0678\u063d\u063e\u063f", "\u064a"
    ),  # forms of yeh
    **dict.fromkeys("\u06c1\u06c2\u06be\u06c0\u06d5\u06ff", "\u0647"),  # forms of heh
    "\u06c3": "\u0629",  # teh marbuta goal
    **dict.fromkeys("\u067e\u0680", "\u0628"),  # peh
    **dict.fromkeys("\u0686\u0683\u0684\u0687", "\u062c"),  # tcheh
    "\u0698": "\u0632",  # jeh
    **dict.fromkeys("\u06a4\u06a5\u06a8", "\u0641"),  # veh
    **dict.fromkeys("\u0671\u0672\u0673\u0675", "\u0627"),  # alef wasla, wavy hamza, high hamza
    **dict.fromkeys(
        "\u0676\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06cb\u06cf", "\u0648"
    ),  # forms of waw
    "\u0649\u0670": "\u0649",  # dagger alef over a final alef maksura: \u0639\u0644\u0649\u0670
}

# Hamza seats: readers and writers mix them (مسؤول, مسوول).
SEATS: Mapping[str, str] = {"\u0624": "\u0648", "\u0626": "\u064a"}

# Separators: a joined hashtag is words; Arabic decimal and thousands marks are those of Latin
# digits.
SEPARATORS: Mapping[str, str] = {
    "_": " ",
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
    "\u0622": "\u0627",  # alef with madda
    "\u0623": "\u0627",  # alef with hamza above
    "\u0625": "\u0627",  # alef with hamza below
    "\u0649": "\u064a",  # alef maksura
    "\u0629": "\u0647",  # teh marbuta
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


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def mapping_rules(table: Mapping[str, str]) -> list[str]:
    """`table` as the rules of Elasticsearch's `mapping` char filter, escaped so that no rule is
    trimmed away.
    """
    return [
        f"{_escaped(source)} => {_escaped(target)}".rstrip() for source, target in table.items()
    ]


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


# A word as the standard tokenizer sees it, near enough for counting words and looking them up.
_WORD = re.compile(r"[^\W_]+(?:[.,'\u066b\u066c][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words of `text`, letters as typed, without marks; punctuation and symbols are no
    words.
    """
    return _WORD.findall(without_marks(text))

"""Fingerprints of article texts: how much two texts have in common, told without comparing the
texts.

MinHash over groups of four neighbouring words (Broder 1997): the share of equal values in two
fingerprints estimates the share of word groups that the texts have in common (Jaccard). 64 values,
kept as 16 bands of 4: near-duplicates agree in a whole band, so that an index of bands finds them.
At a Jaccard of .6 this finds 89 % of the pairs, at .8 all but one in a thousand. The bands hold the
values themselves: what finds a candidate also verifies it.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mappings.arabic.letters import fold, folding_table
from mappings.article import Article

VALUES = 64
BAND = 4  # values of one band
GROUP = (
    4  # words of one group: the least that boilerplate such as "said in a statement" does not fill
)
SIMILAR = (
    0.6  # of 40 pairs judged by reading, 15 of 16 at .6 and more were one story, 5 of 8 at .5-.6
)

# Under twenty words a body is a flash ("details to follow"): the headline is most of what it says.
SHORT = 20
# Under eight words, headline included, there are too few groups to tell a copy from a formula.
SHORTEST = 8

# Two unrelated values of one byte are equal in one case of 256.
_BY_CHANCE = 1 / 256
_LEAST_EQUAL = int(np.ceil(VALUES * (SIMILAR * (1 - _BY_CHANCE) + _BY_CHANCE)))

_BAND_NAMES = "abcdefghijklmnop"
_BLOCK = 4096  # groups hashed at a time: 2 MB of memory whatever the length of the text
_WORD = re.compile(r"\w+")  # after folding, which makes a joined hashtag words

# What differs between spellings in ordinary copy: hamza on its seats, alef maksura, ta marbuta,
# harakat, tatweel, digits; and the underscore of hashtags.
_USUAL_LETTERS = (
    "_\u0622\u0623\u0624\u0625\u0626\u0629\u0649",
    *map(chr, (*range(0x064B, 0x0653), 0x0640, *range(0x0660, 0x066A))),
)
_USUAL = {letter: fold(letter) for letter in "".join(_USUAL_LETTERS)}
_PERSIAN_DIGITS = "".join(map(chr, range(0x06F0, 0x06FA)))
_UNUSUAL = re.compile(
    f"[{re.escape(''.join(sorted({*''.join(folding_table()), *_PERSIAN_DIGITS} - _USUAL.keys())))}]"
)

# Multipliers are odd, so no two groups fall together in any permutation. Fixed for good: they stand
# in every index.
_random = np.random.default_rng(20180101)
_FACTORS = _random.integers(1, 1 << 63, VALUES, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _random.integers(0, 1 << 63, VALUES, dtype=np.uint64)
_POSITIONS = _random.integers(1, 1 << 63, GROUP, dtype=np.uint64) | np.uint64(1)
_MIX = np.uint64(0xFF51AFD7ED558CCD)  # finaliser of MurmurHash3
_SHIFT = np.uint64(33)
_TOP_BYTE = np.uint64(56)

Hashes = npt.NDArray[np.uint64]


def fingerprint(article: Article) -> bytes | None:
    """The 64 bytes that stand for the article's text; None where the text is too short to be told
    from another.

    Spelling does not count where readers do not see it: marks, tatweel, hamza, ya and ta marbuta,
    digits, punctuation.
    """
    words = _word_hashes(article.body)
    if len(words) < SHORT and article.title and article.title_origin != "lead":
        words = _word_hashes(article.title) + words
    if len(words) < SHORTEST:
        return None
    return _minima(_groups(np.array(words, dtype=np.uint64))).tobytes()


def bands(print_: bytes) -> tuple[str, ...]:
    """The 16 keys of a fingerprint, such as `a3q2-7w`: the band's letter and its four values."""
    return tuple(
        name
        + base64.urlsafe_b64encode(print_[BAND * number : BAND * (number + 1)]).decode().rstrip("=")
        for number, name in enumerate(_BAND_NAMES)
    )


def from_bands(keys: Sequence[str]) -> bytes | None:
    """The fingerprint whose keys these are, in any order; None unless they are all there."""
    if len(keys) != len(_BAND_NAMES):
        return None
    return b"".join(base64.urlsafe_b64decode(key[1:] + "==") for key in sorted(keys))


def alike(one: bytes, others: list[bytes]) -> list[bool]:
    """For each of `others`, whether its estimated Jaccard with `one` reaches `SIMILAR`."""
    if not others:
        return []
    table = np.frombuffer(b"".join(others), dtype=np.uint8).reshape(len(others), VALUES)
    equal = (table == np.frombuffer(one, dtype=np.uint8)).sum(axis=1)
    return [bool(count >= _LEAST_EQUAL) for count in equal]


def _word_hashes(text: str) -> list[int]:
    return [zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(_folded(text))]


def _folded(text: str) -> str:
    """`fold(text)` at a fifth of its cost: letter by letter only where a text holds more than the
    usual differences.
    """
    if _UNUSUAL.search(text):
        return fold(text)
    for letter, plain in _USUAL.items():
        text = text.replace(letter, plain)
    return text.lower()


def _groups(words: Hashes) -> Hashes:
    """One well-mixed 64-bit value for each group of neighbouring words."""
    count = len(words) - GROUP + 1
    values = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_POSITIONS):
        values += words[place : place + count] * factor
    values ^= values >> _SHIFT
    values *= _MIX
    values ^= values >> _SHIFT
    return values


def _minima(groups: Hashes) -> npt.NDArray[np.uint8]:
    """The least value of each permutation, one byte of it: enough to tell values apart, small
    enough to be stored.
    """
    least = np.full(VALUES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(groups), _BLOCK):
        block = groups[start : start + _BLOCK, None] * _FACTORS + _OFFSETS
        least = np.minimum(least, block.min(axis=0))
    mixed: npt.NDArray[np.uint8] = ((least * _MIX) >> _TOP_BYTE).astype(np.uint8)
    return mixed

"""The word lists in `words/`: plain text that a sub-editor edits, one word or name a line.

Lines that begin with # are comments. Each list says at its top what it is for, and whether its
words have to be written folded (`loader.extract.folding`); names are folded when they are read.
"""

from __future__ import annotations

import re
from pathlib import Path

from mappings.agencies import name_key

FOLDER = Path(__file__).with_name("words")


def words(name: str) -> tuple[str, ...]:
    """The lines of `words/NAME.txt` as they stand."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def keys(name: str) -> frozenset[str]:
    """The keys of the names of a list: a name is in it however it is spelt."""
    return frozenset(map(name_key, words(name)))


def alternatives(name: str) -> str:
    """A pattern of any word of a list, the longest first."""
    longest_first = sorted(words(name), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"

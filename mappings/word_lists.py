"""Reads the word lists under `words/`: stop words, spelling variants, and the generated lexicon.

The files are plain text, one entry a line, `#` begins a comment; a sub-editor edits them without reading code.
Their entries are folded here, so a list may be written in any correct spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from mappings.characters import fold, words

View = Literal["stem", "lemma", "root"]


def _lines(name: str) -> Iterator[str]:
    text = files("mappings").joinpath("words", *name.split("/")).read_text("utf-8")
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


@cache
def stop_words() -> frozenset[str]:
    """Folded words that carry no subject: particles, pronouns, forms of to be."""
    return frozenset(fold(word) for line in _lines("stopwords.txt") for word in line.split())


@cache
def lexicon_rules(view: View) -> tuple[str, ...]:
    """The generated rules of one view, `word, word => result`, all folded."""
    return tuple(_lines(f"lexicon/{view}.txt"))


@cache
def spelling_variants() -> Mapping[str, tuple[str, ...]]:
    """Folded spelling -> the other spellings of its group, as written in the list.

    Raises ValueError for a group of fewer than two spellings; a spelling in two groups has the others of both.
    """
    variants: dict[str, list[str]] = {}
    for line in _lines("variants.txt"):
        group = [spelling.strip() for spelling in line.replace("=", "،").split("،") if spelling.strip()]
        if len(group) < 2:
            raise ValueError(f"a group of spelling variants needs two spellings: {line!r}")
        for spelling in group:
            key = " ".join(fold(word) for word in words(spelling))
            others = variants.setdefault(key, [])
            others += [other for other in group if other != spelling and other not in others]
    return {key: tuple(others) for key, others in variants.items()}

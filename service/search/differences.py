"""What two texts have in common, word by word, and what one has that the other lacks.

Words are aligned at those that stand once in either text (as patience diff does), and between these
by their longest common run where the stretch is short. All of it is bounded: of texts that share
nothing in order, long stretches are told as taken out and put in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mappings.arabic.letters import fold

Kind = Literal["same", "spelling", "deleted", "inserted"]
Stretch = tuple[int, int, int, int]  # first and end in one text, first and end in the other

_WORD = re.compile(r"\S+(?:[^\S\n]*\n)?")  # a word that ends a line keeps the sign of it
_SIGNS = re.compile(r"\W+")
# Pairs of words that are compared: a hundred by a hundred at a time, and in all.
AT_ONCE: Final = 10_000
IN_ALL: Final = 2_000_000
DEEPEST: Final = 50  # stretches within stretches
# Characters of a text that are compared: two such take two seconds at worst.
LONGEST: Final = 400_000


@dataclass(frozen=True)
class Piece:
    """A run of words: `a` as the one text has it, `b` as the other; of what is only in one the
    other side is "". With kind `spelling` both mean the same words in other letters or signs.
    """

    kind: Kind
    a: str
    b: str


@dataclass(frozen=True)
class Comparison:
    """`common` is the share of the words that both have in the same order, in per cent; `complete`:
    both texts were compared to their ends.
    """

    pieces: tuple[Piece, ...]
    common: int
    complete: bool


def compare(a: str, b: str) -> Comparison:
    """The differences of two texts, of very long ones those of their beginnings."""
    words_a, words_b = _WORD.findall(a[:LONGEST]), _WORD.findall(b[:LONGEST])
    keys_a, keys_b = _keys(words_a), _keys(words_b)
    pairs = sorted(_pairs(keys_a, keys_b))
    total = len(words_a) + len(words_b)
    return Comparison(
        tuple(_pieces(words_a, words_b, pairs)),
        round(200 * len(pairs) / total) if total else 100,
        max(len(a), len(b)) <= LONGEST,
    )


def changed_words(a: str, b: str) -> tuple[int, int]:
    """How many words `b` adds to `a`, and how many it leaves out, wherever they stand."""
    count_a, count_b = (Counter(_keys(text.split())) for text in (a, b))
    return (count_b - count_a).total(), (count_a - count_b).total()


def _keys(words: Sequence[str]) -> list[str]:
    """By what words are the same: their letters folded, without signs."""
    known = {word: _SIGNS.sub("", fold(word)) or word.strip() for word in set(words)}
    return [known[word] for word in words]


def _pairs(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places in `a` and `b` that hold the same word and follow each other in both."""
    waiting: list[tuple[Stretch, int]] = [((0, len(a), 0, len(b)), 0)]
    allowed = IN_ALL
    while waiting:
        (low_a, high_a, low_b, high_b), depth = waiting.pop()
        while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
            yield low_a, low_b
            low_a, low_b = low_a + 1, low_b + 1
        while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
            high_a, high_b = high_a - 1, high_b - 1
            yield high_a, high_b
        size = (high_a - low_a) * (high_b - low_b)
        if not size:
            continue
        if size <= min(AT_ONCE, allowed):
            allowed -= size
            yield from _short(a[low_a:high_a], b[low_b:high_b], low_a, low_b)
        elif depth < DEEPEST:
            stretch = (low_a, high_a, low_b, high_b)
            waiting += [(part, depth + 1) for part in _between(a, b, stretch)]


def _short(
    a: Sequence[str], b: Sequence[str], from_a: int, from_b: int
) -> Iterator[tuple[int, int]]:
    """The longest run of words that both have in the same order."""
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]  # of what follows two places
    for i in reversed(range(len(a))):
        row, below = longest[i], longest[i + 1]
        for j in reversed(range(len(b))):
            row[j] = below[j + 1] + 1 if a[i] == b[j] else max(below[j], row[j + 1])
    i = j = 0
    while longest[i][j]:
        if a[i] == b[j]:
            yield from_a + i, from_b + j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1


def _between(a: Sequence[str], b: Sequence[str], stretch: Stretch) -> list[Stretch]:
    """The stretches from one anchor (a word, or four in a row, that stand once in either) to the
    next; each begins with its anchor. None without an anchor.
    """
    low_a, high_a, low_b, high_b = stretch
    for width in (1, 4):
        once_a = _standing_once(a, low_a, high_a, width)
        once_b = _standing_once(b, low_b, high_b, width)
        anchors = _rising([(place, once_b[run]) for run, place in once_a.items() if run in once_b])
        if anchors:
            break
    else:
        return []
    starts = [(low_a, low_b), *anchors]
    ends = [*anchors, (high_a, high_b)]
    return [(i, end_i, j, end_j) for (i, j), (end_i, end_j) in zip(starts, ends, strict=True)]


def _standing_once(
    words: Sequence[str], low: int, high: int, width: int
) -> dict[tuple[str, ...], int]:
    """Where each run of `width` words stands that stands there once, in rising order."""
    runs = list(zip(*(words[low + step : high] for step in range(width)), strict=False))
    counts = Counter(runs)
    return {run: low + place for place, run in enumerate(runs) if counts[run] == 1}


def _rising(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both; `places` rise in the first."""
    ends: list[int] = []  # the smallest last value of a run of each length
    last: list[int] = []  # the index of that pair
    before: list[int] = []
    for index, (_, value) in enumerate(places):
        length = bisect_left(ends, value)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        last[length : length + 1] = [index]
    run: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(places[index])
        index = before[index]
    return run[::-1]


def _pieces(
    a: Sequence[str], b: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    """Runs of one kind, in order."""
    kind: Kind | None = None
    run_a: list[str] = []
    run_b: list[str] = []
    for step, word_a, word_b in _steps(a, b, pairs):
        if step != kind and kind is not None:
            yield Piece(kind, _text(run_a), _text(run_b))
            run_a, run_b = [], []
        kind = step
        run_a += [word_a] if word_a else []
        run_b += [word_b] if word_b else []
    if kind is not None:
        yield Piece(kind, _text(run_a), _text(run_b))


def _steps(
    a: Sequence[str], b: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[Kind, str, str]]:
    at_a = at_b = 0
    for i, j in [*pairs, (len(a), len(b))]:
        yield from (("deleted", word, "") for word in a[at_a:i])
        yield from (("inserted", "", word) for word in b[at_b:j])
        if i < len(a):
            yield ("same" if a[i].strip() == b[j].strip() else "spelling"), a[i], b[j]
        at_a, at_b = i + 1, j + 1


def _text(words: Sequence[str]) -> str:
    """Words as a text, in which a line ends where one of them ended a line."""
    lines = [f"{word.rstrip()}\n" if word.endswith("\n") else word for word in words]
    return " ".join(lines).replace("\n ", "\n")

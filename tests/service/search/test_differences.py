"""Two texts word by word."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.differences import LONGEST, Piece, changed_words, compare


def kinds(a: str, b: str) -> list[tuple[str, str, str]]:
    return [(piece.kind, piece.a, piece.b) for piece in compare(a, b).pieces]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", []),
        ("نص", "نص", [("same", "نص", "نص")]),
        (
            "اعتبرت الحكومة القرار مهما",  # "the government deemed …"
            "أعلنت الحكومة القرار مهما",  # "the government announced …"
            [
                ("deleted", "اعتبرت", ""),
                ("inserted", "", "أعلنت"),
                ("same", "الحكومة القرار مهما", "الحكومة القرار مهما"),
            ],
        ),
        # hamza, shadda and comma are no other words
        (
            "أنّ القرار، مهم",
            "ان القرار مهم",
            [("spelling", "أنّ القرار،", "ان القرار"), ("same", "مهم", "مهم")],
        ),
        ("أول", "أول ثان", [("same", "أول", "أول"), ("inserted", "", "ثان")]),
        ("سطر\nآخر", "سطر\nآخر", [("same", "سطر\nآخر", "سطر\nآخر")]),
    ],
)  # fmt: skip
def test_runs_of_words(a: str, b: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(a, b) == expected


@pytest.mark.parametrize(
    ("a", "b", "common"),
    [("أ ب ج د", "أ ب ج د", 100), ("أ ب ج د", "ه و ز ح", 0), ("أ ب ج د", "أ ب", 67), ("", "", 100)],
)
def test_the_share_of_common_text(a: str, b: str, common: int) -> None:
    assert compare(a, b).common == common


words = st.lists(st.sampled_from(["قمح", "ذرة", "أرز", "شعير", "،", "\n", "ٌ"]), max_size=40)


@given(words, words)
def test_either_text_can_be_read_off(a: list[str], b: list[str]) -> None:
    pieces = compare(" ".join(a), " ".join(b)).pieces
    for side, text in (("a", a), ("b", b)):
        said = " ".join(getattr(piece, side) for piece in pieces)
        assert said.split() == " ".join(text).split()


@given(words, words)
def test_turned_round_it_is_as_common(a: list[str], b: list[str]) -> None:
    one, other = " ".join(a), " ".join(b)
    assert compare(one, other).common == compare(other, one).common


def test_words_added_and_left_out() -> None:
    assert changed_words("قمح ذرة، قمح", "قمح ذرة أرز") == (1, 1)


@pytest.mark.parametrize("vocabulary", [1, 2, 50, 5_000, 100_000])
def test_long_texts_are_bounded(vocabulary: int) -> None:
    """Two of a megabyte, of few words and of many, in no common order."""
    chance = random.Random(7)
    a, b = (
        " ".join(f"كلمة{chance.randrange(vocabulary)}" for _ in range(100_000)) for _ in range(2)
    )
    start = time.process_time()
    compared = compare(a, b)
    assert time.process_time() - start < 5
    assert compared.complete == (max(len(a), len(b)) <= LONGEST)


def test_a_long_text_with_one_change() -> None:
    chance = random.Random(7)
    a = [f"كلمة{chance.randrange(500)}" for _ in range(20_000)]
    b = [*a[:9_000], "أخرى", *a[9_001:]]
    changed = [piece for piece in compare(" ".join(a), " ".join(b)).pieces if piece.kind != "same"]
    assert changed == [Piece("deleted", a[9_000], ""), Piece("inserted", "", "أخرى")]

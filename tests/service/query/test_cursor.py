"""The cursor's text: read back unchanged, refused when anything about it was touched."""

from __future__ import annotations

import pytest

from service.query import cursor

QUESTION = "q=%D9%82%D9%85%D8%AD&sort=newest"
VALUES = [1609459200000, "aeb4k2xw7dq3mz5n"]


@pytest.mark.parametrize("first", [1609459200000, -(2**63), 2**63 - 1, -5_000_000_000_000])
def test_read_back(first: int) -> None:
    assert cursor.decode(cursor.encode([first, "aeb4k2"], QUESTION), QUESTION) == [first, "aeb4k2"]


def test_every_single_change_is_refused() -> None:
    given = cursor.encode(VALUES, QUESTION)
    for place in range(len(given)):
        for letter in "Aa0_":
            altered = given[:place] + letter + given[place + 1 :]
            if altered != given:
                with pytest.raises(cursor.InvalidCursor):
                    cursor.decode(altered, QUESTION)


@pytest.mark.parametrize("length", [0, 1, 5, 11, 12, 13, 20])
def test_cut_short(length: int) -> None:
    with pytest.raises(cursor.InvalidCursor):
        cursor.decode(cursor.encode(VALUES, QUESTION)[:length], QUESTION)


@pytest.mark.parametrize("question", ["", "q=%D9%82%D9%85%D8%AD", QUESTION + "&agency=spa"])
def test_another_question(question: str) -> None:
    with pytest.raises(cursor.InvalidCursor):
        cursor.decode(cursor.encode(VALUES, QUESTION), question)


@pytest.mark.parametrize("text", ["", "x", "****", "قمح", "\x00", "A" * 2000, "=", "AAAA=", "W10"])
def test_not_a_cursor(text: str) -> None:
    with pytest.raises(cursor.InvalidCursor):
        cursor.decode(text, QUESTION)


@pytest.mark.parametrize(
    "values", [[], [1], ["a", "b"], [1.5, "a"], [2**63, "a"], [1, 2], [1, "a", 3], [None, "a"]]
)
def test_other_values_than_ours(values: list[object]) -> None:
    """Whoever makes the digest himself still cannot send anything else to Elasticsearch."""
    try:
        made = cursor.encode(values, QUESTION)
    except TypeError:
        return
    with pytest.raises(cursor.InvalidCursor):
        cursor.decode(made, QUESTION)

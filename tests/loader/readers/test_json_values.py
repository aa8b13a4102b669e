"""The splitter of JSON files: any layout, any chunks, bounded memory, one fault one value."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.readers.json_values import Fault, Value, json_values

LIMIT = 2_000
json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
record = st.dictionaries(st.text(max_size=8), json_value, max_size=4)


def pieces(data: bytes, step: int) -> Iterator[bytes]:
    return (data[start : start + step] for start in range(0, len(data), step))


def values(data: bytes, step: int = 1_000_000) -> list[Value]:
    return list(json_values(pieces(data, step), LIMIT))


@given(
    st.lists(json_value, max_size=6),
    st.integers(1, 50),
    st.sampled_from([None, 0, 2]),
    st.booleans(),
)
def test_an_array_is_split_into_its_elements(
    items: list[Any], step: int, indent: int | None, ascii: bool
) -> None:
    data = json.dumps(items, indent=indent, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    found = values(data, step)
    assert [json.loads(value.data.decode("utf-8", "surrogatepass")) for value in found] == items
    assert [value.position for value in found] == list(range(1, len(items) + 1))
    assert not any(value.fault for value in found)


@given(
    st.lists(record, min_size=1, max_size=5),
    st.integers(1, 50),
    st.sampled_from([b"", b"\n", b",\n", b" \r\n "]),
)
def test_records_one_after_the_other_are_told_apart(
    items: list[dict[str, Any]], step: int, between: bytes
) -> None:
    data = between.join(json.dumps(item).encode() for item in items)
    assert [json.loads(value.data) for value in values(data, step)] == items


@given(st.binary(max_size=200), st.integers(1, 20))
def test_no_bytes_break_it_and_chunks_do_not_matter(data: bytes, step: int) -> None:
    # The start of a record on a line of its own is only recognised within one chunk.
    if b"\n" not in data:
        assert values(data, step) == values(data)


def test_an_object_round_a_large_array_is_entered() -> None:
    items = [{"id": number, "text": "ن" * 100} for number in range(50)]
    data = json.dumps({"status": "ok", "response": {"docs": items}, "more": [1, 2]}).encode()
    assert len(data) > LIMIT
    assert [json.loads(value.data) for value in values(data, 100)] == items


def test_a_value_over_the_limit_costs_itself_alone() -> None:
    data = json.dumps([{"a": 1}, {"text": "x" * LIMIT}, {"a": 2}]).encode()
    found = values(data, 64)
    assert [value.fault for value in found] == [None, Fault.OVERSIZED, None]
    assert all(len(value.data) <= LIMIT for value in found)


def test_a_lost_quotation_mark_costs_one_record() -> None:
    data = b'[\n{"text": "one"},\n{"text": "two},\n{"text": "three"},\n{"text": "four"}\n]'
    found = values(data)
    assert [value.fault for value in found] == [None, Fault.UNFINISHED, None, None]
    assert json.loads(found[3].data) == {"text": "four"}


@pytest.mark.parametrize(
    "data", [b'[{"a": 1}, {"b": ', b'[{"a": 1}, {"b": "x', b'[{"a": 1}, {"b": "\\']
)
def test_a_file_that_breaks_off_says_so(data: bytes) -> None:
    assert [value.fault for value in values(data)] == [None, Fault.UNFINISHED]


@pytest.mark.parametrize("data", [b"", b"  \n", b"[]", b"[ , ]"])
def test_nothing_is_nothing(data: bytes) -> None:
    assert values(data) == []


@pytest.mark.parametrize("piece", [b"[", b'{"', b"\\", b'"\\', b"\n \t", b'\n{"', b",", b"[ "])
def test_hostile_bytes_take_time_in_proportion(piece: bytes) -> None:
    def seconds(length: int) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            for _value in json_values(iter([b"[" + piece * (length // len(piece))]), 1_000_000):
                pass
            best = min(best, time.process_time() - start)
        return best

    assert seconds(160_000) < 30 * seconds(20_000) + 0.05

"""Cells of a spreadsheet: plain text, whatever stands in an article."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from service.answer import AgencyLabel
from service.search.export import cell, csv_encoder, json_lines


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("قمة المناخ", "قمة المناخ"),
        (date(2024, 2, 1), "2024-02-01"),
        (("spa", "wam"), "spa; wam"),
        ((), ""),
        (AgencyLabel("spa", "واس"), "واس"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("1=1", "1=1"),
        (AgencyLabel("x", "=1"), "'=1"),
        (("=1", "b"), "'=1; b"),
    ],
)
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text


def test_rows_are_read_back_as_they_were() -> None:
    """Quotes, commas and line ends inside a cell stay inside."""
    title = 'قال: "نعم"،\r\nثم, لا'
    encode = csv_encoder(["id", "title"])
    content = encode([{"id": "a1", "title": title}]) + encode([{"id": "a2", "title": None}])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["id", "title"], ["a1", title], ["a2", ""]]


def test_json_lines_end_each_row() -> None:
    assert json_lines([{"id": "a1"}, {"id": "a2"}]) == b'{"id":"a1"}\n{"id":"a2"}\n'

"""Unrecognised credits are counted, and their registry entries work as they are pasted."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.extract import extract
from loader.raw import RawArticle
from loader.unknown_credits import UnknownCredits, registry_entry
from mappings.agencies import load_registry


def test_spellings_of_one_name_are_counted_together_the_most_frequent_first() -> None:
    credits = UnknownCredits()
    for name in ("وكالة النموذج", "وكاله النمـوذج", "وكالة المثال", " \n"):
        credits.add(name)
    assert credits.most_common(5) == [("وكاله النمـوذج", 2), ("وكالة المثال", 1)]


def test_memory_is_bounded_and_the_frequent_stay() -> None:
    credits = UnknownCredits()
    for number in range(30_000):
        credits.add("وكالة النموذج")
        credits.add(f"كاتب {number}")
    assert len(credits) <= 20_001
    assert credits.most_common(1) == [("وكالة النموذج", 30_000)]


@pytest.mark.parametrize(
    "credit", ["وكالة النموذج للأنباء", "«النموذج»", "وكالة \\ النموذج", "Exemplar Press"]
)
def test_a_pasted_entry_makes_the_credit_known(tmp_path: Path, credit: str) -> None:
    text = f"افتتاح الجسر\nافتتح رئيس البلدية الجسر الجديد صباح الخميس.\nالمصدر: {credit}\n"
    article = RawArticle("wires", "a.txt", text)
    assert extract(article, load_registry(), today=date(2024, 5, 1)).agencies == ()
    own = tmp_path / "own.toml"
    own.write_text(registry_entry(credit), encoding="utf-8")
    (agency,) = extract(article, load_registry(own), today=date(2024, 5, 1)).agencies
    assert agency == tomllib.loads(registry_entry(credit))["source"][0]["id"]


@given(st.text(min_size=1, max_size=100).filter(lambda text: text.strip(' "«»“”„\n') != ""))
def test_any_credit_gives_a_valid_entry(credit: str) -> None:
    (entry,) = tomllib.loads(registry_entry(credit))["source"]
    assert entry["id"].isascii()
    assert entry["id"]
    assert entry["aliases"] == [entry["label_ar"]]

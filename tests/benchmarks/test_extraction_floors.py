"""The floors of reading raw copy on the development set, and the five seeds exactly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.extraction.__main__ import evaluator, misses, predictions, reader
from loader.extract import extract
from loader.raw import RawArticle
from mappings.agencies import load_registry

TODAY = date(2026, 12, 31)
FINE = {"exact", "normalised", "none-right", "derived"}


@pytest.fixture(scope="module")
def judged(shared: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    folder = shared / "extraction"
    judge = evaluator(folder)
    gold = judge.load(folder / "gold.jsonl")
    found, _ = predictions(gold, folder, reader(load_registry(), TODAY))
    rows, _ = judge.score(gold, judge.index(found))
    return rows, judge.summary(rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "floor"), [("agency", 0.98), ("date", 0.98), ("title", 0.98), ("body", 0.99)]
)
def test_accuracy_of_each_field(
    judged: tuple[list[dict[str, Any]], dict[str, Any]], field: str, floor: float
) -> None:
    assert judged[1][field]["accuracy"] >= floor, misses(judged[0], FINE)


@pytest.mark.slow
def test_everything_right(judged: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    assert judged[1]["all right"] >= 0.95, misses(judged[0], FINE)


@pytest.mark.slow
def test_no_quoted_agency_is_the_source(
    judged: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    assert judged[1]["agency"]["quoted agency taken as source"] == 0


@pytest.mark.slow
def test_hardly_a_date_is_made_up(judged: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    counts = judged[1]["date"]["counts"]
    assert counts.get("false", 0) + counts.get("wrong", 0) <= 1


# Agency, date, where the headline is from, and words that must not be in the body.
LABELS = {"tass": "تاس", "tasnim": "تسنيم", "xinhua": "شينخوا"}
SEEDS = (
    ("000", "tass", "2020-12-30", "body", "lead", ("المصدر", "الصورة: الموقع", "مجموعة الرؤية")),
    ("001", "tass", "2020-07-17", "weekday", "lead", ("المصدر", "Photo:", "مجموعة الرؤية")),
    ("002", "tasnim", None, "none", "line", ("مصدر |",)),
    ("003", "tasnim", "2023-11-08", "weekday", "line", ("مصدر |", "text-align")),
    ("004", "xinhua", "2020-12-31", "dateline", "lead", ("مشاركة", "(شينخوا)")),
)


@pytest.mark.parametrize(
    ("number", "agency", "published", "date_origin", "title_origin", "gone"), SEEDS
)
def test_the_seeds_come_out_right(
    shared: Path,
    number: str,
    agency: str,
    published: str | None,
    date_origin: str,
    title_origin: str,
    gone: tuple[str, ...],
) -> None:

    file = next((shared / "seeds").glob(f"{number}_*.txt"))
    raw = RawArticle("seeds", file.name, file.read_text(encoding="utf-8"))
    found = extract(raw, load_registry(), today=TODAY)
    assert found.agencies == (agency,)
    assert load_registry().label(agency) == LABELS[agency]
    assert (found.published_text, found.date_origin) == (published, date_origin)
    assert found.title_origin == title_origin
    assert not [words for words in gone if words in found.body]

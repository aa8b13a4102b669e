"""Large inputs: memory does not grow with them, and reading costs little more than parsing."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import psutil
import pytest

from loader.check import Summary, check
from loader.raw import RawArticle, Unreadable
from loader.readers import read
from loader.settings import LoaderSettings
from mappings.agencies import load_registry

SETTINGS = LoaderSettings()
MEGABYTE = 1_000_000
# Bridge, city, mayor, municipality, opened, said, work, river, traffic, new, two years, Thursday,
# added, source.
WORDS = [
    "الجسر",
    "المدينة",
    "رئيس",
    "البلدية",
    "افتتح",
    "وقال",
    "العمل",
    "النهر",
    "السير",
    "الجديد",
    "عامين",
    "الخميس",
    "وأضاف",
    "مصدر",
]


def articles(count: int) -> Iterator[dict[str, str]]:
    chance = random.Random(1)
    for number in range(count):
        lines = [" ".join(chance.choices(WORDS, k=40)) + "." for _ in range(10)]
        yield {
            "id": str(number),
            "title": " ".join(chance.choices(WORDS, k=6)),
            "text": "\n".join(lines),
        }


def written(
    path: Path, count: int, form: Callable[[dict[str, str]], str], start: str = "", end: str = ""
) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(start)
        for number, article in enumerate(articles(count)):
            file.write((",\n" if number and start == "[" else "") + form(article))
        file.write(end)
    return path


def as_json(article: dict[str, str]) -> str:
    return json.dumps(article, ensure_ascii=False)


def growth(items: Iterator[RawArticle | Unreadable], total: int) -> tuple[int, int]:
    """Articles read, and bytes by which the process grew after the first fifth of them."""
    process = psutil.Process()
    count = base = most = 0
    for item in items:
        assert isinstance(item, RawArticle), item
        count += 1
        if count == total // 5:
            base = process.memory_info().rss
        elif count % 500 == 0:
            most = max(most, process.memory_info().rss)
    return count, most - base


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "form", "start", "end"),
    [
        ("a.jsonl", lambda article: as_json(article) + "\n", "", ""),
        ("a.json", as_json, "[", "]"),
        ("a.csv", lambda article: f'{article["id"]},"{article["text"]}"\n', "id,text\n", ""),
    ],
)
def test_memory_does_not_grow_with_a_record_file(
    tmp_path: Path, name: str, form: Callable[[dict[str, str]], str], start: str, end: str
) -> None:
    path = written(tmp_path / name, 25_000, form, start, end)
    assert path.stat().st_size > 90 * MEGABYTE
    count, grown = growth(read([path], SETTINGS), 25_000)
    assert count == 25_000
    assert grown < 20 * MEGABYTE


@pytest.mark.slow
def test_memory_does_not_grow_with_many_files(tmp_path: Path) -> None:
    for number, article in enumerate(articles(8_000)):
        folder = tmp_path / f"{number // 500:03}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_text(article["text"], encoding="utf-8")
    count, grown = growth(read([tmp_path], SETTINGS), 8_000)
    assert count == 8_000
    assert grown < 20 * MEGABYTE


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.txt", "a.jsonl.gz"])
def test_one_endless_line_of_400_megabytes_is_passed_over_in_little_memory(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    chance = random.Random(2)
    letters = "".join(
        chance.choices("ابتثجحخدذرزسشصض", k=MEGABYTE // 2)
    ).encode()  # too varied for a ratio of 100
    start = b'[{"text": "' if ".json" in name else b'text\n"'
    if name.endswith(".gz"):
        start, letters = gzip.compress(start), gzip.compress(letters)
    with path.open("wb") as file:
        file.write(start)
        for _ in range(400):
            file.write(letters)
    process = psutil.Process()
    before = process.memory_info().rss
    items = []
    for item in read([path], SETTINGS):
        assert process.memory_info().rss - before < 60 * MEGABYTE
        items.append(item)
    assert [isinstance(item, Unreadable) and item.reason for item in items] == ["too-large"]


@pytest.mark.slow
def test_check_keeps_a_flat_memory(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", 6_000, lambda article: as_json(article) + "\n")
    summary = Summary()
    process = psutil.Process()
    base = most = 0
    items = check(
        read([path], SETTINGS),
        load_registry(),
        now=datetime(2024, 5, 1, tzinfo=UTC),
        today=date(2024, 5, 1),
    )
    for number, item in enumerate(items):
        summary.add(item)
        if number == 2_000:
            base = process.memory_info().rss
        elif number > 2_000 and number % 200 == 0:
            most = max(most, process.memory_info().rss)
    assert summary.articles == 6_000
    assert most - base < 20 * MEGABYTE


@pytest.mark.slow
def test_reading_json_lines_costs_little_more_than_parsing_them(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", 10_000, lambda article: as_json(article) + "\n")

    def parse() -> None:
        with path.open("rb") as file:
            for line in file:
                orjson.loads(line)

    def seconds(work: Callable[[], object]) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            work()
            best = min(best, time.process_time() - start)
        return best

    # Measured: 3 times the bare parser, 25,000 articles a second; extraction takes twenty times as
    # long as that.
    assert seconds(lambda: sum(1 for _ in read([path], SETTINGS))) < 8 * seconds(parse)

"""Articles that were not loaded come back from their file exactly as they were read."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loader.index.documents import article_id
from loader.raw import Given, RawArticle, Unreadable
from loader.readers import read
from loader.settings import LoaderSettings
from loader.unloaded import CannotKeep, UnloadedFile, is_record, record, restore

TEXT = (
    "افتتح المعرض الدولي للكتاب أبوابه صباح اليوم."  # the book fair opened its gates this morning
)
RAW = RawArticle(
    source="wires",
    path="2026/fair.jsonl",
    text=TEXT,
    position=17,
    given=Given(guid="f-1", title="معرض الكتاب", published="2026-02-01"),
    encoding="cp1256",
    defaults=Given(agency="wafa"),
)


@pytest.mark.parametrize(
    "raw",
    [
        RAW,
        RawArticle(source="s", path="p.txt", text=""),
        replace(RAW, text="half a character \ud83d", defaults=None),
        replace(RAW, text='line\nof "quotes"\u2028and separators'),
    ],
    ids=["all-values", "bare", "half-character", "separators"],
)
def test_read_again_by_the_loader(raw: RawArticle, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "unloaded.jsonl"
    with UnloadedFile(path) as file:
        file.write(raw, "failed", "busy", "Elasticsearch is busy.")
    [again] = read([path], LoaderSettings(), source="an option that must not change the identity")
    assert again == raw
    assert isinstance(again, RawArticle)
    assert article_id(again) == article_id(raw)


def test_what_was_unreadable_stays_unreadable_in_its_place(tmp_path: Path) -> None:
    broken = Unreadable(
        "wires", "a.jsonl", "broken-json", "Line 3 is no JSON.", position=3, raw='{"text": '
    )
    with UnloadedFile(tmp_path / "unloaded.jsonl") as file:
        file.write(broken, "rejected", broken.reason, broken.detail)
    [again] = read([file.path], LoaderSettings())
    assert isinstance(again, Unreadable)
    assert (again.source, again.path, again.position, again.raw) == (
        "wires",
        "a.jsonl",
        3,
        '{"text": ',
    )


def test_no_file_without_a_loss(tmp_path: Path) -> None:
    with UnloadedFile(tmp_path / "unloaded.jsonl") as file:
        pass
    assert file.count == 0
    assert not file.path.exists()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with UnloadedFile(tmp_path / "unloaded.jsonl") as file:
        file.write(RAW, "failed", "busy", "")
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_an_earlier_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "unloaded.jsonl"
    path.write_text("of before")
    with UnloadedFile(path) as file, pytest.raises(CannotKeep, match="NABA_DATA_DIR"):
        file.write(RAW, "failed", "busy", "")
    assert path.read_text() == "of before"


def test_each_article_is_there_at_once(tmp_path: Path) -> None:
    with UnloadedFile(tmp_path / "unloaded.jsonl") as file:
        file.write(RAW, "failed", "busy", "")
        assert len(file.path.read_bytes().splitlines()) == 1


@pytest.mark.parametrize(
    "value", [{"text": "an article"}, {"naba_unloaded": 99}, [], None, "text"], ids=str
)
def test_other_json_is_no_record(value: object) -> None:
    assert not is_record(value)


@pytest.mark.parametrize(
    "damage",
    [{"source": None}, {"path": 3}, {"position": "17"}, {"given": ["a"]}, {"given": {"title": 3}}],
    ids=lambda damage: "-".join(damage),
)
def test_a_damaged_record_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="unloaded"):
        restore(record(RAW, "failed", "busy", "") | damage)

"""One article cannot hold up the others, however it is made."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from loader.check import check
from loader.raw import Given, RawArticle
from loader.readers import read
from loader.report import Outcome
from loader.settings import LoaderSettings
from loader.understand import Refused, Understood, understand
from mappings.agencies import load_registry

NOW = datetime(2024, 5, 1, tzinfo=UTC)
TODAY = date(2024, 5, 1)
TEXT = "افتتح الوزير المعرض يوم الأحد."  # the minister opened the exhibition
# Tables in tables, a thousand of them: trafilatura takes half a minute and more for this megabyte.
DEEP_TABLES = (f"<table><tr><td>{TEXT}" * 80 + "</td></tr></table>" * 80) * 120


def test_a_page_that_takes_too_long_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    for name, content in (("a", TEXT), ("b", DEEP_TABLES), ("c", TEXT)):
        page = f"<html><body><article><p>{content}</p></article></body></html>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    settings = LoaderSettings(reading_seconds=2)
    start = time.process_time()
    first, second, third = check(read([tmp_path], settings), load_registry(), now=NOW, today=TODAY)
    assert time.process_time() - start < 8
    assert isinstance(first, Understood)
    assert isinstance(second, Refused)
    assert (second.place, second.reason) == ("b.html", "too-slow")
    assert second.detail.startswith("It took more than 2 seconds to read.")
    assert isinstance(third, Understood)


def test_a_text_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def spin(*_arguments: Any, **_options: Any) -> None:
        while True:
            pass

    monkeypatch.setattr("loader.understand.extract", spin)
    refused = understand(
        RawArticle("wires", "a.txt", TEXT), load_registry(), now=NOW, today=TODAY, seconds=0.2
    )
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.outcome) == ("too-slow", Outcome.REJECTED)


def test_what_is_understood_remembers_the_options_it_was_read_with() -> None:
    defaults = Given(agency="tass")
    article = RawArticle("wires", "a.txt", TEXT)
    understood = understand(article, load_registry(), now=NOW, today=TODAY, defaults=defaults)
    assert isinstance(understood, Understood)
    assert (understood.raw.defaults, understood.article.agencies) == (defaults, ("tass",))

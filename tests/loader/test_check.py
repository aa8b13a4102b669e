"""What `naba check` finds, for machines and in summary."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from loader.check import Summary, check, json_row
from loader.extract import extract
from loader.extract.extraction import Extraction
from loader.raw import Given, RawArticle, Unreadable
from loader.understand import Refused, Understood
from mappings.agencies import load_registry

NOW = datetime(2024, 5, 1, tzinfo=UTC)
BODY = (
    "افتتح رئيس البلدية الجسر الجديد صباح الخميس وقال إن العمل فيه استمر عامين "
    "كاملين.\nوأضاف أنه سيخفف الازدحام."
)
FOOTED = f"افتتاح الجسر\n{BODY}\nالمصدر: رويترز\n"


def checked(
    *items: RawArticle | Unreadable, defaults: Given | None = None
) -> list[Understood | Refused]:
    return list(check(items, load_registry(), now=NOW, today=date(2024, 5, 1), defaults=defaults))


def article(text: str, path: str = "a.txt", **given: str) -> RawArticle:
    return RawArticle("wires", path, text, given=Given(**given))


def summary_of(*items: RawArticle | Unreadable) -> Summary:
    summary = Summary()
    for item in checked(*items):
        summary.add(item)
    return summary


def test_a_text_that_reading_stumbles_over_is_refused_and_the_others_are_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumbling(raw: RawArticle, *args: Any, **kwargs: Any) -> Extraction:
        if raw.path == "b.txt":
            raise RecursionError
        return extract(raw, *args, **kwargs)

    monkeypatch.setattr("loader.understand.extract", stumbling)
    first, second, third = checked(*(article(FOOTED, path) for path in ("a.txt", "b.txt", "c.txt")))
    assert isinstance(first, Understood)
    assert isinstance(second, Refused)
    assert (second.place, second.reason, second.detail) == (
        "b.txt",
        "not-understood",
        "Reading this text failed: RecursionError()",
    )
    assert isinstance(third, Understood)


def test_a_row_for_machines_has_exactly_the_fields_of_the_contract() -> None:
    (item,) = checked(article(FOOTED))
    assert isinstance(item, Understood)
    row = json.loads(json.dumps(json_row(item)))
    assert list(row) == [
        "path",
        "id",
        "title",
        "title_origin",
        "outlet",
        "agency",
        "agencies",
        "agency_origin",
        "credit",
        "cited_agencies",
        "published",
        "published_text",
        "precision",
        "date_origin",
        "body",
        "removed",
    ]
    assert (row["path"], row["agency"], row["agencies"], row["agency_origin"]) == (
        "a.txt",
        "reuters",
        ["reuters"],
        "footer",
    )
    assert (row["title"], row["title_origin"], row["published"], row["date_origin"]) == (
        "افتتاح الجسر",
        "line",
        None,
        "none",
    )
    assert row["body"] == BODY
    assert {"kind": "credit", "text": "المصدر: رويترز"} in row["removed"]


@pytest.mark.parametrize(
    ("given", "published", "precision"),
    [
        ("2020-12-30", "2020-12-30", "day"),
        ("2020-12", "2020-12-01", "month"),
        ("2020", "2020-01-01", "year"),
        (None, None, None),
    ],
)
def test_dates_are_the_first_day_of_their_period(
    given: str | None, published: str | None, precision: str
) -> None:
    (item,) = checked(article(FOOTED, **({"published": given} if given else {})))
    assert isinstance(item, Understood)
    row = json_row(item)
    assert (row["published"], row["precision"]) == (published, precision)


def test_a_day_without_its_year_is_shown_and_counts_as_missing() -> None:
    summary = summary_of(article(f"عمّان 16 يوليو (رويترز) - {BODY}"))
    (item,) = checked(article(f"عمّان 16 يوليو (رويترز) - {BODY}"))
    assert isinstance(item, Understood)
    assert json_row(item)["published"] == "--07-16"
    assert summary.missing["year"].examples == ["a.txt"]
    assert "date" not in summary.missing


def test_defaults_supply_what_the_text_lacks() -> None:
    (item,) = checked(article(BODY), defaults=Given(agency="tass", published="2020-12-30"))
    assert isinstance(item, Understood)
    assert (item.article.agencies, item.article.published) == (("tass",), date(2020, 12, 30))


def test_the_summary_counts_what_an_archivist_asks() -> None:
    summary = summary_of(
        article(FOOTED, "a.txt", published="2020-05-01", outlet="صحيفة"),
        article(FOOTED, "b.txt", published="2022-07"),
        article(f"خبر آخر\n{BODY}\nوزاد عليه.\nالمصدر: وكالة النموذج الغريب\n", "c.jsonl.gz"),
        article("خبر قصير جدا عن الطقس.", "x.zip/d.txt"),
        Unreadable("wires", "e.pdf", "binary", "This is a PDF document, not text."),
        article("", "f.txt"),
    )
    assert (summary.articles, summary.refusals) == (4, 2)
    reuters = summary.agencies["reuters"]
    assert (reuters.count, reuters.first, reuters.last) == (2, date(2020, 5, 1), date(2022, 7, 1))
    assert dict(summary.years) == {2020: 1, 2022: 1}
    assert summary.missing["agency"].count == 2
    assert summary.missing["date"].count == 2
    assert summary.coarse.examples == ["b.txt"]
    assert summary.short.examples == ["x.zip/d.txt"]
    assert summary.same_text.examples == ["b.txt"]
    assert summary.outlets == {"صحيفة": 1}
    assert summary.credits.most_common(2) == [("وكالة النموذج الغريب", 1)]
    assert summary.refused["binary"].examples == ["e.pdf"]
    assert summary.readings == {("text", "utf-8"): 4}


def test_two_articles_of_one_id_are_told() -> None:
    summary = summary_of(article(FOOTED, "a.csv", guid="1"), article(BODY, "b.csv", guid="1"))
    assert summary.same_id.examples == ["b.csv"]


def test_a_contradiction_is_told() -> None:
    summary = summary_of(article(f"عمّان 16 يوليو 2020 (رويترز) - {BODY}", published="2019-01-01"))
    assert summary.notes.count == 1
    assert summary.notes.examples[0].startswith("a.txt: ")


def test_names_that_no_file_system_knows_do_not_stop_it(tmp_path: Path) -> None:
    (item,) = checked(RawArticle("wires\udc80", "a\ufffd.txt", FOOTED))
    assert isinstance(item, Understood | Refused)

"""Which field of a record is what, in the names that exports use."""

from __future__ import annotations

from typing import Any

import pytest

from loader.raw import Given, RawArticle, Unreadable
from loader.readers.content import Content
from loader.readers.records import article_of_value, roles_of
from loader.settings import LoaderSettings


def content(path: str = "a.jsonl") -> Content:
    return Content("wires", path, iter(()), LoaderSettings())


def test_the_fields_of_a_corpus() -> None:
    record = {
        "id": "X-1",
        "url": "https://example.org/1",
        "source": "example",
        "category": "culture",
        "title": "عنوان",
        "published": "2018-02-18T21:35:43+04:00",
        "author": "لندن - رويترز",
        "abstract": "ملخص",
        "text": "النص كله.",
    }
    article = article_of_value(content(), record, 3, "utf-8", b"")
    assert isinstance(article, RawArticle)
    assert (article.text, article.position, article.place) == ("النص كله.", 3, "a.jsonl:3")
    assert article.given == Given(
        id="X-1",
        title="عنوان",
        outlet="example",
        published="2018-02-18T21:35:43+04:00",
        url="https://example.org/1",
        author="لندن - رويترز",
        section="culture",
    )


@pytest.mark.parametrize(
    ("record", "role", "value"),
    [
        pytest.param({"Headline": "ع"}, "title", "ع", id="headline"),
        pytest.param({"TITLE ": " ", "headline": "ع"}, "title", "ع", id="a blank field gives way"),
        pytest.param({"title": {"rendered": "ع"}}, "title", "ع", id="rendered"),
        pytest.param({"title": {"ar": "ع", "en": "t"}}, "title", "ع", id="localised"),
        pytest.param({"العنوان": "ع"}, "title", "ع", id="Arabic heading"),
        pytest.param(
            {"body": ["فقرة", "فقرة أخرى"]}, "text", "فقرة\nفقرة أخرى", id="list of paragraphs"
        ),
        pytest.param(
            {"content": [{"text": "فقرة"}, {"text": "ثانية"}]}, "text", "فقرة\nثانية", id="blocks"
        ),
        pytest.param(
            {"description": "د", "content": "ن"}, "text", "ن", id="content before description"
        ),
        pytest.param(
            {"abstract": "م", "title": "ع"}, "text", "م", id="an abstract where nothing else is"
        ),
        pytest.param(
            {"publisher": {"@type": "Organization", "name": "صحيفة"}},
            "outlet",
            "صحيفة",
            id="publisher",
        ),
        pytest.param(
            {"source": {"id": None, "name": "صحيفة"}}, "outlet", "صحيفة", id="source as an object"
        ),
        pytest.param({"site_name": "موقع"}, "outlet", "موقع", id="site_name"),
        pytest.param(
            {"agency": ["رويترز", "أ ف ب"]}, "credit", "رويترز - أ ف ب", id="joint agencies"
        ),
        pytest.param({"credit-line": "تاس"}, "credit", "تاس", id="credit-line"),
        pytest.param({"byline": "لندن (رويترز)"}, "credit", "لندن (رويترز)", id="byline"),
        pytest.param({"المصدر": "تاس"}, "credit", "تاس", id="Arabic source column"),
        pytest.param({"authors": [{"name": "أ"}, {"name": "ب"}]}, "author", "أ، ب", id="authors"),
        pytest.param(
            {"datePublished": "2020-12-30"}, "published", "2020-12-30", id="schema.org date"
        ),
        pytest.param({"date": 1609286400}, "published", "2020-12-30T00:00:00+00:00", id="seconds"),
        pytest.param(
            {"date": "1609286400000"}, "published", "2020-12-30T00:00:00+00:00", id="milliseconds"
        ),
        pytest.param(
            {"timestamp": 1609286400.25},
            "published",
            "2020-12-30T00:00:00+00:00",
            id="with a fraction",
        ),
        pytest.param(
            {"date": {"$date": "2020-12-30T00:00:00Z"}},
            "published",
            "2020-12-30T00:00:00Z",
            id="MongoDB",
        ),
        pytest.param(
            {"date": {"$date": {"$numberLong": "1609286400000"}}},
            "published",
            "2020-12-30T00:00:00+00:00",
            id="MongoDB, long",
        ),
        pytest.param({"date": 20201230}, "published", "20201230", id="a date written as a number"),
        pytest.param(
            {"date": "٣٠ ديسمبر"}, "published", "٣٠ ديسمبر", id="a date as people write it"
        ),
        pytest.param({"_id": {"$oid": "5f"}}, "id", "5f", id="object id"),
        pytest.param({"id": 17}, "id", "17", id="number as id"),
        pytest.param({"link": "https://a.example/"}, "url", "https://a.example/", id="link"),
        pytest.param({"categories": ["سياسة", "عالم"]}, "section", "سياسة، عالم", id="categories"),
        pytest.param(
            {"_id": "7", "_source": {"text": "ن", "title": "ع"}}, "text", "ن", id="article within"
        ),
        pytest.param(
            {"_id": "7", "_source": {"text": "ن", "title": "ع"}}, "id", "7", id="and its id"
        ),
    ],
)
def test_names_of_fields(record: dict[str, Any], role: Any, value: str) -> None:
    assert roles_of(record).get(role) == value


@pytest.mark.parametrize(
    "value", [None, True, [], {}, [None, ""], {"x": "y"}, {"name": {"name": {}}}]
)
def test_what_says_nothing_is_left_out(value: Any) -> None:
    assert roles_of({"title": value}) == {}


def test_objects_nested_without_end_are_survived() -> None:
    value: Any = "x"
    for _ in range(500):
        value = {"value": value}
    assert roles_of({"title": value}) == {}


def test_a_title_alone_is_handed_on_for_extraction_to_judge() -> None:
    article = article_of_value(content(), {"title": "ع"}, 1, "utf-8", b"")
    assert isinstance(article, RawArticle)
    assert (article.given.title, article.text) == ("ع", "")


def test_an_unloaded_article_comes_back_as_it_was() -> None:
    record = {
        "naba_unloaded": 1,
        "source": "old",
        "path": "b.csv",
        "position": 4,
        "text": "ن",
        "given": {"title": "ع"},
    }
    article = article_of_value(content(), record, 1, "utf-8", b"")
    assert article == RawArticle("old", "b.csv", "ن", 4, Given(title="ع"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param('{"text": "ن"}', RawArticle("old", "b.jsonl", "ن", 4), id="mended"),
        pytest.param("{broken", "broken-json", id="still broken"),
    ],
)
def test_an_unloaded_line_that_was_mended_is_read(raw: str, expected: RawArticle | str) -> None:
    record = {
        "naba_unloaded": 1,
        "source": "old",
        "path": "b.jsonl",
        "position": 4,
        "reason": "broken-json",
        "raw": raw,
    }
    item = article_of_value(content(), record, 1, "utf-8", b"")
    assert (item.reason if isinstance(item, Unreadable) else item) == expected
    assert (item.source, item.place) == ("old", "b.jsonl:4")

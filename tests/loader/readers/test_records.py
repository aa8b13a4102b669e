"""Which field of a record is what, in the names that exports use."""

from __future__ import annotations

from typing import Any

import pytest

from loader.raw import Given, RawArticle, Unreadable
from loader.readers.content import Content
from loader.readers.records import article_of_value, values_of
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
        guid="X-1",
        title="عنوان",
        outlet="example",
        published="2018-02-18T17:35:43+00:00",
        published_at="2018-02-18T17:35:43.000Z",
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
        pytest.param({"date": 1609322405}, "published", "1609322405", id="a number"),
        pytest.param(
            {"date": {"$date": "2020-12-30T00:00:00Z"}},
            "published",
            "2020-12-30T00:00:00Z",
            id="MongoDB",
        ),
        pytest.param(
            {"date": {"$date": {"$numberLong": "1609286400000"}}},
            "published",
            "1609286400000",
            id="MongoDB, long",
        ),
        pytest.param({"date": 20201230}, "published", "20201230", id="a date written as a number"),
        pytest.param(
            {"date": "٣٠ ديسمبر"}, "published", "٣٠ ديسمبر", id="a date as people write it"
        ),
        pytest.param({"_id": {"$oid": "5f"}}, "guid", "5f", id="object id"),
        pytest.param({"id": 17}, "guid", "17", id="number as id"),
        pytest.param({"link": "https://a.example/"}, "url", "https://a.example/", id="link"),
        pytest.param({"categories": ["سياسة", "عالم"]}, "section", "سياسة، عالم", id="categories"),
        pytest.param(
            {"_id": "7", "article": {"text": "ن", "title": "ع"}}, "text", "ن", id="article within"
        ),
        pytest.param(
            {"_id": "7", "article": {"text": "ن", "title": "ع"}}, "guid", "7", id="and its id"
        ),
    ],
)
def test_names_of_fields(record: dict[str, Any], role: Any, value: str) -> None:
    assert values_of(record)[role][0] == value


@pytest.mark.parametrize(
    "value", [None, True, [], {}, [None, ""], {"x": "y"}, {"name": {"name": {}}}]
)
def test_what_says_nothing_is_left_out(value: Any) -> None:
    assert values_of({"title": value}) == {}


def test_objects_nested_without_end_are_survived() -> None:
    value: Any = "x"
    for _ in range(500):
        value = {"value": value}
    assert values_of({"title": value}) == {}


def test_a_title_alone_is_an_article() -> None:
    article = article_of_value(content(), {"title": "ع"}, 1, "utf-8", b"")
    assert isinstance(article, RawArticle)
    assert (article.given.title, article.text) == ("ع", "ع")


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


def given_of(record: dict[str, Any]) -> Given:
    article = article_of_value(content(), record, 1, "utf-8", b"")
    assert isinstance(article, RawArticle)
    return article.given


@pytest.mark.parametrize(
    ("dates", "published", "instant"),
    [
        pytest.param(
            {"dateline": "مسقط، 22 فبراير", "created": "2024-02-22T05:30:00+0000"},
            "2024-02-22T05:30:00+00:00",
            "2024-02-22T05:30:00.000Z",
            id="a date that cannot be read gives way",
        ),
        pytest.param(
            {"date": "2024-02-22", "created": "2024-02-22T05:30:00Z"},
            "2024-02-22T05:30:00+00:00",
            "2024-02-22T05:30:00.000Z",
            id="a day takes its time from another date of it",
        ),
        pytest.param(
            {"date": "2024-02-22", "created": "2024-02-23T05:30:00Z"},
            "2024-02-22",
            None,
            id="but not from another day",
        ),
        pytest.param(
            {"published": "2099-01-01T00:00:01Z", "created": "2024-02-22"},
            "2024-02-22",
            None,
            id="a date to come gives way",
        ),
        pytest.param({"date": "قريبا"}, "قريبا", None, id="nothing readable stays as it stands"),
        pytest.param({"title": "ع"}, None, None, id="no date"),
    ],
)
def test_the_first_date_that_can_be_read(
    dates: dict[str, Any], published: str | None, instant: str | None
) -> None:
    given = given_of({"title": "ع", **dates})
    assert (given.published, given.published_at) == (published, instant)


@pytest.mark.parametrize(
    ("record", "text"),
    [
        pytest.param(
            {"content": "3 2021 :\r\n 15.68 .", "description": "قال الوزير إن العمل انتهى."},
            "قال الوزير إن العمل انتهى.",
            id="a body without letters gives way to the description",
        ),
        pytest.param(
            {"body_html": "<p>فقرة.</p><figure><figcaption>صورة (أ ف ب)</figcaption></figure>"
             "<p>ثانية<br>سطر &amp; سطر.</p><script>var a;</script>"},
            "فقرة.\nثانية\nسطر & سطر.",
            id="HTML becomes lines, without captions and scripts",
        ),
        pytest.param({"text": "إذا كان س<3 و ص>2"}, "إذا كان س<3 و ص>2", id="no HTML"),
        pytest.param({"content_text": "نص", "summary": "م"}, "نص", id="JSON Feed"),
    ],
)  # fmt: skip
def test_the_text_of_a_record(record: dict[str, Any], text: str) -> None:
    article = article_of_value(content(), record, 1, "utf-8", b"")
    assert isinstance(article, RawArticle)
    assert article.text == text


def test_tags_and_line_ends_in_a_title_go() -> None:
    assert given_of({"title": "<b>قمة</b>\n  في <i>عمّان</i>"}).title == "قمة في عمّان"


@pytest.mark.parametrize(
    ("record", "credit"),
    [({"agency": "nprov:AFP"}, "AFP"), ({"agency": "المصدر: تاس"}, "المصدر: تاس")],
)
def test_a_code_of_a_list_stands_for_its_last_part(record: dict[str, Any], credit: str) -> None:
    assert given_of({"title": "ع", **record}).credit == credit


@pytest.mark.parametrize(
    ("status", "kept"),
    [("draft", "draft"), ("publish", "publish"), ("trash", "trash"), ("ok", None), ("1", None)],
)
def test_only_the_words_of_publishing_are_a_status(status: str, kept: str | None) -> None:
    assert given_of({"title": "ع", "status": status}).status == kept


def test_a_hit_of_elasticsearch_is_its_source() -> None:
    record = {"_index": "news", "_id": "a1", "_source": {"title": "ع", "body": "ن"}}
    assert given_of(record) == Given(guid="a1", title="ع")

"""Identity, content hash and bulk action of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest

from loader.extract.extraction import Extraction, Rejected
from loader.index.documents import Version, article_id, bulk_action, content_hash, to_article
from loader.raw import Given, RawArticle
from mappings.article import Article, Field

LOADED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
RAW = RawArticle(source="wires", path="2026/flood.txt", text="فيضانات في المدينة")
EXTRACTION = Extraction(
    title="فيضانات", title_origin="line", body="غمرت المياه شوارع المدينة."
)  # floods


def article(**changes: Any) -> Article:
    return replace(to_article(RAW, EXTRACTION, loaded_at=LOADED_AT), **changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RAW, replace(RAW, text="نص مصحح"), id="text-never-enters"),
        pytest.param(RAW, replace(RAW, encoding="cp1256"), id="encoding-never-enters"),
        pytest.param(
            RAW,
            replace(RAW, given=Given(title="عنوان", agency="wafa")),
            id="given-values-never-enter",
        ),
        pytest.param(
            replace(RAW, given=Given(guid="a-1")),
            replace(RAW, given=Given(guid=" a-1 "), path="b/moved.jsonl", position=3),
            id="given-id-goes-before-the-place",
        ),
        pytest.param(
            replace(RAW, given=Given(url="https://example.org/1")),
            replace(RAW, given=Given(url="https://example.org/1"), path="other.jsonl", position=9),
            id="url-goes-before-the-place",
        ),
        pytest.param(
            replace(RAW, given=Given(guid="a-1", url="https://example.org/1")),
            replace(RAW, given=Given(guid="a-1", url="https://example.org/2")),
            id="given-id-goes-before-the-url",
        ),
        pytest.param(
            replace(RAW, path="أخبار/\u0623.txt"),
            replace(RAW, path="أخبار/\u0627\u0654.txt"),
            id="decomposed-name-of-a-file-is-the-same-file",
        ),
    ],
)
def test_same_article(one: RawArticle, other: RawArticle) -> None:
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RAW, replace(RAW, source="paper"), id="another-source"),
        pytest.param(RAW, replace(RAW, path="2026/flood-2.txt"), id="another-path"),
        pytest.param(replace(RAW, position=1), replace(RAW, position=2), id="another-position"),
        pytest.param(
            replace(RAW, given=Given(guid="1")),
            replace(RAW, given=Given(guid="2")),
            id="another-given-id",
        ),
        pytest.param(
            replace(RAW, given=Given(guid="x")),
            replace(RAW, given=Given(url="x")),
            id="an-id-is-no-url-of-that-text",
        ),
        pytest.param(
            replace(RAW, source="ab", path="c"),
            replace(RAW, source="a", path="bc"),
            id="where-a-part-ends",
        ),
    ],
)
def test_other_article(one: RawArticle, other: RawArticle) -> None:
    assert article_id(one) != article_id(other)


@pytest.mark.parametrize(
    "raw",
    [
        RAW,
        replace(RAW, given=Given(url="https://example.org/" + "%D8%A3" * 2_000)),
        replace(RAW, path="undecodable-\udcff.txt"),
    ],
    ids=["path", "address-beyond-512-bytes", "undecodable-name"],
)
def test_ids_are_short_and_plain(raw: RawArticle) -> None:
    assert len(article_id(raw)) == 16
    assert set(article_id(raw)) <= set("abcdefghijklmnopqrstuvwxyz234567")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "عنوان آخر"},
        {"title_origin": "lead"},
        {"body": "نص آخر."},
        {"agencies": ("tass",)},
        {"agency_origin": "footer"},
        {"credit": "وكالة مجهولة"},
        {"cited_agencies": ("dpa",)},
        {"outlet": "صحيفة"},
        {"published": date(2026, 2, 1), "precision": "day"},
        {"published": date(2026, 2, 1), "precision": "month"},
        {"published_text": "--02-01"},
        {"date_origin": "dateline"},
        {"url": "https://example.org/1"},
        {"author": "كاتبة"},
        {"section": "رياضة"},
        {"status": "withdrawn"},
    ],
    ids=lambda change: "-".join(change),
)
def test_what_a_reader_sees_is_content(change: dict[str, Any]) -> None:
    assert content_hash(article(**change)) != content_hash(article())


@pytest.mark.parametrize(
    "change",
    [
        {"loaded_at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"story_id": "another"},
        {"content_hash": "of-before"},
    ],
    ids=lambda change: "-".join(change),
)
def test_what_no_reader_sees_is_no_content(change: dict[str, Any]) -> None:
    assert content_hash(article(**change)) == content_hash(article())


def test_half_characters_are_rejected_for_themselves_alone() -> None:
    with pytest.raises(Rejected) as rejected:
        to_article(RAW, replace(EXTRACTION, body="نص \ud83d"), loaded_at=LOADED_AT)
    assert rejected.value.reason == "invalid-text"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        (" http://example.org/أخبار ", "http://example.org/أخبار"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("http://[half", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_stored(given: str | None, stored: str | None) -> None:
    raw = replace(RAW, given=Given(url=given))
    assert to_article(raw, EXTRACTION, loaded_at=LOADED_AT).url == stored


def test_a_new_article_is_created() -> None:
    header, source = _lines(bulk_action(article(), {Field.STORY_BANDS: ["b1"]}, None).lines)
    assert header == {"create": {"_id": article().id}}
    assert source == {**article().to_source(), "story_bands": ["b1"]}


def test_an_update_names_the_version_it_replaces() -> None:
    header, _source = _lines(
        bulk_action(article(), {}, Version("old", seq_no=7, primary_term=2)).lines
    )
    assert header == {"index": {"_id": article().id, "if_seq_no": 7, "if_primary_term": 2}}


def _lines(lines: bytes) -> list[Any]:
    assert lines.endswith(b"\n")
    return [orjson.loads(line) for line in lines.splitlines()]


def test_what_the_sender_says_of_its_item_is_stored() -> None:
    given = Given(
        guid=" urn:x:1 ",
        version="4",
        published_at="2024-03-10T04:00:00.000Z",
        updated_at="2024-03-10T05:30:00.000Z",
    )
    raw = replace(RAW, given=given)
    article = to_article(raw, replace(EXTRACTION, date_origin="given"), loaded_at=LOADED_AT)
    assert (article.guid, article.version) == ("urn:x:1", "4")
    assert article.published_at == datetime(2024, 3, 10, 4, tzinfo=UTC)
    assert article.updated_at == datetime(2024, 3, 10, 5, 30, tzinfo=UTC)
    by_the_text = to_article(raw, EXTRACTION, loaded_at=LOADED_AT)
    assert by_the_text.published_at is None

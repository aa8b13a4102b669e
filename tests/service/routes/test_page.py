"""The page over a real index, as a browser without scripts receives it."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient
from httpx2 import Response

from mappings.agencies import load_registry
from mappings.index import index_body
from service.app import create_app
from service.locale.language import LanguageCode
from service.settings import ServiceSettings

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # as a browser asks


def ask(api: TestClient, path: str, **headers: str) -> Response:
    answer: Response = api.get(path, headers=HTML | headers)
    return answer


def texts(page: str, css_class: str) -> list[str]:
    """The text of every element of a class, markup taken out."""
    found = re.findall(rf'<(\w+)[^>]*class="{css_class}"[^>]*>(.*?)</\1>', page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", inner)).split()) for _, inner in found]


def addresses(page: str) -> list[str]:
    return [html.unescape(address) for address in re.findall(r'<a [^>]*href="([^"]+)"', page)]


def linked_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_start_page_shows_the_newest_and_counts_all(api: TestClient) -> None:
    answer = ask(api, "/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert texts(answer.text, "total")[0].startswith("239 خبرًا")
    assert len(re.findall(r'<li class="hit">', answer.text)) == 10


def test_page_and_api_agree(api: TestClient) -> None:
    query = "/?q=قمة المناخ&agency=wam&from=2020"
    page = ask(api, query).text
    twin = api.get(
        "/v1/search", params={"q": "قمة المناخ", "agency": "wam", "from": "2020", "group": "true"}
    ).json()
    assert texts(page, "total")[0].split()[0] == str(twin["total"]["articles"])
    shown = re.findall(r'<h2 [^>]*><a href="/articles/([^?"]+)', page)
    assert shown == [hit["id"] for hit in twin["hits"]]


def test_every_link_of_a_page_leads_somewhere(api: TestClient) -> None:
    page = ask(api, "/?q=معرض&agency=wam&not_agency=tass&from=2019&to=2021&page=2").text
    linked = sorted({address for address in addresses(page) if address.startswith("/")} - {"/docs"})
    assert len(linked) > 30
    failed = {address: code for address in linked if (code := ask(api, address).status_code) != 200}
    assert failed == {}


def test_the_form_carries_the_search_along_and_drops_the_page(api: TestClient) -> None:
    page = ask(api, "/?q=معرض&agency=wam&agency=none&from=2020&sort=newest&page=2").text
    form = re.search(r'<form class="search".*?</form>', page, re.DOTALL)
    assert form is not None
    kept = re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form[0])
    assert kept == [("agency", "wam"), ("agency", "none"), ("from", "2020"), ("sort", "newest")]


def test_empty_boxes_of_a_form_ask_for_nothing(api: TestClient) -> None:
    assert ask(api, "/?q=&from=&to=&agency=").status_code == 200


def test_an_agency_named_in_the_words_becomes_a_filter_that_can_be_removed(api: TestClient) -> None:
    page = ask(api, "/?q=معرض agency:wam").text
    assert texts(page, "chip") == [f"أزل المرشح: {load_registry().label('wam', 'ar')}"]
    assert 'value="معرض agency:wam"' in page


@pytest.mark.parametrize("words", ["agency:غير_معروفة", "agency:«", "معرض agency:%D9%A1"])
def test_an_agency_nobody_knows_finds_nothing_politely(api: TestClient, words: str) -> None:
    answer = ask(api, f"/?q={words}")
    assert answer.status_code == 200


def test_a_relaxed_search_says_so_and_its_links_ask_for_any_word(api: TestClient) -> None:
    page = ask(api, "/?q=معرض كهرومغناطيسية").text
    assert texts(page, "notice") == ["لا خبر يجمع كل المطلوب؛ هذه أخبار فيها بعضه."]
    assert all("match=any" in address for address in addresses(page) if "sort=newest" in address)


def test_words_beyond_the_limit_are_counted(api: TestClient) -> None:
    page = ask(api, "/?q=" + " ".join(["معرض"] * 67)).text
    assert "أُهملت 3 كلمات: يقبل البحث 64 كلمة في كل مرة." in texts(page, "notice")


def test_nothing_found_is_a_page_with_ways_out(api: TestClient) -> None:
    answer = ask(api, "/?q=كهرومغناطيسية&match=all&agency=wam")
    assert answer.status_code == 200
    assert "لم نجد خبرًا يطابق «<bdi>كهرومغناطيسية</bdi>»." in answer.text
    assert "ابحث بلا مرشحات" in answer.text


@pytest.mark.parametrize("code", ["ar", "en"])
def test_labels_follow_the_language(api: TestClient, code: LanguageCode) -> None:
    label = load_registry().label("wam", code)
    page = ask(api, f"/?lang={code}").text
    assert f'<html lang="{code}"' in page
    assert any(label in text for text in texts(page, "value"))
    assert (
        all("lang=en" in address for address in addresses(page) if "sort=" in address)
        or code == "ar"
    )


def test_an_article_page_holds_the_article_and_its_linked_data(api: TestClient) -> None:
    answer = ask(api, "/articles/a003?q=الهجن")
    assert answer.status_code == 200
    assert "<mark>" in answer.text
    data = linked_data(answer.text)
    assert data["@type"] == "NewsArticle"
    assert data["@id"] == "http://testserver/articles/a003"
    assert data["datePublished"] == "2020-02-29"
    twin = api.get("/v1/articles/a003", headers={"Accept": "application/ld+json"}).json()
    assert data == twin


def test_an_article_of_a_month_claims_no_day(api: TestClient) -> None:
    page = ask(api, "/articles/a001").text
    assert "datePublished" not in linked_data(page)
    assert '<time datetime="2019-05">' in page


def test_an_article_without_words_has_no_way_back_to_results(api: TestClient) -> None:
    assert "العودة إلى النتائج" not in ask(api, "/articles/a003").text
    assert "العودة إلى النتائج" in ask(api, "/articles/a003?q=الهجن").text


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/articles/nobody", 404, "لا يوجد هذا الخبر"),
        ("/articles/a200", 404, "لا يوجد هذا الخبر"),  # withdrawn
        ("/articles/" + "x" * 2000, 404, "لا يوجد هذا الخبر"),
        ("/nowhere", 404, "لا توجد هذه الصفحة"),
        ("/static/nothing.css", 404, "لا توجد هذه الصفحة"),
        ("/static/..%2F..%2Fpyproject.toml", 404, "لا توجد هذه الصفحة"),
        ("/?page=0", 422, "طلب غير مفهوم"),
        ("/?from=2020-13", 422, "طلب غير مفهوم"),
        ("/?q=a&q=b", 422, "طلب غير مفهوم"),
        ("/?q=" + "ا" * 513, 422, "طلب غير مفهوم"),
        ("/articles/a003?colour=red", 422, "طلب غير مفهوم"),
        ("/?sort=newest&group=false&cursor=forged", 400, "عنوان لم يعد صالحًا"),
    ],
)
def test_an_error_is_a_page_with_the_status_of_its_problem(
    api: TestClient, path: str, status: int, heading: str
) -> None:
    page = ask(api, path)
    assert page.status_code == status
    assert f"<h1>{heading}</h1>" in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("from=soon", "بداية المدة", "اكتبها سنة أو شهرًا أو يومًا بأرقام، والسنة أولًا."),
        ("page=0", "رقم الصفحة", "اختر صفحة من الصفحات المعروضة."),
        ("sort=best", "الترتيب", "اختر إحدى القيم المعروضة."),
        (
            "sort=newest&sort=oldest",
            "الترتيب",
            "ورد هذا الحقل أكثر من مرة، وله قيمة واحدة.",
        ),  # given twice
        ("in_=title", "in_", "لا يعرف البحث هذا الحقل."),  # no such field
        ("lang=fr", "lang", "لا يمكن العمل بهذه القيمة."),  # no value of it
        ("cursor=*", "cursor", "لا يمكن العمل بهذه القيمة."),
        ("colour=red", "colour", "لا يعرف البحث هذا الحقل."),
        ("from=2021&to=2020", "بداية المدة", "بداية المدة بعد نهايتها."),
        ("from=2021&date=7d", "المدة", "اختر مدة جاهزة أو حدد البداية والنهاية، لا كليهما."),
    ],
)
def test_a_wrong_value_is_explained_in_the_readers_language(
    api: TestClient, query: str, field: str, message: str
) -> None:
    page = ask(api, f"/?q=قمح&{query}").text
    assert f"<li><bdi>{field}</bdi>: <bdi>{message}</bdi></li>" in page
    assert 'value="قمح"' in page


def test_the_search_goes_on_without_the_value_at_fault(api: TestClient) -> None:
    page = ask(api, "/?q=قمح&agency=wam&from=soon").text
    assert "/?q=%D9%82%D9%85%D8%AD&agency=wam" in addresses(page)


def test_a_page_that_has_not_changed_is_not_sent_again(api: TestClient) -> None:
    first = ask(api, "/?q=معرض")
    again = ask(api, "/?q=معرض", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_has_no_inline_style_or_script(api: TestClient) -> None:
    for path in ("/?q=معرض&agency=wam", "/articles/a003?q=الهجن", "/nowhere"):
        answer = ask(api, path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.search(r"<style|\sstyle=|\son\w+=", answer.text)
        assert not re.findall(r"<script(?! src=| type=\"application/ld\+json\")", answer.text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("page.css", "text/css"), ("page.js", "text/javascript"), ("icon.svg", "image/svg+xml")],
)
def test_static_files_may_be_kept_for_ever(api: TestClient, name: str, kind: str) -> None:
    answer = api.get(f"/static/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert "immutable" in answer.headers["cache-control"]


def service(url: str, alias: str) -> TestClient:
    settings = ServiceSettings(elasticsearch_url=url, alias=alias)
    return TestClient(create_app(settings), raise_server_exceptions=False)


def test_an_empty_index_says_how_to_load(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> None:
    elasticsearch.indices.create(
        index=f"{index_prefix}-empty-1", aliases={f"{index_prefix}-empty": {}}, **index_body()
    )
    with service(elasticsearch_url, f"{index_prefix}-empty") as client:
        page = ask(client, "/")
        assert page.status_code == 200
        assert "لا أخبار في الفهرس بعد" in page.text
        assert "naba load FOLDER" in page.text
        assert ask(client, "/feed.atom").status_code == 200


def test_a_missing_index_is_503_and_says_how_to_load(
    elasticsearch_url: str, index_prefix: str
) -> None:
    with service(elasticsearch_url, f"{index_prefix}-missing") as client:
        page = ask(client, "/?q=قمح")
        assert page.status_code == 503
        assert "لا يوجد فهرس بعد" in page.text
        assert "naba load FOLDER" in page.text


def test_elasticsearch_away_is_503_in_arabic_with_the_request_named() -> None:
    with service("http://127.0.0.1:9", "nothing") as client:
        page = ask(client, "/?q=قمح", **{"X-Request-Id": "desk-7"})
        assert page.status_code == 503
        assert "البحث غير متاح الآن" in page.text
        assert "<code>desk-7</code>" in page.text
        assert int(page.headers["retry-after"]) > 0

"""The feed of a search, the OpenSearch description and its suggestions, over a real index."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from fastapi.testclient import TestClient
from httpx2 import Response

from service.app import create_app
from service.settings import ServiceSettings

NS = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}
ABROAD = "https://naba.example/search"


@pytest.fixture(scope="module")
def abroad(service_settings: ServiceSettings) -> Iterator[TestClient]:
    """The same service, told by which address others reach it."""
    with TestClient(
        create_app(service_settings.model_copy(update={"public_url": ABROAD}))
    ) as client:
        yield client


def feed(answer: Response) -> Element:
    root: Element = fromstring(answer.content)
    return root


def entry_ids(root: Element) -> list[str | None]:
    return [entry.findtext("a:id", namespaces=NS) for entry in root.findall("a:entry", NS)]


def hrefs(root: Element) -> set[str]:
    return {str(link.get("href")) for link in root.iter(f"{{{NS['a']}}}link")}


def test_a_feed_is_the_newest_of_the_search_that_json_answers(api: TestClient) -> None:
    answer = api.get("/feed.atom", params={"q": "معرض", "agency": "wam"})
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = feed(answer)
    twin = api.get(
        "/v1/search", params={"q": "معرض", "agency": "wam", "sort": "newest", "size": 50}
    ).json()
    assert root.findtext("o:totalResults", namespaces=NS) == str(twin["total"]["articles"])
    links = [entry.find("a:link", NS) for entry in root.findall("a:entry", NS)]
    shown = [str(link.get("href")).rpartition("/")[2] for link in links if link is not None]
    assert shown == [hit["id"] for hit in twin["hits"]]


@pytest.mark.parametrize(("q", "relaxed"), [("معرض", False), ('"معرض القمح"', True)])
def test_a_feed_says_when_any_word_was_enough(api: TestClient, q: str, relaxed: bool) -> None:
    assert api.get("/v1/search", params={"q": q}).json()["query"]["relaxed"] == relaxed
    subtitle = feed(api.get("/feed.atom", params={"q": q, "lang": "en"})).findtext(
        "a:subtitle", namespaces=NS
    )
    assert ("No article has all" in str(subtitle)) == relaxed


def test_ids_stay_and_addresses_follow_the_setting(api: TestClient, abroad: TestClient) -> None:
    here, there = feed(api.get("/feed.atom?agency=wam")), feed(abroad.get("/feed.atom?agency=wam"))
    assert entry_ids(here) == entry_ids(there)
    assert all(href.startswith("http://testserver/") for href in hrefs(here))
    assert all(href.startswith(f"{ABROAD}/") for href in hrefs(there))


def test_a_feed_that_has_not_changed_is_not_sent_again(api: TestClient) -> None:
    first = api.get("/feed.atom?agency=wam")
    etag = first.headers["etag"]
    assert api.get("/feed.atom?agency=wam").content == first.content
    again = api.get("/feed.atom?agency=wam", headers={"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert api.get("/feed.atom?agency=spa", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/feed.atom?page=2", "/feed.atom?colour=red", "/feed.atom?q=a&q=b", "/opensearch.xml?lang=fr"],
)
def test_what_makes_no_sense_is_a_problem(api: TestClient, path: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_the_page_names_feed_and_description(api: TestClient) -> None:
    page = api.get("/?q=معرض&sort=oldest", headers={"Accept": "text/html"}).text
    assert (
        '<link rel="search" type="application/opensearchdescription+xml" title="نبأ" '
        'href="/opensearch.xml">' in page
    )
    assert 'type="application/atom+xml"' in page
    assert 'href="/feed.atom?q=%D9%85%D8%B9%D8%B1%D8%B6"' in page


def test_the_template_of_the_description_is_an_address_that_answers(abroad: TestClient) -> None:
    root = fromstring(abroad.get("/opensearch.xml").content)
    for url in root.findall("o:Url", NS):
        template = str(url.get("template"))
        assert template.startswith(ABROAD)
        filled = (
            template.removeprefix(ABROAD)
            .replace("{searchTerms}", "معرض")
            .replace("{startPage?}", "")
        )
        answer = abroad.get(filled, headers={"Accept": "text/html, */*"})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(str(url.get("type")))


def test_suggestions_come_in_the_form_of_opensearch(api: TestClient) -> None:
    answer = api.get("/opensearch/suggest", params={"q": "مع"})
    assert answer.headers["content-type"].startswith("application/x-suggestions+json")
    typed, completions = answer.json()
    assert typed == "مع"
    assert completions == [
        suggestion["text"] for suggestion in api.get("/v1/suggest?q=مع").json()["suggestions"]
    ]
    assert api.get("/opensearch/suggest").json() == ["", []]

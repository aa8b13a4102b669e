"""The copies of a story, two of them compared, as JSON and on their pages."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

# In the library a000 and a001 are copies; a200 is withdrawn, a201 its copy.
STORY = "s0"


def test_copies_stand_by_publication_and_the_first_is_named(api: TestClient) -> None:
    story = api.get(f"/v1/stories/{STORY}").json()
    assert (story["id"], story["total"], story["first_by"]) == (STORY, 2, "published")
    assert [copy["article"]["id"] for copy in story["copies"]] == ["a000", "a001"]
    assert [copy["first"] for copy in story["copies"]] == [True, False]
    assert story["copies"][0]["added"] == story["copies"][0]["removed"] == 0
    assert story["copies"][1]["added"] > 0


def test_what_is_withdrawn_is_in_no_story(api: TestClient) -> None:
    story = api.get("/v1/stories/s200").json()
    assert [copy["article"]["id"] for copy in story["copies"]] == ["a201"]
    assert api.get("/v1/compare?a=a201&b=a200").status_code == 404


def test_a_story_of_one_has_no_first(api: TestClient) -> None:
    story = api.get("/v1/stories/s5").json()
    assert (story["total"], story["first_by"], story["copies"][0]["first"]) == (1, None, False)


@pytest.mark.parametrize("path", ["/v1/stories/none", "/v1/compare?a=a001&b=none"])
def test_what_is_not_there(api: TestClient, path: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "query", ["", "a=a001", "a=&b=a001", "a=a001&b=a002&c=a003", "a=x&a=y&b=z"]
)
def test_two_articles_have_to_be_named(api: TestClient, query: str) -> None:
    assert api.get(f"/v1/compare?{query}").status_code == 422


def test_a_comparison_holds_both_texts(api: TestClient) -> None:
    compared = api.get("/v1/compare?a=a000&b=a001").json()
    for side in ("a", "b"):
        body = api.get(f"/v1/articles/{compared[side]['id']}").json()["body"]
        said = " ".join(piece[side] for piece in compared["pieces"])
        assert said.split() == body.split()
    assert 0 < compared["common"] < 100
    assert api.get("/v1/compare?a=a000&b=a000").json()["common"] == 100


def test_the_page_of_a_story_leads_back_to_the_search(api: TestClient) -> None:
    page = api.get(f"/stories/{STORY}?q=قمة&agency=spa&from=2019").text
    back = re.search(r'class="back"><a href="([^"]+)"', page)
    assert back
    assert api.get(html.unescape(back[1])).status_code == 200
    assert "agency=spa" in back[1]
    assert page.count('class="first"') == 1
    assert "<title>نسخ: " in page


def test_the_page_of_a_comparison_marks_both_sides(api: TestClient) -> None:
    page = api.get("/compare?a=a000&b=a001").text
    assert "<del>" in page
    assert "<ins>" in page
    assert "spelling=hide" in page
    assert "spelling=hide" not in api.get("/compare?a=a000&b=a001&spelling=hide").text


@pytest.mark.parametrize("path", ["/stories/none", "/compare?a=a001&b=none", "/compare?a=a001"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_what_is_wrong_is_told_as_a_page(api: TestClient, path: str, lang: str) -> None:
    answer = api.get(path, params={"lang": lang} if "?" not in path else None)
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"].startswith("text/html")


def test_every_agency_can_be_reached(api: TestClient) -> None:
    page = api.get("/agencies?q=قمة&from=2019").text
    addresses = re.findall(r'<th scope="row"><a href="([^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        assert "from=2019" in address
        assert api.get(html.unescape(address)).status_code == 200


def test_a_hit_with_copies_leads_to_their_page(api: TestClient) -> None:
    page = api.get("/?q=قمة&sort=oldest").text
    found = re.search(r'class="copies"><a href="(/stories/[^"]+)"', page)
    assert found
    assert api.get(html.unescape(found[1])).status_code == 200

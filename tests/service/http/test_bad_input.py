"""Bad and hostile input over GET: each kind has one documented answer, never a 5xx, never an echo
of the inside.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

WHEAT = "القمح"


def status(api: TestClient, query: str) -> tuple[int, dict[str, Any]]:
    answer = api.get(f"/v1/search?{query}")
    return answer.status_code, answer.json()


EVERYTHING, NOTHING = 239, 0


@pytest.mark.parametrize(
    ("q", "total"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("\u200f\u200b\ufeff", EVERYTHING),  # invisible characters alone are no query
        ("؟!،", NOTHING),
        ("*", NOTHING),
        ('"', NOTHING),
        ('""', NOTHING),
        ("\u0640\u0640\u0640", NOTHING),  # tatweel
        ("\u064e\u064f", NOTHING),  # vowel marks without a letter
        ("-", NOTHING),
        ("\u0000", EVERYTHING),
        ("😀", NOTHING),
        ("في", EVERYTHING),  # a stop word finds what holds it: every title does
    ],
)
def test_queries_of_nothing(api: TestClient, q: str, total: int) -> None:
    """Blank asks for everything; signs without a letter find nothing; a stop word alone is still
    searched for.
    """
    code, found = status(api, f"size=1&q={quote(q)}")
    assert code == 200
    assert (found["total"]["articles"] > 0) == (total > 0), found["total"]
    if total == EVERYTHING and not q.strip():
        assert found["total"]["articles"] == total


LUCENE = [
    '+-&&||!(){}[]^"~*?:\\/',
    "title.plain:القمح",
    "_exists_:title",
    "/(a+)+$/",
    "*قمح",
    "قمح~99",
    "القمح^1000",
    "[2019 TO 2021]",
    '{"script":{"source":"while(true){}"}}',
    "{{#join}}x{{/join}}",
    "id:a001 OR id:a002",
    "title:",
    "agency:",
    "agency:-",
    "-agency:*",
    "OR OR OR",
    "أو",
    "AND NOT",
    "و أو لا",
    "NOT القمح",
    "(القمح",
    '"القمح',
    "«القمح",
    "القمح»",
    "“القمح„",
    "--القمح",
    "- القمح",
    "القمح -",
    "a" * 512,
    "ب " * 256,
    '"a" ' * 128,
    "-x " * 170,
    "x* " * 170,
    "title:" * 85,
    "قمح" + "\u064e" * 200,
    "\ue000القمح\ue001",
    "\u202eالقمح\u202c",
    "\u2066القمح\u2069",
    "ﺍﻟﻘﻤﺢ",
    "\U000e0041\U000e0042",
    "\ufdd0\uffff",
    "\u0001\u0085\u009f",
    "٢٠١٩ ۲۰۱۹ 2019",
]


@pytest.mark.parametrize("q", LUCENE)
def test_every_query_is_answered(api: TestClient, q: str) -> None:
    """Foreign syntax, unbalanced quotes, extremes: text like any other."""
    for match in ("auto", "any", "exact"):
        code, found = status(api, f"size=2&match={match}&q={quote(q[:512])}")
        assert code == 200, found
        assert found["query"]["q"] == q[:512]


def test_foreign_syntax_reaches_nothing_else(api: TestClient) -> None:
    """`id:a001` is two words, no look-up."""
    assert status(api, "q=id:a001&match=all&size=0")[1]["total"]["articles"] == 0


@pytest.mark.parametrize(
    "spelling",
    [
        "القمح",
        "ﺍﻟﻘﻤﺢ",
        "الق\u064eم\u0652ح",
        "ال\u0640\u0640قمح",
        "القمح\u200f",
        "\u202bالقمح\u202c",
        "الق\u200dمح",
    ],
)
def test_spellings_of_one_word_find_the_same(api: TestClient, spelling: str) -> None:
    plain = status(api, f"q={quote(WHEAT)}&size=0")[1]["total"]
    assert plain["articles"] > 0
    assert status(api, f"q={quote(spelling)}&size=0")[1]["total"] == plain


def test_raw_bytes_that_are_no_text(api: TestClient) -> None:
    """Lone surrogates, overlong forms and cut letters in the address are replaced, not refused."""
    for raw in ("%ED%A0%80", "%C0%AF", "%FF", "%D8", "%F8%88%80%80%80"):
        assert status(api, f"q={raw}&size=0")[0] == 200
        assert status(api, f"q=%D8%A7%D9%84%D9%82%D9%85%D8%AD+{raw}&size=0")[0] == 200


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/v1/search", "application/problem+json"),
        ("/feed.atom", "application/problem+json"),
        ("/", "text/html; charset=utf-8"),
        ("/articles/a001", "text/html; charset=utf-8"),
    ],
)
def test_an_address_without_end(api: TestClient, path: str, media_type: str) -> None:
    """Refused as every error is: a page for people, a problem for programs, each with its request
    id.
    """
    answer = api.get(f"{path}?q=" + "a" * 20_000)
    assert answer.status_code == 414
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"] in answer.text
    assert len(answer.content) < 20_000


@pytest.mark.parametrize("cursor", ["x", "AAAA", "W10", "%00", "1609459200000,a001"])
def test_cursors_that_are_none(api: TestClient, cursor: str) -> None:
    assert api.get(f"/v1/search?sort=newest&cursor={cursor}").status_code == 400


@pytest.mark.parametrize(
    "query",
    ["from=0001&to=9999", "to=9999-12-31", "from=0001", "from=9999", "from=0001-01-01&to=0001"],
)
def test_a_thousand_years_are_few_buckets(api: TestClient, query: str) -> None:
    code, found = status(api, f"size=0&{query}")
    assert code == 200
    assert len(found["facets"]["date"]["values"]) <= 200


def test_unknown_agencies_find_nothing(api: TestClient) -> None:
    assert status(api, "agency=nobody")[1]["total"]["articles"] == 0
    assert status(api, "q=agency:nobody")[1]["total"]["articles"] == 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods(api: TestClient, method: str) -> None:
    answer = api.request(method, "/v1/search")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "article_id", ["nothing", "..", "%2e%2e%2f", "a" * 600, "%00", "قمح", "_search", "*"]
)
def test_articles_that_are_not_there(api: TestClient, article_id: str) -> None:
    answer = api.get(f"/v1/articles/{article_id}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/", "/articles/a001", "/feed.atom", "/v1/export.csv", "/v1/export.jsonl"]
)
@pytest.mark.parametrize(
    "query",
    ["in_=title", "from_=2020", "=x", "%ED%A0%80=1", "__class__=1", "lang=fr", "lang=en&lang=en"],
)
def test_every_search_refuses_what_it_does_not_know(api: TestClient, path: str, query: str) -> None:
    """Names by which the code calls a parameter are as unknown as others, on the page too."""
    assert api.get(f"{path}?{query}").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/v1/search/",
        "//v1/search",
        "/V1/search",
        "/v1/search%2F",
        "/v1//search",
        "/v1",
        "/docs/",
        "/feed.atom/",
        "/articles/",
        "/v1/articles/%ED%A0%80",
        "/static/%2e%2e%2fapp.py",
    ],
)
def test_addresses_are_exact(api: TestClient, path: str) -> None:
    """No redirect, which would name the scheme and host that a proxy hides."""
    answer = api.get(f"http://testserver{path}", follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</mark><b>",
    "<mark>قمح</mark>",
    "&amp;&lt;",
    "\"'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "\u202e<b>\u2066",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_json(api: TestClient, text: str) -> None:
    """JSON is data: the query comes back as sent, with the type that no browser runs."""
    answer = api.get("/v1/search", params={"q": text})
    assert answer.status_code == 200
    assert answer.json()["query"]["q"] == text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    refused = api.get("/v1/search", params={text: "1"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"

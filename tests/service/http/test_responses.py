"""HTTP manners: validators, caching, HEAD, compression, CORS, request ids, timing, negotiation,
headers.
"""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

SEARCH = "/v1/search?q=القمح"


def test_an_answer_is_known_by_what_it_says(api: TestClient) -> None:
    """The same answer has the same weak ETag although it took another time under another id."""
    first, second = api.get(SEARCH), api.get(SEARCH)
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["etag"].startswith('W/"')
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert api.get("/v1/search?q=الهجن").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("sent", ["{}", '"other", {}', "*", "{plain}"])
def test_not_modified(api: TestClient, sent: str) -> None:
    etag = api.get(SEARCH).headers["etag"]
    known = sent.replace("{plain}", etag.removeprefix("W/")).replace("{}", etag)
    answer = api.get(SEARCH, headers={"If-None-Match": known})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == etag
    assert "cache-control" in answer.headers


def test_modified(api: TestClient) -> None:
    assert api.get(SEARCH, headers={"If-None-Match": 'W/"0000"'}).status_code == 200


@pytest.mark.parametrize(
    ("address", "policy"),
    [
        (SEARCH, "public, max-age=30"),
        ("/v1/search?since=2024-01-01T00:00:00Z", "no-cache"),
        ("/v1/search?cursor=*&sort=loaded", "no-cache"),
        ("/v1/articles/a001", "public, max-age=30"),
        ("/v1/articles/nothing", "no-store"),
        ("/v1/search?size=x", "no-store"),
        ("/v1/export.csv?agency=tass", "no-store"),
        ("/v1/status", "no-cache"),
        ("/health/ready", "no-store"),
        ("/metrics", "no-store"),
    ],
)
def test_how_long_an_answer_may_be_kept(api: TestClient, address: str, policy: str) -> None:
    assert api.get(address).headers["cache-control"] == policy


@pytest.mark.parametrize(
    "address", [SEARCH, "/v1/articles/a001", "/v1/export.csv", "/health/live", "/", "/feed.atom"]
)
def test_head(api: TestClient, address: str) -> None:
    """As GET, without content."""
    got, head = api.get(address), api.head(address)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"]
    for name in ("etag", "vary", "cache-control"):
        assert head.headers.get(name) == got.headers.get(name), name


@pytest.mark.parametrize(
    "address",
    [
        SEARCH,
        "/v1/articles/a001",
        "/v1/articles/a001/similar",
        "/v1/agencies",
        "/v1/status",
        "/v1/suggest?q=a",
        "/feed.atom",
        "/opensearch.xml",
        "/opensearch/suggest?q=a",
        "/",
        "/articles/a001",
        "/static/page.css",
    ],
)
def test_every_cacheable_answer_is_validated(api: TestClient, address: str) -> None:
    """A weak ETag, which holds for the compressed answer too, and a 304 with the same headers for
    caches.
    """
    whole = api.get(address)
    etag = whole.headers["etag"]
    assert etag.startswith('W/"')
    known = api.get(address, headers={"If-None-Match": etag})
    assert (known.status_code, known.content) == (304, b"")
    for name in ("etag", "cache-control"):
        assert known.headers[name] == whole.headers[name]
    assert set(whole.headers["vary"].split(", ")) <= set(known.headers["vary"].split(", "))


def test_compression_only_when_asked(api: TestClient) -> None:
    plain = api.get(SEARCH, headers={"Accept-Encoding": "identity"})
    small = api.get(SEARCH, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert plain.headers["vary"] == small.headers["vary"]
    assert plain.headers["etag"] == small.headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("identity, gzip; q=0.0", False),
        ("gzip;q=0.05", True),
        ("br", False),
    ],
)
def test_compression_is_left_out_where_it_is_refused(
    api: TestClient, accepted: str, compressed: bool
) -> None:
    answer = api.get(SEARCH, headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in answer.headers) == compressed


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "address",
    [
        SEARCH,
        "/v1/search?size=0&q=none",
        "/v1/articles/nothing",
        "/v1/export.jsonl",
        "/",
        "/?size=999",
    ],
)
def test_caches_are_told_that_answers_may_be_compressed(
    api: TestClient, address: str, method: str, accepted: str
) -> None:
    answer = api.request(method, address, headers={"Accept-Encoding": accepted})
    assert answer.headers["vary"].split(", ").count("Accept-Encoding") == 1


def test_cors_is_for_those_on_the_list(api: TestClient) -> None:
    allowed = api.get(SEARCH, headers={"Origin": "https://cms.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://cms.example"
    stranger = api.get(SEARCH, headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in stranger.headers
    asked = {"Origin": "https://cms.example", "Access-Control-Request-Method": "GET"}
    assert api.options("/v1/search", headers=asked).status_code == 200
    conditional = asked | {"Access-Control-Request-Headers": "if-none-match, x-request-id"}
    keyed = asked | {"Access-Control-Request-Headers": "authorization"}
    assert api.options("/v1/search", headers=keyed).status_code == 200
    assert api.options("/v1/search", headers=conditional).status_code == 200
    assert (
        api.get("/v1/nowhere", headers=asked).headers["access-control-allow-origin"]
        == "https://cms.example"
    )


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("cms-4711", True), ("a/b:c=1", True), ("x" * 129, False), ("a b", False), ("é", False)],
)
def test_request_ids(api: TestClient, sent: str, kept: bool) -> None:
    """A harmless id of the caller comes back, in errors as well; another is replaced."""
    for address in (SEARCH, "/nowhere", "/v1/search?size=x"):
        answer = api.get(address, headers={b"X-Request-Id": sent.encode()})
        assert (answer.headers["x-request-id"] == sent) == kept
        if answer.status_code >= 400:
            assert answer.json()["request_id"] == answer.headers["x-request-id"]


def test_timing_tells_elasticsearchs_share(api: TestClient) -> None:
    parts = dict(
        part.strip().split(";dur=") for part in api.get(SEARCH).headers["server-timing"].split(",")
    )
    assert float(parts["elasticsearch"]) > 0
    assert float(parts["naba"]) >= 0


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        (SEARCH, "application/json", 200),
        (SEARCH, "text/html, application/*;q=0.5", 200),
        (SEARCH, "*/*;q=0.1", 200),
        # one form only: it is sent (clients made from the description accept what they like)
        (SEARCH, "text/html", 200),
        (SEARCH, "application/json;q=0", 200),
        (SEARCH, "nonsense", 200),
        ("/v1/export.csv", "text/csv", 200),
        ("/v1/export.csv", "application/problem+json", 200),
        ("/v1/export.jsonl", "image/png", 200),
        ("/v1/suggest?q=قم", "text/plain", 200),
        ("/v1/articles/a001/similar", "text/html", 200),
        # two forms: there is a choice
        ("/v1/articles/a001", "application/ld+json", 200),
        ("/v1/articles/a001", "text/html", 406),
        ("/v1/articles/a001", "application/json;q=0, application/ld+json;q=0", 406),
    ],
)
def test_what_the_caller_accepts(api: TestClient, address: str, accept: str, status: int) -> None:
    answer = api.get(address, headers={"Accept": accept})
    assert answer.status_code == status
    if status == 406:
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_next_and_previous_part_stand_in_a_header(api: TestClient) -> None:
    """As in the answer's `links`, for clients that walk by it (RFC 8288)."""
    answer = api.get("/v1/search?q=القمح&size=5&page=2")
    links = answer.json()["links"]
    assert answer.headers["link"] == f'<{links["next"]}>; rel="next", <{links["prev"]}>; rel="prev"'
    assert api.get(links["next"]).status_code == 200
    walk = api.get("/v1/search?cursor=*&sort=loaded&size=100")
    assert walk.headers["link"] == f'<{walk.json()["links"]["next"]}>; rel="next"'
    assert "link" not in api.get("/v1/search?q=القمح&size=0").headers


def test_linked_data_when_preferred(api: TestClient) -> None:
    plain = api.get(
        "/v1/articles/a002", headers={"Accept": "application/json, application/ld+json;q=0.9"}
    )
    linked = api.get(
        "/v1/articles/a002", headers={"Accept": "application/ld+json, application/json;q=0.9"}
    )
    assert plain.json()["id"] == "a002"
    assert linked.headers["content-type"] == "application/ld+json"
    assert linked.json()["@type"] == "NewsArticle"
    assert "Accept" in linked.headers["vary"]
    assert plain.headers["etag"] != linked.headers["etag"]


@pytest.mark.parametrize(
    "address", [SEARCH, "/", "/nowhere", "/v1/search?x=1", "/health/live", "/v1/export.jsonl"]
)
def test_security_headers_are_on_every_answer(api: TestClient, address: str) -> None:
    headers = api.get(address).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_errors_for_people_are_pages(api: TestClient) -> None:
    """The same problem as HTML where a person asks, as JSON where a program does."""
    page = api.get("/nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert (
        api.get("/v1/nowhere", headers={"Accept": "text/html"}).headers["content-type"]
        == "application/problem+json"
    )


def test_metrics_name_routes_not_addresses(api: TestClient) -> None:
    api.get("/v1/articles/a001")
    api.get("/no/such/place")
    text = api.get("/metrics").text
    assert (
        'naba_requests_total{method="GET",route="/v1/articles/{article_id}",status="200"}' in text
    )
    assert 'route="unmatched"' in text
    assert "a001" not in text


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/v1/agencies", "/v1/agencies", 200),
        ("/", "/", 200),
        ("/v1/search?size=x", "/v1/search", 422),
        ("/no", "unmatched", 404),
    ],
)
def test_metrics_count_head_under_its_route(
    api: TestClient, address: str, route: str, status: int
) -> None:
    line = f'naba_requests_total{{method="HEAD",route="{route}",status="{status}"}}'
    before = api.get("/metrics").text
    assert api.head(address).status_code == status
    counts = [
        dict(row.rsplit(" ", 1) for row in text.splitlines()).get(line, "0")
        for text in (before, api.get("/metrics").text)
    ]
    assert float(counts[1]) - float(counts[0]) == 1

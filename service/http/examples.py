"""One example of every answer, for the description of the API. Tests hold them to the models."""

from __future__ import annotations

from typing import Any, Final

ARTICLE: Final[dict[str, Any]] = {
    "id": "aeb4k2xw7dq3mz5n",
    "title": "افتتاح قمة المناخ في دبي",  # climate summit opens in Dubai
    "title_origin": "line",
    "agency": {"id": "wam", "label": "وكالة أنباء الإمارات"},
    "agencies": ["wam"],
    "agency_origin": "dateline",
    "outlet": None,
    "credit": "وام",
    "cited_agencies": ["reuters"],
    "published": "2023-11-30",
    "published_text": "2023-11-30",
    "precision": "day",
    "date_origin": "dateline",
    "published_at": None,
    "updated_at": None,
    "url": None,
    "author": None,
    "section": None,
    "loaded_at": "2024-03-01T06:00:00+00:00",
    "guid": None,
    "version": None,
}
# "Dubai hosts the climate summit today."
BODY: Final = "تستضيف دبي اليوم قمة المناخ."
HIT: Final[dict[str, Any]] = ARTICLE | {
    "score": 11.3,
    "highlight": {
        "title": "افتتاح <mark>قمة</mark> <mark>المناخ</mark> في دبي",
        "body": ["تستضيف دبي اليوم <mark>قمة</mark> <mark>المناخ</mark>."],
    },
    "copies": None,
}
_WORDS = "q=%D9%82%D9%85%D8%A9+%D8%A7%D9%84%D9%85%D9%86%D8%A7%D8%AE"  # climate summit
_CITED = {
    "value": "reuters",
    "label": "رويترز",
    "count": 1,
    "state": None,
    "url": f"/v1/search?{_WORDS}&cited_agency=reuters",
}

SEARCH: Final[dict[str, Any]] = {
    "took_ms": 4,
    "query": {
        "q": "قمة المناخ",
        "match": "all",
        "relaxed": False,
        "where": "anywhere",
        "elsewhere": None,
        "filled": 0,
        "corrected": None,
        "searched": "قمة المناخ",
        "interpreted": {
            "clauses": [
                {"terms": [{"kind": "word", "text": "قمة", "field": None}], "negated": False},
                {"terms": [{"kind": "word", "text": "المناخ", "field": None}], "negated": False},
            ],
            "names": [],
            "agencies": [],
            "not_agencies": [],
            "ignored_words": 0,
        },
    },
    "total": {"articles": 1, "stories": 1, "stories_exact": True},
    "hits": [HIT],
    "facets": {
        "agency": {
            "values": [
                {
                    "value": "wam",
                    "label": "وكالة أنباء الإمارات",
                    "count": 1,
                    "state": None,
                    "url": f"/v1/search?{_WORDS}&agency=wam",
                }
            ],
            "missing": 0,
            "other": 0,
            "missing_url": f"/v1/search?{_WORDS}&agency=none",
            "missing_state": None,
        },
        "cited_agency": {
            "values": [_CITED],
            "missing": 0,
            "other": 0,
            "missing_url": f"/v1/search?{_WORDS}&cited_agency=none",
            "missing_state": None,
        },
        "date": {
            "interval": "year",
            "values": [
                {"value": "2023", "count": 1, "url": f"/v1/search?{_WORDS}&from=2023&to=2023"}
            ],
            "missing": 0,
            "coarser": 0,
            "up": None,
            "missing_url": f"/v1/search?{_WORDS}&date=none",
            "earlier": 0,
        },
    },
    "links": {
        "self": f"/v1/search?{_WORDS}",
        "next": None,
        "prev": None,
        "html": f"/?{_WORDS}&group=false",
        "atom": f"/feed.atom?{_WORDS}",
        "csv": f"/v1/export.csv?{_WORDS}",
    },
}

STORY: Final[dict[str, Any]] = {
    "id": "bq3mz5naeb4k2xw7",
    "total": 2,
    "first_by": "published",
    "copies": [
        {"article": ARTICLE, "first": True, "added": 0, "removed": 0},
        {
            "article": ARTICLE | {"id": "bq3mz5", "published": "2023-12-01"},
            "first": False,
            "added": 12,
            "removed": 3,
        },
    ],
}
# "Dubai hosts today" beside "Dubai opens today"
COMPARED: Final[dict[str, Any]] = {
    "a": ARTICLE,
    "b": ARTICLE | {"id": "bq3mz5"},
    "common": 67,
    "complete": True,
    "pieces": [
        {"kind": "deleted", "a": "تستضيف", "b": ""},
        {"kind": "inserted", "a": "", "b": "تفتتح"},
        {"kind": "same", "a": "دبي اليوم", "b": "دبي اليوم"},
    ],
}
AGENCIES: Final[dict[str, Any]] = {
    "agencies": [
        {
            "id": "wam",
            "label": "وكالة أنباء الإمارات",
            "kind": "agency",
            "domains": ["wam.ae"],
            "articles": 1204,
            "cited": 310,
            "first": "2019-01-01",
            "last": "2024-02-29",
        }
    ],
    "missing": 17,
}
STATUS: Final[dict[str, Any]] = {
    "articles": 31525,
    "last_load": "2024-03-01T06:00:00.000Z",
    "first": "2018-01-01",
    "last": "2018-12-31",
    "generation": "naba-20240301T055500",
    "version": "0.1.0",
    "time_zone": "Asia/Dubai",
}
_ROW = '{"id":"aeb4k2xw7dq3mz5n","title":"افتتاح قمة المناخ في دبي"}\n'
_FEED = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">…</feed>'
_DESCRIPTION = (
    '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">…</OpenSearchDescription>'
)

# path -> media type -> example of its 200.
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "/v1/search": {"application/json": SEARCH},
    "/v1/articles/{article_id}": {
        "application/json": ARTICLE | {"body": BODY},
        "application/ld+json": {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "identifier": "aeb4k2xw7dq3mz5n",
            "headline": "افتتاح قمة المناخ في دبي",
            "datePublished": "2023-11-30",
            "articleBody": BODY,
        },
    },
    "/v1/articles/{article_id}/similar": {
        "application/json": {
            "id": "bq3mz5naeb4k2xw7",
            "story": {"id": "bq3mz5naeb4k2xw7", "total": 0, "copies": []},
            "similar": [HIT],
        }
    },
    "/v1/withdrawals": {
        "application/json": {
            "withdrawn": [
                {
                    "id": "aeb4k2xw7dq3mz5n",
                    "at": "2026-05-01T12:00:00.000Z",
                    "reason": "killed by the agency",
                }
            ]
        }
    },
    "/v1/suggest": {
        "application/json": {"q": "قمة ال", "suggestions": [{"text": "قمة المناخ", "count": 12}]}
    },
    "/v1/stories/{story_id}": {"application/json": STORY},
    "/v1/compare": {"application/json": COMPARED},
    "/v1/agencies": {"application/json": AGENCIES},
    "/v1/status": {"application/json": STATUS},
    "/v1/export.csv": {
        "text/csv": "\ufeffid,title\r\naeb4k2xw7dq3mz5n,افتتاح قمة المناخ في دبي\r\n"
    },
    "/v1/export.jsonl": {"application/x-ndjson": _ROW},
    "/feed.atom": {"application/atom+xml": _FEED},
    "/opensearch.xml": {"application/opensearchdescription+xml": _DESCRIPTION},
    "/opensearch/suggest": {"application/x-suggestions+json": ["قمة ال", ["قمة المناخ"]]},
    "/health/live": {"application/json": {"status": "live"}},
    "/health/ready": {"application/json": {"status": "ready"}},
    "/metrics": {"text/plain": "naba_requests_in_flight 1.0\n"},
}

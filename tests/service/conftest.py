"""A small library of articles in the project's own words, and the service over it on the real node.

Every combination that facets and dates have to count occurs: joint credits, none, cited agencies,
days, months, years, undated articles, copies of one story, one article far in the past and one that
was withdrawn.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from elasticsearch import Elasticsearch, helpers
from fastapi import FastAPI
from fastapi.testclient import TestClient

from mappings.article import Article, Precision
from mappings.index import index_body
from service.app import create_app
from service.settings import ServiceSettings

LOADED = datetime(2024, 3, 1, 6, tzinfo=UTC)

CREDITS: list[tuple[str, ...]] = [
    ("spa",),
    ("wam",),
    ("spa", "wam"),
    (),
    ("tass",),
    ("reuters", "tass"),
    ("wam",),
]
CITED: list[tuple[str, ...]] = [(), ("reuters",), ("tass", "reuters"), (), ("afp",)]
PLACES = ["الرياض", "القاهرة", "تونس", "عمان", "بغداد"]  # Riyadh, Cairo, Tunis, Amman, Baghdad
SUBJECTS = [
    "قمة المناخ",
    "أسعار القمح",
    "معرض الكتاب",
    "سباق الهجن",
]  # climate summit, wheat prices, book fair, camels
DATES: list[tuple[date | None, Precision | None]] = [
    (date(2019, 1, 1), "year"),
    (date(2019, 5, 1), "month"),
    (date(2019, 5, 17), "day"),
    (date(2020, 2, 29), "day"),
    (date(2020, 12, 31), "day"),
    (date(2021, 1, 1), "day"),
    (date(2021, 1, 1), "month"),
    (None, None),
    (date(2021, 7, 9), "day"),
    (date(2021, 7, 1), "year"),
    (date(2022, 3, 3), "day"),
]


def library() -> list[Article]:
    """240 articles; the n-th is made of the n-th value of every list, whose lengths have no common
    divisor.
    """
    articles = []
    for number in range(240):
        published, precision = DATES[number % len(DATES)]
        if published and precision == "year":
            published = published.replace(month=1, day=1)
        if published and precision == "day":
            published += timedelta(days=number // 20)
        if number == 100:
            published, precision = date(1805, 8, 1), "day"
        credit = CREDITS[number % len(CREDITS)]
        place, subject = PLACES[number % len(PLACES)], SUBJECTS[number % len(SUBJECTS)]
        articles.append(
            Article(
                id=f"a{number:03}",
                source="library",
                title=f"{subject} في {place}",
                title_origin="line" if number % 3 else "lead",
                body=f"{place} تستضيف {subject} للمرة {number}. حضر الافتتاح وزراء ومسؤولون "
                f"من دول عدة.",
                content_hash=f"h{number}",
                loaded_at=LOADED + timedelta(minutes=number),
                agencies=credit,
                agency_origin="footer" if credit else "none",
                cited_agencies=CITED[number % len(CITED)],
                published=published,
                precision=precision,
                date_origin="dateline" if published else "none",
                story_id=f"s{number - number % 2 if number % 10 < 2 else number}",
                status="withdrawn" if number == 200 else "published",
            )
        )
    return articles


def fill(
    elasticsearch: Elasticsearch, index: str, articles: list[Article], *, alias: str | None = None
) -> None:
    """Create `index` with these articles, searchable at once."""
    elasticsearch.indices.create(
        index=index, aliases={alias: {}} if alias else None, **index_body()
    )
    actions = (
        {"_index": index, "_id": article.id, "_source": article.to_source()} for article in articles
    )
    helpers.bulk(elasticsearch, actions, refresh=True)


@pytest.fixture(scope="session")
def fill_index(elasticsearch: Elasticsearch) -> Callable[..., None]:
    """`fill_index(index, articles, alias=…)`: an index of a test's own articles."""

    def filled(index: str, articles: list[Article], *, alias: str | None = None) -> None:
        fill(elasticsearch, index, articles, alias=alias)

    return filled


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    """The library, for tests that put it elsewhere."""
    return library()


@pytest.fixture(scope="session")
def service_settings(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> ServiceSettings:
    """Settings of a service over the library."""
    alias = f"{index_prefix}-library"
    fill(elasticsearch, f"{alias}-1", library(), alias=alias)
    return ServiceSettings(
        elasticsearch_url=elasticsearch_url, alias=alias, cors_origins=("https://cms.example",)
    )


@pytest.fixture(scope="session")
def service_app(service_settings: ServiceSettings) -> FastAPI:
    """The service over the library."""
    return create_app(service_settings)


@pytest.fixture(scope="session")
def api(service_app: FastAPI) -> Iterator[TestClient]:
    """A client of that service; failures come as answers."""
    with TestClient(service_app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Callable[[FastAPI], str]]:
    """Serves an application on a real socket, for what only a connection shows; gives its
    address.
    """
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: FastAPI) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        running.append((server, thread))
        until(lambda: server.started)
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join()


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until `condition` holds; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on loopback that gives every connection to `answer`, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []
    connections: list[socket.socket] = []

    def answer_one(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            answer(connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connections.append(connection)
                threads.append(threading.Thread(target=answer_one, args=(connection,)))
                threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in [accepting, *threads]:
            thread.join()


@pytest.fixture
def stub() -> Callable[[Callable[[socket.socket], None]], Any]:
    """`with stub(answer) as url`: stands in Elasticsearch's place for what a healthy one never
    does.
    """
    return listening

"""A real service over a real index, looked at with a real browser.

The articles are loaded by `naba load` and served by `naba serve`, each in a process of its own.
Hostile articles are written into the index behind the loader's back: the page must be safe whatever
the index holds.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from elasticsearch import Elasticsearch

from mappings.article import Article

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NABA = str(Path(sys.executable).with_name("naba"))
CHROMIUM = "chromium-headless-shell"
INSTALL = f"apt-get install -y --no-install-recommends {CHROMIUM} fonts-noto-core"

# Everyday words of news: government, market, visit, statement, season, port, school, festival,
# researchers …
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()
# Places; one headline each: "the summit opens in …".
PLACES = (
    "مسقط",
    "الدوحة",
    "عمان",
    "بيروت",
    "القاهرة",
    "الرباط",
    "تونس",
    "الجزائر",
    "نواكشوط",
    "الخرطوم",
    "بغداد",
    "دمشق",
    "صنعاء",
    "المنامة",
    "الكويت",
)
AGENCIES = ("wam", "spa", "xinhua", "")

# What must never run, in every place where text can stand. Each sets window.hit if it does.
HOSTILE = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "</mark><script>window.hit=1</script><mark>",
    "</script><script>window.hit=1</script>",
    "javascript:window.hit=1",
    "{{ 7*7 }}${7*7}",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "\u202eقلب\u202c\u2066",
    "' autofocus onfocus=window.hit=1 x='",
)


def records() -> Iterator[dict[str, Any]]:
    """Articles in the project's own words: 15 about a summit, one with two more copies, 9 about
    other things.
    """
    chance = random.Random(7)

    def body(lead: str) -> str:
        sentences = [" ".join(chance.sample(WORDS, 9)) + "." for _ in range(8)]
        return "\n".join(
            [lead, *(" ".join(sentences[start : start + 2]) for start in (0, 2, 4, 6))]
        )

    for number, place in enumerate(PLACES):
        agency = AGENCIES[number % 4]
        yield {
            "id": f"summit-{number}",
            "title": f"افتتاح القمة الاقتصادية في {place}",
            "text": body(f"افتُتحت القمّة الاقتصادية في {place} بحضور وفود من دول عدة."),
            "published": f"{2018 + number % 4}-0{1 + number % 9}-1{number % 9}",
            "url": f"https://news.example/{number}",
            "publisher": "Gulf Times"
            if number % 2
            else "صحيفة الصباح",  # a newspaper: "the morning"
        } | ({"agency": agency} if agency else {})
    copied = body("أعلن المرصد رصد كسوف نادر للشمس فوق الصحراء.")  # a rare eclipse over the desert
    for number, agency in enumerate(("afp", "dpa", "mena")):
        yield {
            "id": f"eclipse-{number}",
            "title": "كسوف نادر للشمس فوق الصحراء",
            "text": copied,
            "agency": agency,
            "published": "2021-06-10",
        }
    for number in range(9):
        yield {
            "id": f"other-{number}",
            "title": " ".join(chance.sample(WORDS, 5)),
            "text": body(" ".join(chance.sample(WORDS, 12)) + "."),
        }


def hostile_articles() -> Iterator[Article]:
    for number, bad in enumerate(HOSTILE):
        yield Article(
            id=f"hostile-{number}",
            source="hostile",
            title=f"عدائي {bad}",  # "hostile"
            title_origin="line",
            body=f"نص عدائي {bad} بعده كلام.\n{bad}",
            content_hash=str(number),
            loaded_at=datetime(2024, 1, 1, tzinfo=UTC),
            outlet=bad,
            agencies=(bad,),
            agency_origin="footer",
            credit=bad,
            author=bad,
            section=bad,
            url="javascript:window.hit=1" if number % 2 else bad,
            published_text=bad,
        )


@pytest.fixture(scope="session")
def address(
    elasticsearch_url: str,
    elasticsearch: Elasticsearch,
    index_prefix: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Where the service answers, over the articles above."""
    folder = tmp_path_factory.mktemp("browser")
    alias = f"{index_prefix}-browser"
    (folder / "articles.jsonl").write_bytes(
        b"\n".join(orjson.dumps(record) for record in records())
    )
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "NABA_ELASTICSEARCH_URL": elasticsearch_url,
        "NABA_ALIAS": alias,
        "NABA_DATA_DIR": str(folder / "data"),
        "NABA_PORT": "0",
    }
    loaded = subprocess.run(
        [NABA, "load", str(folder / "articles.jsonl")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert loaded.returncode == 0, loaded.stderr
    for article in hostile_articles():
        elasticsearch.index(index=alias, id=article.id, document=article.to_source())
    elasticsearch.indices.refresh(index=alias)
    with subprocess.Popen(
        [NABA, "serve"], env=environment, stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            assert service.stdout is not None
            said = next((line for line in service.stdout if "http://" in line), "")
            found = said[said.index("http://") :].split()[0].rstrip("/")
            yield found
        finally:
            service.terminate()
            service.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests are skipped, in CI they fail."""
    executable = shutil.which(CHROMIUM)
    if executable is None:
        reason = f"needs a browser: {INSTALL}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a path of the service in a fresh browser window; errors of page or script fail the test
    at its end.
    """
    contexts = []
    problems: list[str] = []

    def opened(path: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=address, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: problems.append(message.text) if message.type == "error" else None,
        )
        page.on("dialog", lambda dialog: problems.append(f"dialog {dialog.message}"))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    # A page that was refused on purpose (404, 422) is reported by the browser, too.
    assert [problem for problem in problems if "Failed to load resource" not in problem] == []

"""Fixtures for the whole suite.

`elasticsearch_url` is a real node: the one NABA_ELASTICSEARCH_URL names, else a throw-away node
with a small heap that the suite starts once. Every test that indexes takes its own names under
`index_prefix`; whatever has such a name at the end is deleted. `shared` is the folder of corpora
beside the project, which not every machine has.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from elasticsearch import Elasticsearch, OrjsonSerializer

from naba.node.temporary import temporary_node
from naba.settings import NodeSettings

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"

_OUTSIDE_URL = pytest.StashKey[str | None]()
# Where Elasticsearch is fetched to changes no behaviour; every other setting of the shell would.
_KEPT_SETTINGS = ("NABA_CACHE_DIR", "NABA_ELASTICSEARCH_HOME")


def pytest_configure(config: pytest.Config) -> None:
    """Take the shell's settings away from the tests, and let a polite end clean up as Ctrl-C
    does.
    """
    config.stash[_OUTSIDE_URL] = os.environ.get("NABA_ELASTICSEARCH_URL")
    for name in [
        name for name in os.environ if name.startswith("NABA_") and name not in _KEPT_SETTINGS
    ]:
        del os.environ[name]

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: while its driver lives, no other test can start an event loop
    of its own.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped in CI is one that nobody runs: it fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if (
        reporter
        and reporter.stats.get("skipped")
        and os.environ.get("CI") == "true"
        and not session.exitstatus
    ):
        reporter.write_line("A skipped test fails the run where CI=true.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def elasticsearch_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """A real Elasticsearch 9, one for the whole run."""
    outside = pytestconfig.stash[_OUTSIDE_URL]
    if outside:
        yield outside
        return
    with temporary_node(
        NodeSettings(), say=lambda sentence: print(sentence, file=sys.__stderr__)
    ) as url:
        yield url


@pytest.fixture(scope="session")
def elasticsearch(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    """A client of that node."""
    with Elasticsearch(
        elasticsearch_url, serializer=OrjsonSerializer(), request_timeout=60
    ) as client:
        yield client


@pytest.fixture(scope="session")
def index_prefix(elasticsearch: Elasticsearch, pytestconfig: pytest.Config) -> Iterator[str]:
    """What the names of this run's indices and aliases begin with; such indices are gone at the
    end.
    """
    prefix = f"test-{secrets.token_hex(4)}"
    yield prefix
    if pytestconfig.stash[_OUTSIDE_URL] is None:
        return  # the node goes with all it holds
    # By name: a wildcard that deletes is refused by default. Some at a time: an address may not be
    # longer than 4 KB.
    names = list(
        elasticsearch.indices.get(index=f"{prefix}*", expand_wildcards="all", features="aliases")
    )
    for start in range(0, len(names), 50):
        elasticsearch.indices.delete(index=names[start : start + 50])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and measurements beside the project; the test is skipped where there is
    none.
    """
    if not SHARED.is_dir():
        reason = f"needs the corpora in {SHARED}, which this machine does not have"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED

"""Batches on their way to a real Elasticsearch, under the faults of networks and of full nodes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Event, Timer

import pytest
from elasticsearch import Elasticsearch

from loader.index.bulk import BulkSender, read_versions
from loader.index.documents import Action, Version, bulk_action
from loader.index.retries import Patience
from mappings.article import Article
from mappings.connection import connect
from mappings.settings import IndexSettings
from tests.loader.faulty_proxy import Proxy

Make = Callable[..., Article]


@pytest.fixture
def index(es: Elasticsearch, alias: str) -> str:
    """A small index; what matters here is the way there."""
    es.indices.create(
        index=alias,
        settings={"number_of_replicas": 0},
        mappings={"dynamic": False, "properties": {"published": {"type": "date"}}},
    )
    return alias


@pytest.fixture
def through(proxy: Proxy) -> Iterator[Elasticsearch]:
    """A client that goes through the proxy."""
    with connect(IndexSettings(), proxy.url) as client:
        yield client


def new(articles: Sequence[Article]) -> list[Action]:
    return [bulk_action(article, {}, None) for article in articles]


def versions(es: Elasticsearch, index: str) -> dict[str, int]:
    """How often each document was written."""
    es.indices.refresh(index=index)
    hits = es.search(index=index, size=1_000, version=True)["hits"]["hits"]
    return {hit["_id"]: hit["_version"] for hit in hits}


def test_everything_is_in(es: Elasticsearch, index: str, make_article: Make) -> None:
    sent = BulkSender(es, index, Patience(5)).send(new([make_article(n) for n in range(300)]))
    assert sent.gave_up is None
    assert sent.decided == {f"article-{n}": None for n in range(300)}
    assert len(versions(es, index)) == 300


def test_nothing_to_send(es: Elasticsearch, index: str) -> None:
    assert BulkSender(es, index, Patience(5)).send([]).decided == {}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda proxy: proxy.lose_answer(), id="answer-lost"),
        pytest.param(lambda proxy: proxy.truncate_answer(), id="answer-truncated"),
        pytest.param(lambda proxy: proxy.cut(), id="connection-reset"),
        pytest.param(
            lambda proxy: proxy.refuse(429, "es_rejected_execution_exception"), id="queue-full"
        ),
        pytest.param(
            lambda proxy: proxy.refuse(503, "unavailable_shards_exception"), id="no-shard"
        ),
        pytest.param(lambda proxy: proxy.refuse(502, "bad_gateway"), id="gateway"),
        pytest.param(
            lambda proxy: (proxy.lose_answer(), proxy.cut(), proxy.lose_answer()),
            id="one-after-the-other",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["new", "update"])
def test_a_passing_fault_leaves_each_article_written_once(
    es: Elasticsearch,
    through: Elasticsearch,
    proxy: Proxy,
    index: str,
    make_article: Make,
    kind: str,
    fault: Callable[[Proxy], object],
) -> None:
    actions = new([make_article(n) for n in range(20)])
    if kind == "update":
        BulkSender(es, index, Patience(5)).send(actions)
        stored = read_versions(es, index, [action.id for action in actions])
        changed = [make_article(n, "نص مصحح") for n in range(20)]  # corrected text
        actions = [bulk_action(article, {}, stored[article.id]) for article in changed]
    fault(proxy)
    sent = BulkSender(through, index, Patience(20)).send(actions)
    assert sent.gave_up is None
    assert set(sent.decided.values()) == {None}
    assert set(versions(es, index).values()) == {1 if kind == "new" else 2}
    assert {v.content_hash for v in read_versions(es, index, list(sent.decided)).values()} == {
        action.content_hash for action in actions
    }


def test_items_are_judged_one_by_one(
    es: Elasticsearch, through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    """201, 429 and 400 in one answer of HTTP 200: only the 429 goes out again."""
    proxy.refuse_items(
        {
            "article-1": (429, "es_rejected_execution_exception"),
            "article-2": (400, "mapper_exception"),
        }
    )
    sent = BulkSender(through, index, Patience(20)).send(new([make_article(n) for n in range(4)]))
    assert {key: refusal and refusal.reason for key, refusal in sent.decided.items()} == {
        "article-0": None,
        "article-1": None,
        "article-2": "mapper_exception",
        "article-3": None,
    }
    assert [_ids(body) for body in proxy.bulks] == [
        [f"article-{n}" for n in range(4)],
        ["article-1"],
    ]
    assert set(versions(es, index)) == {"article-0", "article-1", "article-3"}


def test_a_real_poisoned_article_is_refused_alone(
    es: Elasticsearch, index: str, make_article: Make
) -> None:
    good, poisoned = make_article(1), make_article(2)
    bad = replace(bulk_action(poisoned, {"published": "the day before yesterday"}, None))
    sent = BulkSender(es, index, Patience(5)).send([*new([good]), bad])
    assert sent.decided[good.id] is None
    refusal = sent.decided[poisoned.id]
    assert refusal is not None
    assert refusal.reason == "document_parsing_exception"


def test_an_article_for_whose_sake_the_whole_request_is_refused_is_found(
    es: Elasticsearch, through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    proxy.refuse_whole_for(b'"article-37"')
    sent = BulkSender(through, index, Patience(5)).send(new([make_article(n) for n in range(64)]))
    assert {key: refusal.reason for key, refusal in sent.decided.items() if refusal} == {
        "article-37": "refused"
    }
    assert len(versions(es, index)) == 63
    assert len(proxy.bulks) == 1 + 2 * 6  # halves of 64, six times


def test_a_request_that_is_too_large_is_halved_and_never_repeated(
    es: Elasticsearch, through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    proxy.refuse_larger_than(2_000)
    articles = [*(make_article(n) for n in range(8)), make_article(8, "كلمة " * 1_000)]
    sent = BulkSender(through, index, Patience(5)).send(new(articles))
    assert {key: refusal.reason for key, refusal in sent.decided.items() if refusal} == {
        "article-8": "too-large"
    }
    assert len(versions(es, index)) == 8
    assert len(set(proxy.bulks)) == len(proxy.bulks)


def test_the_delay_grows_between_attempts(
    through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    proxy.refuse(429, "es_rejected_execution_exception", times=3)
    assert BulkSender(through, index, Patience(20)).send(new([make_article(1)])).gave_up is None
    delays = [after - before for before, after in zip(proxy.times, proxy.times[1:], strict=False)]
    # 0.25, 0.5 and 1 seconds, each with up to half a second of jitter (and what the machine adds).
    assert all(least <= delay for least, delay in zip([0.25, 0.5, 1.0], delays, strict=True)), (
        delays
    )


def test_patience_has_an_end_and_every_article_a_reason(
    through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    said: list[str | None] = []
    proxy.refuse(429, "es_rejected_execution_exception", times=50)
    patience = Patience(1, waiting=said.append)
    sent = BulkSender(through, index, patience).send(new([make_article(n) for n in range(3)]))
    assert sent.gave_up is not None
    assert {refusal.reason for refusal in sent.decided.values() if refusal} == {"busy"}
    assert len(sent.decided) == 3
    assert any(sentence and "429" in sentence for sentence in said)


def test_stopping_cuts_the_waiting_short(
    through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    proxy.refuse(429, "es_rejected_execution_exception", times=50)
    stopping = Event()
    timer = Timer(0.5, stopping.set)
    timer.start()
    sent = BulkSender(through, index, Patience(300, stopping)).send(new([make_article(1)]))
    timer.join()
    assert sent.gave_up is not None
    assert len(proxy.bulks) < 10


@pytest.mark.parametrize("block", ["index.blocks.read_only_allow_delete", "index.blocks.write"])
def test_a_read_only_index_is_waited_for(
    es: Elasticsearch, index: str, make_article: Make, block: str
) -> None:
    """The first is what Elasticsearch sets when its disk is flooded."""
    es.indices.put_settings(index=index, settings={block: True})
    said: list[str | None] = []
    lift = Timer(1, es.indices.put_settings, kwargs={"index": index, "settings": {block: None}})
    lift.start()
    sent = BulkSender(es, index, Patience(20, waiting=said.append)).send(new([make_article(1)]))
    lift.join()
    assert sent.decided == {"article-1": None}
    assert any(sentence and "refuses to write" in sentence for sentence in said)
    assert said[-1] is None


def test_a_disk_that_stays_full_is_a_clear_failure(
    es: Elasticsearch, index: str, make_article: Make
) -> None:
    es.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    sent = BulkSender(es, index, Patience(0)).send(new([make_article(1)]))
    assert (
        sent.gave_up == "Elasticsearch refuses to write, its disk is nearly full: free some space."
    )
    refusal = sent.decided["article-1"]
    assert refusal is not None
    assert refusal.reason == "read-only"


def test_a_missing_index_stops_at_once_and_every_article_is_told(
    es: Elasticsearch, alias: str, make_article: Make
) -> None:
    sent = BulkSender(es, alias, Patience(60)).send(new([make_article(1), make_article(2)]))
    assert sent.gave_up == "The index was deleted while it was being loaded: load again."
    assert {key: refusal and refusal.detail for key, refusal in sent.decided.items()} == {
        "article-1": sent.gave_up,
        "article-2": sent.gave_up,
    }


@pytest.mark.parametrize(
    ("status", "words"), [(401, "does not accept the key"), (403, "may not do this")]
)
def test_a_refused_key_stops_at_once(
    through: Elasticsearch, proxy: Proxy, index: str, make_article: Make, status: int, words: str
) -> None:
    proxy.refuse(status, "security_exception")
    sent = BulkSender(through, index, Patience(60)).send(new([make_article(1)]))
    assert sent.gave_up is not None
    assert words in sent.gave_up
    assert len(proxy.bulks) == 1


def test_an_article_of_somebody_else_is_not_overwritten(
    es: Elasticsearch, index: str, make_article: Make
) -> None:
    theirs, ours = make_article(1, "نصهم"), make_article(1, "نصنا")  # their text, our text
    BulkSender(es, index, Patience(5)).send(new([theirs]))
    for action in (
        new([ours])[0],
        bulk_action(ours, {}, Version("another", seq_no=99, primary_term=1)),
    ):
        refusal = BulkSender(es, index, Patience(5)).send([action]).decided[ours.id]
        assert refusal is not None
        assert refusal.reason == "conflict"
    assert read_versions(es, index, [ours.id])[ours.id].content_hash == theirs.content_hash


def test_an_update_survives_that_its_article_joins_a_story_meanwhile(
    es: Elasticsearch, through: Elasticsearch, proxy: Proxy, index: str, make_article: Make
) -> None:
    before, after = make_article(1), make_article(1, "نص مصحح")
    BulkSender(es, index, Patience(5)).send(new([before]))
    stored = read_versions(es, index, [before.id])
    proxy.before(lambda: es.update(index=index, id=before.id, doc={"story_id": "another"}))
    sent = BulkSender(through, index, Patience(20)).send(
        [bulk_action(after, {}, stored[before.id])]
    )
    assert sent.decided == {after.id: None}
    assert read_versions(es, index, [after.id])[after.id].content_hash == after.content_hash


def test_versions_of_what_is_stored(es: Elasticsearch, index: str, make_article: Make) -> None:
    article = make_article(1)
    BulkSender(es, index, Patience(5)).send(new([article]))
    assert read_versions(es, index, [article.id, "not-there"]) == {
        article.id: Version(article.content_hash, 0, 1)
    }


def _ids(body: bytes) -> list[str]:
    return [next(iter(json.loads(line).values()))["_id"] for line in body.splitlines()[::2]]

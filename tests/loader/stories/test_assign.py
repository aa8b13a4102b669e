"""Near-duplicates grouped while loading: the same groups whatever the order, and sane ones after
changes.
"""

from __future__ import annotations

import gc
import itertools
import random
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from threading import Timer

import pytest
from elasticsearch import Elasticsearch

from loader.index.retries import Patience
from loader.stories.assign import Stories
from loader.stories.fingerprints import alike, fingerprint
from loader.stories.index import StoryIndex
from mappings.article import Article, Field
from mappings.index import index_body
from tests.loader.story_archive import NEW_YEAR, Archive, article, edited, grouped, groups_of, text


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    """One index for all tests: to empty it costs a tenth of making another."""
    name = f"{index_prefix}-stories"
    body = index_body()
    fields = (Field.ID, Field.STORY_ID, Field.STORY_BANDS, Field.PUBLISHED, Field.PUBLISHED_END)
    elasticsearch.indices.create(
        index=name,
        settings={"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
        mappings={"properties": {field: body["mappings"]["properties"][field] for field in fields}},
    )
    return name


@pytest.fixture
def archive(elasticsearch: Elasticsearch, index: str) -> Archive:
    archive = Archive(elasticsearch, index)
    archive.clear()
    return archive


@pytest.mark.parametrize(
    ("case", "other", "together"),
    [
        ("the same text on the same day", article("b", text(1)), True),
        ("the same text two days later", article("b", text(1), NEW_YEAR + timedelta(days=2)), True),
        (
            "the same text three days later",
            article("b", text(1), NEW_YEAR + timedelta(days=3)),
            False,
        ),
        (
            "the same text three days before",
            article("b", text(1), NEW_YEAR - timedelta(days=3)),
            False,
        ),
        ("the same text without a date", article("b", text(1), None), True),
        ("the same text of that month", article("b", text(1), NEW_YEAR, "month"), True),
        ("the same text of next year", article("b", text(1), date(2022, 1, 1), "year"), False),
        ("a tenth of the text edited", article("b", edited(text(1), 0.1)), True),
        ("half of the text edited", article("b", edited(text(1), 0.5)), False),
        ("another text", article("b", text(2)), False),
    ],
)
@pytest.mark.parametrize("apart", [False, True], ids=["one batch", "two loads"])
def test_what_makes_a_story(
    archive: Archive, case: str, other: Article, together: bool, apart: bool
) -> None:
    first = article("a", text(1))
    if apart:
        archive.load([first])
        archive.load([other])
    else:
        archive.load([first, other])
    assert archive.groups() == (groups_of("ab") if together else groups_of("a", "b")), case


def test_an_article_without_a_copy_is_a_story_under_its_own_id(archive: Archive) -> None:
    archive.load(
        [article("a", text(1)), article("b", "خبر عاجل قصير"), article("c", "خبر عاجل قصير")]
    )
    assert archive.stories() == {"a": "a", "b": "b", "c": "c"}


def test_a_story_keeps_the_name_of_the_article_that_came_first(archive: Archive) -> None:
    archive.load([article("m", text(1)), article("z", text(1))])
    archive.load([article("a", text(1))])
    assert archive.stories() == {"m": "m", "z": "m", "a": "m"}


def bridge() -> tuple[Article, Article, Article]:
    """Two articles that are no copies of each other, and a third that is a copy of both."""
    body = text("bridge", 100)
    words = body.split()
    left = " ".join([*text("left", 16).split(), *words[16:]])
    right = " ".join([*words[:-16], *text("right", 16).split()])
    return article("l", left), article("r", right), article("x", body)


def test_a_copy_of_two_stories_joins_them(archive: Archive) -> None:
    left, right, middle = bridge()
    archive.load([left, replace(left, id="k"), right])
    assert archive.groups() == groups_of("kl", "r")
    archive.load([middle])
    assert archive.stories() == {"k": "l", "l": "l", "r": "l", "x": "l"}


def test_when_the_article_between_them_changes_they_part_again(archive: Archive) -> None:
    left, right, middle = bridge()
    archive.load([left, right, middle])
    assert archive.groups() == groups_of("lrx")
    archive.load([replace(middle, body=text("new"))])
    stories = archive.stories()
    assert grouped(stories) == groups_of("l", "r", "x")
    assert stories["l"] == "l"


def test_an_article_that_leaves_its_name_behind_takes_another(archive: Archive) -> None:
    archive.load([article("a", text(1)), article("b", text(1)), article("c", text(1))])
    archive.load([article("a", text(2))])
    stories = archive.stories()
    assert (stories["b"], stories["c"]) == ("a", "a")
    assert stories["a"].startswith("a-")
    archive.load([article("d", text(2))])
    assert archive.groups() == groups_of("ad", "bc")


def test_a_correction_stays_in_its_story(archive: Archive) -> None:
    archive.load([article("a", text(1)), article("b", text(1))])
    archive.load([article("a", edited(text(1), 0.05))])
    assert archive.stories() == {"a": "a", "b": "a"}


def test_loading_twice_changes_nothing(archive: Archive) -> None:
    articles = [*bridge(), *(article(id_, text(1)) for id_ in "ab"), article("c", text(2))]
    archive.load(articles)
    before = archive.stories()
    archive.load(articles)
    assert archive.stories() == before


def test_the_same_batch_again_after_a_failure_changes_nothing(archive: Archive) -> None:
    stories = Stories(archive.client, archive.index)
    batch = [*bridge(), article("a", text(1)), article("b", text(1))]
    first = stories.assign(batch)
    assert stories.assign(batch) == first


def test_two_versions_of_an_article_in_one_load(archive: Archive) -> None:
    archive.load([article("a", text(1)), article("b", text(2)), article("a", text(2))], batch=1)
    assert archive.groups() == groups_of("ab")


def test_an_article_that_was_never_written_harms_no_move(archive: Archive) -> None:
    left, right, middle = bridge()
    stories = Stories(archive.client, archive.index, remembered=1)
    stories.assign([left])  # refused by the index for another reason
    archive.write([right], stories.assign([right]))
    archive.write([middle], stories.assign([middle]))
    stories.finish()
    assert archive.groups() == groups_of("rx")


def test_a_move_waits_for_an_index_that_takes_no_writes(archive: Archive) -> None:
    def full(yes: bool | None) -> None:
        archive.client.indices.put_settings(
            index=archive.index, settings={"index.blocks.read_only_allow_delete": yes}
        )

    archive.load([article("a", text(1))])
    full(True)
    lift = Timer(0.5, full, [None])
    lift.start()
    stories = StoryIndex(archive.client, archive.index)
    Patience(20).call(archive.client, lambda: stories.move({"a": "b"}))
    lift.join()
    stories.refresh()
    assert [member.story for member in stories.in_stories(["b"])] == ["b"]


def families(seed: int) -> list[Article]:
    """90 articles: stories of one to six edited copies over several days, some undated, some very
    short.
    """
    chance = random.Random(seed)
    found: list[Article] = []
    for family in range(30):
        body = text((seed, family), chance.choice((9, 15, 40, 120)))
        first = NEW_YEAR + timedelta(days=chance.randrange(10))
        for copy in range(chance.choice((1, 1, 2, 3, 6))):
            day = None if chance.random() < 0.1 else first + timedelta(days=chance.randrange(4))
            changed = edited(body, chance.choice((0, 0.05, 0.1, 0.15, 0.2)), copy)
            found.append(article(f"{family:02}{copy}", changed, day))
    return found


def by_comparing_all(articles: Sequence[Article]) -> set[frozenset[str]]:
    """The groups that comparing every pair of articles gives."""
    prints = {one.id: fingerprint(one) for one in articles}
    group = {one.id: {one.id} for one in articles}
    for one, other in itertools.combinations(articles, 2):
        first, second = prints[one.id], prints[other.id]
        dated = one.published and other.published
        near = not dated or abs((one.published - other.published).days) <= 2  # type: ignore[operator]
        if first and second and near and alike(first, [second])[0]:
            joined = group[one.id] | group[other.id]
            for id_ in joined:
                group[id_] = joined
    return {frozenset(members) for members in group.values()}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_loading_does_not_decide_who_belongs_together(
    archive: Archive, seed: int
) -> None:
    """Whatever the order, the size of batches and how little is remembered, the groups are those of
    comparing all.
    """
    articles = families(seed)
    expected = by_comparing_all(articles)
    assert any(len(group) > 2 for group in expected)
    chance = random.Random(seed)
    for _ in range(3):
        archive.clear()
        order = chance.sample(articles, len(articles))
        cut = chance.randrange(len(order))
        for part in (order[:cut], order[cut:]):  # two loads
            archive.load(
                part, batch=chance.choice((4, 11, 50)), remembered=chance.choice((4, 20, 500))
            )
        assert archive.groups() == expected


def test_changes_leave_the_same_groups_as_loading_the_changed_articles_alone(
    archive: Archive,
) -> None:
    articles = {one.id: one for one in families(9)}
    archive.load(articles.values())
    chance = random.Random(9)
    for _ in range(4):
        changed = [
            replace(articles[id_], body=articles[chance.choice(list(articles))].body)
            for id_ in chance.sample(list(articles), 8)
        ]
        articles |= {one.id: one for one in changed}
        archive.load(changed, batch=3, remembered=5)
    assert archive.groups() == by_comparing_all(list(articles.values()))


def test_memory_does_not_grow_with_the_corpus(archive: Archive) -> None:
    stories = Stories(archive.client, archive.index, remembered=100)
    held: list[int] = []
    tracemalloc.start()
    try:
        for number in range(10):
            batch = [
                article(f"{number}-{place}", text((number, place), 30)) for place in range(100)
            ]
            archive.write(batch, stories.assign(batch))
            del batch
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert max(held[7:]) < 1.2 * max(held[3:7])

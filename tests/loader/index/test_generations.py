"""Generations behind an alias, on a real Elasticsearch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from elasticsearch import ConnectionTimeout, Elasticsearch

from loader.index.generations import GenerationError, Generations
from mappings.article import Article
from mappings.index import INDEX_VERSION, index_body

Make = Callable[..., Article]
BEGUN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def generations(es: Elasticsearch, alias: str, plain_index: None) -> Generations:
    """The generations of an alias of the test's own."""
    return Generations(es, alias)


def made(generations: Generations, hours: int = 0) -> str:
    """A finished generation begun some hours after BEGUN."""
    name = generations.create(BEGUN + timedelta(hours=hours)).name
    generations.finish(name)
    return name


def settings_of(es: Elasticsearch, name: str) -> dict[str, Any]:
    found: dict[str, Any] = es.indices.get_settings(index=name)[name]["settings"]["index"]
    return found


def test_nothing_yet(generations: Generations) -> None:
    assert generations.all() == []
    assert generations.current() is None


def test_being_built_and_finished(es: Elasticsearch, generations: Generations, alias: str) -> None:
    name = generations.create(BEGUN).name
    assert name == f"{alias}-20260102t030405"
    assert settings_of(es, name)["refresh_interval"] == "-1"
    [building] = generations.all()
    assert (building.state, building.current, building.created) == ("building", False, BEGUN)
    generations.finish(name)
    generations.finish(name)
    wanted = index_body()["settings"]
    assert settings_of(es, name)["refresh_interval"] == wanted["refresh_interval"]
    assert settings_of(es, name)["auto_expand_replicas"] == wanted["auto_expand_replicas"]
    [complete] = generations.all()
    assert (complete.state, complete.version) == ("complete", INDEX_VERSION)


def test_promoted_in_one_step(es: Elasticsearch, generations: Generations, alias: str) -> None:
    first, second = made(generations), made(generations, hours=1)
    assert generations.promote(first) is None
    assert generations.promote(second) == first
    assert list(es.indices.get_alias(name=alias)) == [second]
    assert generations.promote(second) == second


def test_rolled_back_as_often_as_there_is_an_earlier_one(generations: Generations) -> None:
    first, second, third = (made(generations, hours=hours) for hours in range(3))
    generations.promote(third)
    assert generations.rollback() == (second, third)
    assert generations.rollback() == (first, second)
    with pytest.raises(GenerationError, match="no complete generation before"):
        generations.rollback()
    generations.promote(third)
    assert [generation.current for generation in generations.all()] == [False, False, True]


def test_a_half_built_generation_is_no_way_back(generations: Generations) -> None:
    generations.create(BEGUN)
    generations.promote(made(generations, hours=1))
    with pytest.raises(GenerationError, match="no complete generation before"):
        generations.rollback()


def test_nothing_to_roll_back_from(generations: Generations) -> None:
    with pytest.raises(GenerationError, match="Nothing serves"):
        generations.rollback()


def test_the_current_one_is_never_deleted(generations: Generations) -> None:
    first, second = made(generations), made(generations, hours=1)
    generations.promote(first)
    with pytest.raises(GenerationError, match="promote another one first"):
        generations.delete(first)
    generations.delete(second)
    assert [generation.name for generation in generations.all()] == [first]


@pytest.mark.parametrize("call", [Generations.get, Generations.promote, Generations.delete])
def test_only_generations_can_be_named(
    es: Elasticsearch,
    generations: Generations,
    alias: str,
    call: Callable[[Generations, str], object],
) -> None:
    es.indices.create(index=f"{alias}-lock", settings={"number_of_replicas": 0})
    for name in (f"{alias}-lock", f"{alias}-20260101t000000", "*", f"{alias}-*"):
        with pytest.raises(GenerationError, match="There is no generation"):
            call(generations, name)
    assert es.indices.exists(index=f"{alias}-lock")


def test_indices_of_an_alias_that_begins_alike_are_not_ours(
    es: Elasticsearch, generations: Generations
) -> None:
    other = Generations(es, f"{generations.alias}-archive")
    name = made(other)
    assert generations.all() == []
    assert [generation.name for generation in other.all()] == [name]


def test_pruning_keeps_the_way_back(generations: Generations) -> None:
    names = [made(generations, hours=hours) for hours in range(4)]
    generations.promote(names[3])
    assert generations.prune(keeping=names[2]) == names[:2]
    assert [generation.name for generation in generations.all()] == names[2:]


def test_two_in_one_second_follow_each_other(generations: Generations) -> None:
    first, second = generations.create(BEGUN), generations.create(BEGUN)
    assert (first.created, second.created) == (BEGUN, BEGUN + timedelta(seconds=1))


@pytest.mark.parametrize("current", [True, False], ids=["serving", "not-serving"])
def test_what_a_crash_left_is_set_right(
    es: Elasticsearch, generations: Generations, current: bool
) -> None:
    complete = made(generations)
    left = generations.create(BEGUN + timedelta(hours=1)).name
    generations.promote(left if current else complete)
    [sentence] = generations.repair()
    assert left in sentence
    assert generations.repair() == []
    assert [generation.name for generation in generations.all()] == (
        [complete, left] if current else [complete]
    )
    if current:
        assert (
            settings_of(es, left)["refresh_interval"]
            == index_body()["settings"]["refresh_interval"]
        )


def test_a_generation_of_another_version_is_not_promoted(
    es: Elasticsearch, generations: Generations
) -> None:
    name = made(generations)
    es.indices.put_mapping(index=name, meta={"version": INDEX_VERSION + 1})
    with pytest.raises(GenerationError, match=r"naba load --replace"):
        generations.promote(name)


def test_an_index_in_the_place_of_the_alias(
    es: Elasticsearch, generations: Generations, alias: str
) -> None:
    es.indices.create(index=alias, settings={"number_of_replicas": 0})
    with pytest.raises(GenerationError, match="is an index, not an alias"):
        generations.current()


def test_an_alias_of_somebody_else(es: Elasticsearch, generations: Generations, alias: str) -> None:
    es.indices.create(
        index=f"{alias}-theirs", settings={"number_of_replicas": 0}, aliases={alias: {}}
    )
    with pytest.raises(GenerationError, match="which Naba did not build"):
        generations.current()


def segments(es: Elasticsearch, name: str) -> int:
    return len(es.cat.segments(index=name, format="json").body)


@pytest.mark.parametrize(("written", "merged"), [(12, True), (2, True), (1, False)])
def test_merged_when_a_tenth_was_written(
    es: Elasticsearch, generations: Generations, make_article: Make, written: int, merged: bool
) -> None:
    name = generations.create(BEGUN).name
    for n in range(12):
        es.index(index=name, id=str(n), document=make_article(n).to_source())
        if n % 3 == 2:  # four segments: too few for Elasticsearch to merge them by itself
            es.indices.refresh(index=name)
    before = segments(es, name)
    assert before > 1
    generations.merge(name, written)
    es.indices.refresh(index=name)
    assert segments(es, name) == (1 if merged else before)


def test_a_merge_that_fails_is_no_error(
    generations: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = made(generations)

    def lost(*_: object) -> None:
        raise ConnectionTimeout("it takes long")

    monkeypatch.setattr(Generations, "get", lost)
    generations.merge(name, written=1)


def test_verified_by_count_and_by_search(
    es: Elasticsearch, generations: Generations, make_article: Make
) -> None:
    articles = [make_article(n, f"نص فريد رقم {n}") for n in range(3)]  # a unique text
    name = generations.create(BEGUN).name
    for article in articles:
        es.index(index=name, id=article.id, document=article.to_source())
    generations.finish(name)
    generations.verify(name, 3, articles)
    with pytest.raises(GenerationError, match="holds 3 articles where 4 were loaded"):
        generations.verify(name, 4, articles)
    with pytest.raises(GenerationError, match="does not find article article-9"):
        generations.verify(name, 3, [make_article(9)])


def test_verified_although_a_body_has_no_words(
    es: Elasticsearch, generations: Generations, make_article: Make
) -> None:
    article = make_article(1, "…")
    name = generations.create(BEGUN).name
    es.index(index=name, id=article.id, document=article.to_source())
    generations.finish(name)
    generations.verify(name, 1, [article])

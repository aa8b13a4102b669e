"""The index as the search for near-duplicates uses it: who shares a band, who is in a story, and
moves between stories.

Only `loader/stories/assign.py` uses it. A search sees what was written before the last refresh;
what this object has moved since then it knows itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from loader.stories.members import DAYS_APART, Member
from mappings.article import Field

# Answers to one question. A batch of 500 finds some 40 articles in a year of news; where more than
# this share bands, the question is halved.
LARGEST_ANSWER = 2_000
# Elasticsearch's window; a story this large is a formula, and the rest of it is left alone
LARGEST_STORY = 10_000

_WANTED = [Field.STORY_ID, Field.STORY_BANDS, Field.PUBLISHED, Field.PUBLISHED_END]


class StoryIndex:
    """Reads and writes stories in one index."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index
        self._moved: dict[str, str] = {}

    def around(self, members: Sequence[Member]) -> Iterator[Member]:
        """The stored articles that share a band with one of `members` at about its time, and their
        stored versions.
        """
        bands = [band for member in members for band in member.bands]
        ids = [member.id for member in members]
        alternatives: list[dict[str, Any]] = [{"terms": {Field.ID: ids}}]
        if bands:
            alternatives.append(
                {
                    "bool": {
                        "filter": [{"terms": {Field.STORY_BANDS: bands}}, *_about_the_time(members)]
                    }
                }
            )
        response = self._search({"bool": {"should": alternatives}}, LARGEST_ANSWER)
        if (
            response["hits"]["total"]["value"] > LARGEST_ANSWER and len(members) > 1
        ):  # else the first ones do
            middle = len(members) // 2
            yield from self.around(members[:middle])
            yield from self.around(members[middle:])
        else:
            yield from self._members_of(response)

    def in_stories(self, stories: Collection[str]) -> Iterator[Member]:
        """The stored articles of these stories, except those that have moved away since the last
        refresh.
        """
        if not stories:
            return
        moved_here = [id_ for id_, story in self._moved.items() if story in stories]
        query = {
            "bool": {
                "should": [
                    {"terms": {Field.STORY_ID: list(stories)}},
                    {"terms": {Field.ID: moved_here}},
                ]
            }
        }
        for member in self._members_of(self._search(query, LARGEST_STORY)):
            if member.story in stories:
                yield member

    def move(self, stories: Mapping[str, str]) -> None:
        """Write article id -> story. Articles that are not there (their own write failed) are
        passed over.

        Raises ApiError or TransportError; the whole may then be called again.
        """
        if not stories:
            return
        operations: list[dict[str, Any]] = []
        for id_, story in stories.items():
            operations += [
                {"update": {"_id": id_, "retry_on_conflict": 3}},
                {"doc": {Field.STORY_ID: story}},
            ]
        answer = self._client.bulk(index=self._index, operations=operations)
        for item in answer["items"]:
            outcome = item["update"]
            if outcome["status"] >= 400 and outcome["status"] != 404:
                # As if the whole request had been refused: the bulk itself is answered with 200,
                # which says nothing.
                meta = replace(answer.meta, status=outcome["status"])
                raise ApiError(
                    f"moving {outcome['_id']} to its story", meta, {"error": outcome["error"]}
                )
        self._moved.update(stories)

    def refresh(self) -> None:
        """Make everything written so far visible to search."""
        self._client.indices.refresh(index=self._index)
        self._moved.clear()

    def _search(self, query: dict[str, Any], size: int) -> dict[str, Any]:
        response: dict[str, Any] = self._client.search(
            index=self._index,
            query={"bool": {"filter": [query]}},
            size=size,
            sort=["_doc"],
            source_includes=_WANTED,
            track_total_hits=size + 1,
            allow_partial_search_results=False,
        ).body
        return response

    def _members_of(self, response: Mapping[str, Any]) -> Iterator[Member]:
        for hit in response["hits"]["hits"]:
            yield self._member(hit["_id"], hit["_source"])

    def _member(self, id_: str, source: Mapping[str, Any]) -> Member:
        keys = source.get(Field.STORY_BANDS, ())
        first, last = source.get(Field.PUBLISHED), source.get(Field.PUBLISHED_END)
        return Member.stored(
            id_,
            story=self._moved.get(id_) or source.get(Field.STORY_ID) or id_,
            bands=[keys] if isinstance(keys, str) else keys,
            first_day=date.fromisoformat(first) if first else None,
            last_day=date.fromisoformat(last) if last else None,
        )


def _about_the_time(members: Sequence[Member]) -> list[dict[str, Any]]:
    """Filters for the undated and for what was published round the days of `members`; none where
    one is undated.
    """
    first = [member.first_day for member in members if member.first_day]
    last = [member.last_day for member in members if member.last_day]
    if len(first) < len(members) or len(last) < len(members):
        return []
    margin = timedelta(days=DAYS_APART)
    in_time = [
        {"range": {Field.PUBLISHED: {"lte": (max(last) + margin).isoformat()}}},
        {"range": {Field.PUBLISHED_END: {"gte": (min(first) - margin).isoformat()}}},
    ]
    undated = {"bool": {"must_not": {"exists": {"field": Field.PUBLISHED}}}}
    return [{"bool": {"should": [undated, {"bool": {"filter": in_time}}]}}]

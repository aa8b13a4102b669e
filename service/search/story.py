"""The copies of one story: who had it, who was first, what each added and left out; and two of them
compared.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Member

from mappings.article import Article, Field
from service.answer import Described, Hit
from service.elasticsearch.index import ArticleIndex
from service.errors import NotFound
from service.query.body import SHOWN_WITH_BODY
from service.query.filters import VISIBLE
from service.search.article import get_article
from service.search.differences import Piece, changed_words, compare
from service.search.reading import Label, labelled, read_hit

MAX_COPIES: Final = 20  # shown with their differences; `story=` finds all

Basis = Literal["published_at", "published", "loaded_at"]


@dataclass(frozen=True)
class Copy(Described):
    article: Hit
    first: Annotated[bool, Member(description="No other is known to be earlier.")]
    added: Annotated[int, Member(description="Words that the first copy does not have.")]
    removed: Annotated[int, Member(description="Words of the first copy that this one lacks.")]


@dataclass(frozen=True)
class Story(Described):
    id: str
    total: Annotated[int, Member(description="Copies in all; `story=ID` finds them.")]
    first_by: Annotated[
        Basis | None,
        Member(
            description="What tells the first: time or day of publication, else arrival; null: "
            "nothing does."
        ),
    ]
    copies: Annotated[
        tuple[Copy, ...],
        Member(description=f"The earliest first, at most {MAX_COPIES}."),
    ]


@dataclass(frozen=True)
class Compared(Described):
    a: Hit
    b: Hit
    common: Annotated[
        int, Member(description="Per cent of the words that both have in the same order.")
    ]
    complete: Annotated[bool, Member(description="Both were compared to their ends.")]
    pieces: Annotated[
        tuple[Piece, ...],
        Member(
            description="Runs of words: same, spelling (other letters or signs), deleted (only in "
            "a), inserted (only in b)."
        ),
    ]


async def get_story(index: ArticleIndex, story_id: str, label: Label) -> Story:
    """The story with this id; `label` names an agency id. Raises NotFound, and what the index
    raises.
    """
    body: dict[str, Any] = {
        "query": {"bool": {"filter": [VISIBLE, {"term": {Field.STORY_ID: story_id}}]}},
        "size": MAX_COPIES,
        "_source": SHOWN_WITH_BODY,
        "track_total_hits": True,
        "sort": [
            {Field.PUBLISHED: {"order": "asc", "missing": "_last"}},
            {Field.PUBLISHED_AT: {"order": "asc", "missing": "_last"}},
            {Field.LOADED_AT: "asc"},
            {Field.ID: "asc"},
        ],
    }
    found = (await index.search(body))["hits"]
    hits = [read_hit(raw, label) for raw in found["hits"]]
    if not hits:
        raise NotFound("There is no story with this id.")
    first, *others = [hit.article for hit in hits]
    basis = _earlier_by(first, others[0]) if others else None
    changes = await asyncio.to_thread(_changes, first, others)
    copies = [Copy(hits[0], basis is not None, 0, 0)]
    copies += [
        Copy(hit, False, added, removed)
        for hit, (added, removed) in zip(hits[1:], changes, strict=True)
    ]
    return Story(story_id, found["total"]["value"], basis, tuple(copies))


async def compare_articles(index: ArticleIndex, a: str, b: str, label: Label) -> Compared:
    """Two articles by their ids, side by side. Raises NotFound, and what the index raises."""
    one, other = await get_article(index, a), await get_article(index, b)
    # In a thread: long texts take a second, and other readers do not wait for it.
    found = await asyncio.to_thread(compare, one.body, other.body)
    hits = labelled(one, label), labelled(other, label)
    return Compared(*hits, found.common, found.complete, found.pieces)


def _earlier_by(first: Article, second: Article) -> Basis | None:
    """By what the first of two articles is the earlier one."""
    if first.published_at and second.published_at and first.published_at < second.published_at:
        return "published_at"
    if first.published and (second.published is None or first.published < second.published):
        return "published"
    return "loaded_at" if first.loaded_at < second.loaded_at else None


def _changes(first: Article, others: list[Article]) -> list[tuple[int, int]]:
    return [changed_words(first.body, other.body) for other in others]

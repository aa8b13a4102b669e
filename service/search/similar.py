"""What to read beside an article: the other copies of its story, and apart from these, articles on
the same subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mappings.analysis import Analyzer
from mappings.arabic.letters import fold, words
from mappings.arabic.word_lists import stop_words
from mappings.article import Field
from service.answer import Hit
from service.errors import NotFound
from service.query.body import SHOWN
from service.query.filters import WITHDRAWN
from service.query.stories import collapse
from service.search.reading import read_hit
from service.search.search import Desk

Body = dict[str, Any]

MAX_COPIES: Final = 20  # shown; `story=` has all of them
MAX_ID_LENGTH: Final = 512  # bytes of an Elasticsearch id

# What an article is about stands in its first lines; the rest of a long one brings in other
# subjects.
TEXT_LENGTH: Final = 3_000  # characters
SALIENT_WORDS: Final = 25
# Words in common, of more than three and of more than twenty salient ones (of three all): order is
# the score's task, this only keeps an article on a subject of its own from having neighbours by one
# common word.
SHARED: Final = "3<2 20<3"
TITLE_BOOST: Final = 2.0  # names in headlines are what an article is about


@dataclass(frozen=True, slots=True)
class Similar:
    """`copies`: near-duplicates of the article, newest first; `copies_total` counts all. `similar`:
    best first.
    """

    story_id: str | None
    copies: tuple[Hit, ...]
    copies_total: int
    similar: tuple[Hit, ...]


async def similar(desk: Desk, article_id: str, *, lang: str = "ar", size: int = 5) -> Similar:
    """The surroundings of one article; each story stands among `similar` once, the article's own
    not at all.

    Raises NotFound for an unknown or withdrawn article, and what the index raises.
    """
    source = (
        await desk.index.source(article_id)
        if 0 < len(article_id.encode("utf-8", "replace")) <= MAX_ID_LENGTH
        else None
    )
    if source is None or source.get(Field.STATUS) == "withdrawn":
        raise NotFound("There is no article with this id.")
    story = source.get(Field.STORY_ID)
    copies, alike = await desk.index.search_many(
        [_copies_body(article_id, story), similar_body(source, size)]
    )
    label = desk.label(lang)
    return Similar(
        story_id=story,
        copies=tuple(read_hit(hit, label) for hit in copies["hits"]["hits"]),
        copies_total=copies["hits"]["total"]["value"],
        similar=tuple(read_hit(hit, label) for hit in alike["hits"]["hits"]),
    )


def _copies_body(article_id: str, story: str | None) -> Body:
    """The other articles of a story, the newest first."""
    return {
        "query": {
            "bool": {
                "filter": [{"term": {Field.STORY_ID: story}}] if story else [{"match_none": {}}],
                "must_not": [WITHDRAWN, {"term": {Field.ID: article_id}}],
            }
        },
        "size": MAX_COPIES,
        "_source": SHOWN,
        "track_total_hits": True,
        "sort": [{Field.PUBLISHED: {"order": "desc", "missing": "_last"}}, {Field.ID: "asc"}],
    }


def similar_body(source: Mapping[str, Any], size: int) -> Body:
    """A search by the salient words of an article: frequent in it, rare elsewhere, read as
    lemmas.
    """
    title = source.get(Field.TITLE) or ""
    body = source.get(Field.BODY, "")[:TEXT_LENGTH]
    salient: Body = {
        "analyzer": Analyzer.LEMMA,
        "stop_words": sorted(stop_words()),
        "min_term_freq": 1,
        "min_doc_freq": 2,  # a word that no other article has leads nowhere
        "min_word_length": 3,
        "max_query_terms": SALIENT_WORDS,
        "minimum_should_match": SHARED,
        "boost_terms": 1.0,  # rarer words weigh more
    }
    about = {"more_like_this": {"fields": [Field.BODY], "like": f"{title}\n{body}", **salient}}
    content = " ".join(word for word in words(title) if fold(word) not in stop_words())
    named = {
        "match": {Field.BODY: {"query": content, "analyzer": Analyzer.LEMMA, "boost": TITLE_BOOST}}
    }
    excluded: list[Body] = [WITHDRAWN, {"term": {Field.ID: source[Field.ID]}}]
    if story := source.get(Field.STORY_ID):
        excluded.append({"term": {Field.STORY_ID: story}})
    return {
        "query": {
            "bool": {"must": [about], "should": [named] if content else [], "must_not": excluded}
        },
        "size": size,
        "_source": SHOWN,
        "track_total_hits": False,
        "collapse": collapse(),
    }

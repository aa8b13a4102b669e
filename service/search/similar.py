"""What to read beside an article: the other copies of its story, and apart from these, articles on
the same subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from mappings.analysis import Analyzer
from mappings.arabic.letters import fold, words
from mappings.arabic.word_lists import stop_words
from mappings.article import Article, Field
from service.answer import Hit
from service.elasticsearch.index import ArticleIndex
from service.query.body import SHOWN
from service.query.filters import MATCH_NONE, VISIBLE
from service.query.sorting import ORDERS
from service.query.stories import collapse
from service.search.reading import Label, read_hit

Body = dict[str, Any]

MAX_COPIES: Final = 20  # shown; `story=` has all of them

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


async def similar(index: ArticleIndex, article: Article, label: Label, size: int) -> Similar:
    """The surroundings of one article; each story stands among `similar` once, the article's own
    not at all.

    `label` names an agency id. Raises what the index raises.
    """
    copies, alike = await index.search_many([_copies_body(article), similar_body(article, size)])
    return Similar(
        story_id=article.story_id,
        copies=tuple(read_hit(hit, label) for hit in copies["hits"]["hits"]),
        copies_total=copies["hits"]["total"]["value"],
        similar=tuple(read_hit(hit, label) for hit in alike["hits"]["hits"]),
    )


def _copies_body(article: Article) -> Body:
    """The other articles of the article's story, the newest first."""
    story = {"term": {Field.STORY_ID: article.story_id}} if article.story_id else MATCH_NONE
    return {
        "query": {
            "bool": {"filter": [VISIBLE, story], "must_not": [{"term": {Field.ID: article.id}}]}
        },
        "size": MAX_COPIES,
        "_source": SHOWN,
        "track_total_hits": True,
        "sort": ORDERS["newest"],
    }


def similar_body(article: Article, size: int) -> Body:
    """A search by the salient words of an article: frequent in it, rare elsewhere, read as
    lemmas.
    """
    title, body = article.title or "", article.body[:TEXT_LENGTH]
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
    excluded: list[Body] = [{"term": {Field.ID: article.id}}]
    if article.story_id:
        excluded.append({"term": {Field.STORY_ID: article.story_id}})
    return {
        "query": {
            "bool": {
                "must": [about],
                "should": [named] if content else [],
                "filter": [VISIBLE],
                "must_not": excluded,
            }
        },
        "size": size,
        "_source": SHOWN,
        "track_total_hits": False,
        "collapse": collapse(),
    }

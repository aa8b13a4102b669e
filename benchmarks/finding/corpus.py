"""ANT's articles as the product stores them, for the benchmarks of this folder and of
benchmarks/scale.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from loader.index.completions import Completions
from loader.stories.assign import Stories
from mappings.arabic.text import clean_text
from mappings.article import Article, Field
from mappings.index import index_body

BATCH = 500
LOADED = datetime(2019, 1, 1, tzinfo=UTC)


def ant(corpora: Path) -> Iterator[Article]:
    """The articles of `ant.jsonl.gz` that have a body."""
    with gzip.open(corpora / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if body := clean_text(record["text"]):
                yield Article(
                    id=str(record["id"]),
                    source="ant",
                    title=clean_text(record["title"]),
                    title_origin="given",
                    body=body,
                    content_hash="",
                    loaded_at=LOADED,
                    outlet=record["source"],
                    url=record["url"],
                    published=date.fromisoformat(record["published"][:10]),
                    precision="day",
                    date_origin="given",
                )


def build(client: Elasticsearch, index: str, articles: Sequence[Article]) -> None:
    """Create `index` anew and fill it as the loader does: with stories and completions."""
    client.indices.delete(index=index, ignore_unavailable=True)
    client.indices.create(index=index, **index_body())
    client.indices.put_settings(
        index=index, settings={"refresh_interval": "-1", "auto_expand_replicas": False}
    )
    stories, completions = Stories(client, index), Completions(client, index)
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        operations: list[dict[str, Any]] = []
        for article, story, inputs in zip(
            batch, stories.assign(batch), completions.inputs(batch), strict=True
        ):
            source = article.to_source() | {
                Field.STORY_ID: story.id,
                Field.STORY_BANDS: list(story.bands),
            }
            if inputs:
                source[Field.COMPLETE] = inputs
            operations += [{"index": {"_id": article.id}}, source]
        answer = client.bulk(index=index, operations=operations)
        if answer["errors"]:
            raise RuntimeError(
                next(str(item) for item in answer["items"] if "error" in item["index"])
            )
    stories.finish()

"""The index: every field of the document with its type, and the settings. Called by the loader and
by tests.

A change of anything here is a new `INDEX_VERSION`, a new golden file, and a new generation behind
the alias.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from mappings.analysis import Analyzer, analysis_settings
from mappings.article import INDEX_ONLY, ROWS, Kind

INDEX_VERSION: Final = (
    4  # stands in the mapping's _meta; a loader of another version builds a new generation
)

# A keyword term may have 32,766 bytes, and one character up to four; a longer value is stored but
# not indexed.
LONGEST_KEYWORD: Final = 32_766 // 4

Definition = dict[str, Any]


class SubField:
    """Other readings of the text fields."""

    PLAIN = "plain"  # folded letters, no stems: phrases, and words as written
    LETTERS = "letters"  # letters unfolded: match=exact
    LEAD = "lead"  # the lemmas of the body's first words, which weigh more
    GRAMS = "grams"  # the letters of the body's stems, three by three; only ranks
    DYM = "dym"  # did you mean: one to three plain words


def sub_field(field: str, reading: str) -> str:
    """The full name of a sub-field, such as `title.plain`."""
    return f"{field}.{reading}"


def _keyword() -> Definition:
    return {"type": "keyword", "ignore_above": LONGEST_KEYWORD}


def _text(**sub_fields: Definition) -> Definition:
    """A searched text: three views of every word in one field, the word as written in another; both
    with offsets, so that highlights need no re-analysis."""
    return {
        "type": "text",
        "analyzer": Analyzer.INDEX,
        "index_options": "offsets",
        "fields": {
            SubField.PLAIN: {
                "type": "text",
                "analyzer": Analyzer.PLAIN,
                "index_options": "offsets",
            },
            SubField.LETTERS: {"type": "text", "analyzer": Analyzer.LETTERS},
            **sub_fields,
        },
    }


def _view(analyzer: str) -> Definition:
    """Another reading of a text, that only counts."""
    return {"type": "text", "analyzer": analyzer, "index_options": "freqs"}


_DEFINITIONS: Final[dict[Kind, Definition]] = {
    "keyword": _keyword(),
    # Read with the article, never searched, filtered or sorted by.
    "stored": {"type": "keyword", "index": False, "doc_values": False},
    "headline": _text(**{SubField.DYM: _view(Analyzer.SHINGLES)}),
    "text": _text(**{SubField.LEAD: _view(Analyzer.LEAD), SubField.GRAMS: _view(Analyzer.GRAMS)}),
    "day": {"type": "date", "format": "strict_date"},
    "instant": {"type": "date", "format": "strict_date_optional_time"},
    "bands": {"type": "keyword", "doc_values": False},  # looked up by `terms`, never counted
    "completion": {"type": "completion", "analyzer": Analyzer.PLAIN, "max_input_length": 60},
}


def _properties() -> dict[str, Definition]:
    kinds = {**{name: row.kind for name, row in ROWS.items()}, **INDEX_ONLY}
    return {name: _DEFINITIONS[kind] for name, kind in kinds.items()}


def index_body() -> Definition:
    """`settings` and `mappings` for the create-index call; the same for every generation of this
    version.

    One shard keeps facet counts exact and scores comparable, and carries some tens of gigabytes.
    Overlapping tokens (the views) count in the field's length: with the default they count in the
    average length only, which cost .011 nDCG@10 on known-item search. `k1` and `b` below the usual
    1.2 and .75 suit copy in which a repeated word says little: .003 to .013 on three sets, -.001 on
    known-item search. Highlights look for words, not for matches of the query, which would make a
    phrase one mark and took two thirds more time (4.5 against 2.7 ms for ten hits).
    """
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            # set, or a quiet index makes the next reader pay for the refresh
            "refresh_interval": "1s",
            "highlight.weight_matches_mode.enabled": False,
            "similarity": {
                "default": {"type": "BM25", "k1": 0.9, "b": 0.65, "discount_overlaps": False}
            },
            "analysis": analysis_settings(),
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"version": INDEX_VERSION},
            "properties": _properties(),
        },
    }


def generation_name(alias: str, now: datetime) -> str:
    """The name of a new generation, `naba-20261122t063700`: UTC, in lower case as index names must
    be.

    Raises ValueError for a time without a zone.
    """
    if now.tzinfo is None:
        raise ValueError("a generation is named by an instant: give a time with its zone")
    return f"{alias}-{now.astimezone(UTC):%Y%m%dt%H%M%S}"


def generation_pattern(alias: str) -> re.Pattern[str]:
    """What the names of an alias's generations look like, and no other index of its own."""
    return re.compile(re.escape(alias) + r"-\d{8}t\d{6}")

"""What a newsroom decided about an article, kept in the index ALIAS-decisions beside the
generations: it outlasts them, reloads and `--replace`.

One document an article, whose id is the article's. `status` is what holds now; `history` lists all
that was decided, oldest first.
"""

from __future__ import annotations

from typing import Any, Final, Literal

WITHDRAWN: Final = "withdrawn"
PUBLISHED: Final = "published"
Status = Literal["withdrawn", "published"]

DECISIONS_BODY: Final[dict[str, Any]] = {
    "settings": {
        "index.hidden": True,
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "id": {"type": "keyword"},
            "status": {"type": "keyword"},
            "reason": {"type": "keyword", "index": False, "doc_values": False},
            "by": {"type": "keyword", "index": False, "doc_values": False},
            "at": {"type": "date", "format": "strict_date_optional_time"},
            "history": {"type": "object", "enabled": False},
            # the document as it was searchable, until `restore` has brought it back
            "document": {"type": "object", "enabled": False},
        },
    },
}


def decisions_index(alias: str) -> str:
    """The name of the index of an alias's decisions."""
    return f"{alias}-decisions"

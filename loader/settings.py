"""The settings of the loader: what it shares with the service, and the limits within which it reads
files.
"""

from __future__ import annotations

from pydantic import Field

from mappings.settings import IndexSettings

# Far above what honest copy takes: a text of 2 MB 0.1 s, a page of 50 KB in nested tables 0.3 s.
READING_SECONDS = 10.0


class LoaderSettings(IndexSettings):
    """How `naba load` and `naba check` read. Raises pydantic.ValidationError for a bad value."""

    max_article_bytes: int = Field(
        2_000_000,
        ge=1_000,
        le=100_000_000,
        description="The largest article, as bytes of the file, line, row or element that "
        "holds it.",
    )
    reading_seconds: float = Field(
        READING_SECONDS,
        gt=0,
        description="Processor time that reading one article may take, in seconds.",
    )
    archive_max_ratio: int = Field(
        100,
        ge=2,
        description="How many times larger than its compressed form a .gz or a .zip member "
        "may become.",
    )
    archive_max_bytes: int = Field(
        2_000_000_000,
        ge=1_000,
        description="How large a .gz or all members of a .zip together may become, in bytes.",
    )
    archive_max_members: int = Field(100_000, ge=1, description="How many members a .zip may have.")
    keep_raw_bytes: int = Field(
        65_536,
        ge=0,
        description="Up to this size what could not be read is kept, to be mended and "
        "loaded again.",
    )
    patience: int = Field(
        300,
        ge=0,
        description="How many seconds a load waits for an Elasticsearch that is away, "
        "busy or full.",
    )

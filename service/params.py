"""Every query parameter of a search, once, with its bounds and examples.

The API, the page, the feed and the export read the same parameters; a bad value is a 422 here or never.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

MAX_QUERY_LENGTH = 512  # characters; longer is a paste, not a question
MAX_WINDOW = 10_000  # Elasticsearch's index.max_result_window
MAX_VALUES = 100  # values of one filter

Match = Literal["auto", "all", "any", "exact"]
Sort = Literal["relevance", "newest", "oldest", "loaded"]
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

AgencyIds = Annotated[list[str], Field(max_length=MAX_VALUES)]


class SearchParams(BaseModel):
    """A search as asked for. `model_copy(update=…)` makes the neighbours (next page, a facet toggled)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    q: str = Field("", max_length=MAX_QUERY_LENGTH, description='Words, "a phrase", -word, word*, title:, agency:')
    match: Match = "auto"
    in_: Literal["title", "body"] | None = Field(None, alias="in")
    agency: AgencyIds = []
    not_agency: AgencyIds = []
    cited_agency: AgencyIds = []
    from_: str | None = Field(None, alias="from")
    to: str | None = None
    date: Literal["today", "7d", "30d", "year", "none"] | None = None
    since: str | None = None
    story: str | None = Field(None, max_length=64)
    sort: Sort | None = None
    group: bool = False
    size: int = Field(10, ge=0, le=100)
    page: int = Field(1, ge=1)
    cursor: str | None = Field(None, max_length=2048)
    fields: list[str] = []
    lang: Literal["ar", "en"] = "ar"

    @field_validator("from_", "to")
    @classmethod
    def _partial_date(cls, value: str | None) -> str | None:
        if value is not None and not PARTIAL_DATE.fullmatch(value):
            raise ValueError("write a date as YYYY, YYYY-MM or YYYY-MM-DD")
        return value

    @model_validator(mode="after")
    def _window(self) -> Self:
        if self.size * self.page > MAX_WINDOW:
            raise ValueError(f"size x page may reach {MAX_WINDOW}; use cursor or the export for more")
        return self

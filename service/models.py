"""The public JSON as pydantic models: the documentation of the API, to which a contract test holds
every answer.

Answers are made by presenter.py without passing through these models, which would cost more than
the search.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from mappings.article import AgencyOrigin, DateOrigin, Precision, TitleOrigin


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Agency(Model):
    id: str
    label: str = Field(
        description="Name in the language of `lang`; the id where the registry has none."
    )


class ArticleFields(Model):
    """What is public of an article; null where nothing is known, never a guess."""

    id: str
    title: str | None
    title_origin: TitleOrigin | None = Field(
        description="given with the file, a line of the text, or made of the lead"
    )
    agency: Agency | None = Field(description="The first of `agencies`.")
    agencies: list[str] = Field(
        description="Ids of the credited agencies, in the order of the credit."
    )
    agency_origin: AgencyOrigin
    outlet: str | None = Field(description="Who published the article.")
    credit: str | None = Field(description="The credit as it stood.")
    cited_agencies: list[str] = Field(description="Ids of agencies that the text only cites.")
    published: date | None = Field(description="First day of the period that `precision` names.")
    published_text: str | None = Field(
        description="The date as far as it is known: YYYY-MM-DD, YYYY-MM, YYYY, or --MM-DD "
        "without its year."
    )
    precision: Precision | None
    date_origin: DateOrigin
    url: str | None
    author: str | None
    section: str | None
    loaded_at: datetime


class Article(ArticleFields):
    body: str


class Highlight(Model):
    """HTML: the text escaped, hits in `<mark>`."""

    title: str | None
    body: list[str]


class Copies(Model):
    count: int = Field(description="Other copies of the story.")
    url: str


class Hit(ArticleFields):
    score: float | None
    highlight: Highlight
    copies: Copies | None


class PartialHit(Model):
    """A hit with the fields that were asked for."""

    model_config = ConfigDict(extra="allow")


class FacetValue(Model):
    value: str
    label: str
    count: int = Field(
        description="What choosing this value alone finds, all other filters standing."
    )
    state: Literal["selected", "excluded"] | None
    url: str = Field(description="Relative address that toggles the value.")


class Facet(Model):
    values: list[FacetValue]
    missing: int = Field(description="Articles without a value: what `none` finds.")
    other: int = Field(description="Credits beyond the values listed.")
    missing_url: str
    missing_state: Literal["selected", "excluded"] | None


class DateBucket(Model):
    value: str = Field(description="YYYY, YYYY-MM or YYYY-MM-DD.")
    count: int
    url: str


class DateFacet(Model):
    interval: Literal["year", "month", "day"]
    values: list[DateBucket]
    missing: int = Field(description="Undated articles: what `date=none` finds.")
    coarser: int = Field(description="Dated, but less precisely than the interval.")
    up: str | None = Field(description="Relative address of the next wider range.")
    missing_url: str
    earlier: int = Field(
        description="Dated before the first value, where there are more than 200 periods."
    )


class Facets(Model):
    agency: Facet
    cited_agency: Facet
    date: DateFacet


class Query(Model):
    q: str
    match: Literal["all", "any", "exact"] = Field(description="What was applied.")
    relaxed: bool = Field(
        description="All words together matched nothing, so any word was asked for."
    )
    corrected: str | None = Field(description="Did you mean.")
    interpreted: dict[str, Any] = Field(
        description="What was understood of q: clauses, agencies, ignored words."
    )


class Total(Model):
    articles: int = Field(description="Exact.")
    stories: int = Field(description="Articles with the copies of a story counted once.")
    stories_exact: bool


class Links(Model):
    """Relative addresses."""

    self: str
    next: str | None
    prev: str | None
    html: str
    atom: str
    csv: str


class SearchResponse(Model):
    took_ms: int = Field(description="Milliseconds in Elasticsearch.")
    query: Query
    total: Total
    hits: list[Hit | PartialHit]
    facets: Facets
    links: Links


class AgencyHolding(Model):
    id: str
    label: str
    kind: Literal["agency", "channel", "outlet"] | None = Field(
        description="null: not in the registry."
    )
    domains: list[str]
    articles: int = Field(description="Articles that credit it.")
    cited: int = Field(description="Articles that cite it.")
    first: date | None
    last: date | None


class Agencies(Model):
    agencies: list[AgencyHolding]
    missing: int = Field(description="Articles without an agency.")


class Status(Model):
    articles: int
    last_load: datetime | None
    first: date | None
    last: date | None
    generation: str = Field(description="Name of the index that is served.")
    version: str
    time_zone: str = Field(description="Whose day `today` is.")


class Live(Model):
    status: Literal["live"]


class Ready(Model):
    status: Literal["ready"]


# An id made by the loader; others are not found.
ArticleId = Annotated[
    str, Path(max_length=512, description="`id` of a hit.", examples=["aeb4k2xw7dq3mz5n"])
]

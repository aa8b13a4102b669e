"""What the service answers: one set of dataclasses that is type, documentation and JSON.

The names follow the public contract. Nobody changes one. They have no slots, because orjson writes
a slotted one six times as slowly; those of which an answer has many are not frozen, because a
frozen one costs four times as much to make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    create_model,
)
from pydantic_core import CoreSchema

from mappings.article import COLUMNS, NAMED, ROWS, SHOWN, TYPES, Article

Json = dict[str, Any]
State = Literal["selected", "excluded"]


class Described:
    """Part of an answer: the description of the API says that it has these members and no more."""

    __pydantic_config__: ClassVar = ConfigDict(
        extra="forbid", json_schema_serialization_defaults_required=True
    )


@dataclass
class AgencyLabel(Described):
    id: str
    label: Annotated[
        str,
        Field(description="Name in the language of `lang`; the id where the registry has none."),
    ]


@dataclass
class Highlight(Described):
    """HTML: the text escaped, hits in `<mark>`; the title whole, of the body up to three
    fragments.
    """

    title: str | None = None
    body: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copies(Described):
    count: Annotated[int, Field(description="Other copies of the story.")]
    url: str


def _with_label(names: Sequence[str]) -> tuple[str, ...]:
    """`names` with the label of the agency before the ids of all."""
    place = names.index("agencies")
    return (*names[:place], "agency", *names[place:])


ARTICLE_FIELDS = _with_label(SHOWN)
HIT_FIELDS = (*ARTICLE_FIELDS, "score", "highlight", "copies")
WHOLE_ARTICLE = (*ARTICLE_FIELDS, "body")
# What may be asked for: of a hit, and of a row of an export, whose columns these are without body.
ASKABLE_OF_HIT = (*HIT_FIELDS, *NAMED)
ASKABLE_OF_ROW = (*ARTICLE_FIELDS, *NAMED)
EXPORT_COLUMNS = _with_label(COLUMNS)


@dataclass(slots=True)
class Hit:
    """An article as a search finds it. As JSON it is what `hit_json` makes of it."""

    article: Article  # its body is not fetched unless asked for
    agencies: tuple[AgencyLabel, ...]  # labels of article.agencies, same order
    score: float | None = None
    highlight: Highlight = field(default_factory=Highlight)
    copies: Copies | None = None

    @property
    def agency(self) -> AgencyLabel | None:
        """The first of `agencies`."""
        return self.agencies[0] if self.agencies else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(HitDescription)


@lru_cache(maxsize=256)
def _values(names: tuple[str, ...]) -> Callable[[Hit], Any]:
    """A function that takes the values of these fields from a hit: a tuple, or one value."""
    return attrgetter(*(f"article.{name}" if name in ROWS else name for name in names))


def hit_json(hit: Hit, names: Sequence[str] = HIT_FIELDS) -> Json:
    """One hit with the fields `names`; None where nothing is known."""
    names = tuple(names)
    values = _values(names)(hit)
    return dict(zip(names, values, strict=True)) if len(names) > 1 else {names[0]: values}


@dataclass
class FacetValue(Described):
    value: str
    label: str
    count: Annotated[
        int, Field(description="What choosing this value alone finds, all other filters standing.")
    ]
    state: State | None
    url: Annotated[str, Field(description="Relative address that toggles the value.")]


@dataclass(frozen=True)
class Facet(Described):
    """Values in falling order of count; chosen ones that are not among the most frequent follow,
    also at 0.
    """

    values: tuple[FacetValue, ...]
    missing: Annotated[int, Field(description="Articles without a value: what `none` finds.")]
    other: Annotated[int, Field(description="Credits beyond the values listed.")]
    missing_url: str = ""  # toggles `none`
    missing_state: State | None = None


@dataclass
class DateBucket(Described):
    value: Annotated[str, Field(description="YYYY, YYYY-MM or YYYY-MM-DD.")]
    count: int
    url: str


@dataclass(frozen=True)
class DateFacet(Described):
    """In a range: values + coarser + earlier are all that was found in it."""

    interval: Literal["year", "month", "day"]
    values: tuple[DateBucket, ...]
    missing: Annotated[int, Field(description="Undated articles: what `date=none` finds.")]
    coarser: Annotated[int, Field(description="Dated, but less precisely than the interval.")]
    up: Annotated[str | None, Field(description="Relative address of the next wider range.")]
    missing_url: str = ""  # asks for the undated
    earlier: Annotated[
        int,
        Field(description="Dated before the first value, where there are more than 200 periods."),
    ] = 0


@dataclass(frozen=True)
class Facets(Described):
    agency: Facet
    cited_agency: Facet
    date: DateFacet


@dataclass(frozen=True)
class Total(Described):
    articles: Annotated[int, Field(description="Exact.")]
    stories: Annotated[int, Field(description="Articles with the copies of a story counted once.")]
    stories_exact: bool


@dataclass(frozen=True)
class QueryEcho(Described):
    q: str
    match: Annotated[Literal["all", "most", "any", "exact"], Field(description="What was applied.")]
    relaxed: Annotated[
        bool,
        Field(description="All words together matched nothing, so any word was asked for."),
    ]
    corrected: Annotated[str | None, Field(description="Did you mean.")]
    interpreted: Annotated[
        dict[str, Any],
        Field(description="What was understood of q: clauses, agencies, ignored words."),
    ] = field(default_factory=dict)
    where: Annotated[
        Literal["about", "anywhere"],
        Field(description="about: every word stands in title or lead."),
    ] = "anywhere"
    elsewhere: Annotated[
        int | None,
        Field(description="With where=about: so many more have the words in the whole text."),
    ] = None
    filled: Annotated[
        int,
        Field(
            description="So many of the hits, the last ones, have some of the words only; "
            "total, facets and links leave them out."
        ),
    ] = 0
    searched: Annotated[
        str,
        Field(description="The words that were searched for: `corrected` where q found nothing."),
    ] = ""


@dataclass(frozen=True)
class Links(Described):
    """Relative addresses; those of a relaxed answer ask for match=any."""

    self: str
    next: str | None
    prev: str | None
    html: str
    atom: str
    csv: str


@dataclass(frozen=True)
class SearchResponse(Described):
    took_ms: Annotated[int, Field(description="Milliseconds in Elasticsearch.")]
    query: QueryEcho
    total: Total
    hits: tuple[Hit, ...]
    facets: Facets
    links: Links


def search_json(answer: SearchResponse, names: Sequence[str] = ()) -> Json:
    """The whole answer but `took_ms`, which is no part of what an ETag stands for; `names` are the
    fields of a hit that were asked for.
    """
    return {
        "query": answer.query,
        "total": answer.total,
        "hits": [hit_json(hit, names or HIT_FIELDS) for hit in answer.hits],
        "facets": answer.facets,
        "links": answer.links,
    }


def _described(names: Sequence[str]) -> dict[str, Any]:
    """Members of a description, from the table of the article's fields."""
    label = (AgencyLabel | None, Field(description="The first of `agencies`."))
    return {
        name: (TYPES[name], Field(description=ROWS[name].description)) if name in ROWS else label
        for name in names
    }


def _named_only() -> dict[str, Any]:
    """Members of the description that a hit has when they are named."""
    return {
        name: (TYPES[name] | None, Field(None, description=ROWS[name].description))
        for name in NAMED
    }


_MEMBERS_ONLY = ConfigDict(extra="forbid")
ArticleDescription: type[BaseModel] = create_model(
    "Article", __config__=_MEMBERS_ONLY, **_described(WHOLE_ARTICLE)
)


def _with_nothing_required(schema: dict[str, Any]) -> None:
    """A hit has the fields that were asked for, `body`, `source` and `story_id` among them. One
    kind of hit, not a whole and a partial one: the makers of clients in Java and others turn such a
    choice into code that does not compile.
    """
    del schema["required"]


HitDescription: type[BaseModel] = create_model(
    "Hit",
    __config__=ConfigDict(extra="forbid", json_schema_extra=_with_nothing_required),
    **_described(ARTICLE_FIELDS),
    score=(float | None, ...),
    highlight=(Highlight, ...),
    copies=(Copies | None, ...),
    **_named_only(),
)

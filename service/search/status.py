"""What the index holds: articles by agency, and the state of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Any, Literal

from pydantic import Field as Member
from pydantic import WithJsonSchema

from mappings.agencies import Registry
from mappings.article import Field
from service.answer import Described
from service.elasticsearch.index import ArticleIndex
from service.query.filters import VISIBLE

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
MAX_AGENCIES = 1000  # of a registry some ten times as large as ours

_EXTENT = {
    "first": {"min": {"field": Field.PUBLISHED, "format": "strict_date"}},
    "last": {"max": {"field": Field.PUBLISHED, "format": "strict_date"}},
}


@dataclass(frozen=True)
class AgencyHolding(Described):
    id: str
    label: str
    kind: Annotated[
        Literal["agency", "channel", "outlet"] | None,
        Member(description="null: not in the registry."),
    ]
    domains: tuple[str, ...]
    articles: Annotated[int, Member(description="Articles that credit it.")]
    cited: Annotated[int, Member(description="Articles that cite it.")]
    first: Day | None
    last: Day | None


@dataclass(frozen=True)
class Agencies(Described):
    agencies: tuple[AgencyHolding, ...]
    missing: Annotated[int, Member(description="Articles without an agency.")]


@dataclass(frozen=True)
class Status(Described):
    articles: int
    last_load: Instant | None
    first: Day | None
    last: Day | None
    generation: Annotated[str, Member(description="Name of the index that is served.")]
    version: str
    time_zone: Annotated[str, Member(description="Whose day `today` is.")]


async def agencies(index: ArticleIndex, registry: Registry, lang: str) -> Agencies:
    """The registry with the articles that credit each agency, their first and last date; the most
    frequent first.
    """
    body = {
        "size": 0,
        "query": VISIBLE,
        "track_total_hits": False,
        "aggs": {
            "agencies": {"terms": {"field": Field.AGENCIES, "size": MAX_AGENCIES}, "aggs": _EXTENT},
            "cited": {"terms": {"field": Field.CITED_AGENCIES, "size": MAX_AGENCIES}},
            "none": {"missing": {"field": Field.AGENCIES}},
        },
    }
    totals = (await index.search(body))["aggregations"]
    counted = {bucket["key"]: bucket for bucket in totals["agencies"]["buckets"]}
    cited = {bucket["key"]: bucket["doc_count"] for bucket in totals["cited"]["buckets"]}
    ids = dict.fromkeys([*counted, *(agency.id for agency in registry)])
    return Agencies(
        tuple(
            _agency(registry, agency, counted.get(agency), cited.get(agency, 0), lang)
            for agency in ids
        ),
        totals["none"]["doc_count"],
    )


def _agency(
    registry: Registry, agency: str, bucket: dict[str, Any] | None, cited: int, lang: str
) -> AgencyHolding:
    known = registry.get(agency)
    return AgencyHolding(
        id=agency,
        label=registry.label(agency, lang),
        kind=known.kind if known else None,
        domains=tuple(known.domains) if known else (),
        articles=bucket["doc_count"] if bucket else 0,
        cited=cited,
        first=bucket["first"].get("value_as_string") if bucket else None,
        last=bucket["last"].get("value_as_string") if bucket else None,
    )


async def status(index: ArticleIndex, time_zone: str) -> Status:
    """How many articles there are, when the last was loaded, in which generation, and who
    answers.
    """
    body = {
        "size": 0,
        "query": VISIBLE,
        "track_total_hits": True,
        "aggs": {
            "loaded": {"max": {"field": Field.LOADED_AT, "format": "strict_date_time"}},
            **_EXTENT,
        },
    }
    answer = await index.search(body)
    totals = answer["aggregations"]
    return Status(
        articles=answer["hits"]["total"]["value"],
        last_load=totals["loaded"].get("value_as_string"),
        first=totals["first"].get("value_as_string"),
        last=totals["last"].get("value_as_string"),
        generation=await index.generation(),
        version=version("naba-search"),
        time_zone=time_zone,
    )

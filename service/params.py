"""Every query parameter of API, page, feed and export, once; a bad value is a 422 here or never."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from service.answer import ASKABLE_OF_HIT, ASKABLE_OF_ROW
from service.dates import InvalidDate, instant_text, parse_instant, parse_period
from service.errors import Reason
from service.trackers import without_trackers

MAX_QUERY_LENGTH = 512  # characters; longer is a paste, not a question
MAX_WINDOW = 10_000  # Elasticsearch's index.max_result_window
MAX_VALUES = 100  # values of one filter
LONGEST_ID = 512  # bytes, as Elasticsearch bounds them

Match = Literal["auto", "all", "any", "exact"]
Where = Literal["about", "anywhere"]
_WHERE = "about: words in title or lead (default by date, with since, in feeds); anywhere."
Sort = Literal["relevance", "newest", "oldest", "loaded"]
# The fields that may be asked for, of a hit and of a row of an export.
if TYPE_CHECKING:
    HitField: TypeAlias = str
    ExportField: TypeAlias = str
else:
    HitField, ExportField = Literal[ASKABLE_OF_HIT], Literal[ASKABLE_OF_ROW]

# An id of the registry, or `none`. Unknown ids find nothing; longer or stranger ones are a mistake
# of the caller.
AGENCY_ID = re.compile(r"^[a-z0-9][a-z0-9_-]{0,63}$")
AgencyId = Annotated[str, StringConstraints(pattern=AGENCY_ID.pattern)]
AgencyIds = Annotated[list[AgencyId], Field(max_length=MAX_VALUES)]


def _as_written(value: Any) -> Any:
    """Digits with a sign or none; else `1_0` and `1.0` would be numbers too."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise _refused("whole_number", "write a whole number such as 10")
    return value


_NUMBER = re.compile(r"-?[0-9]{1,18}")
WholeNumber = Annotated[int, BeforeValidator(_as_written)]


def separated(value: Any) -> Any:
    """`a,b` and `c` of a repeatable parameter as one list of names, each once."""
    if not isinstance(value, list):
        return value
    return list(
        dict.fromkeys(
            part.strip() for item in value for part in str(item).split(",") if part.strip()
        )
    )


def _at(parameter: str, reason: Reason, message: str) -> PydanticCustomError:
    """What two parameters get wrong together, under the name of the one to change."""
    return PydanticCustomError(reason, "{message}", {"parameter": parameter, "message": message})


def _refused(reason: Reason, message: str) -> PydanticCustomError:
    """What is wrong with one value."""
    return PydanticCustomError(reason, "{message}", {"message": message})


def _begins_after(first: str, last: str) -> bool:
    """Whether a range is turned round. A day and an instant cannot be compared without a zone."""
    if "T" in first and "T" in last:
        return parse_instant(first) > parse_instant(last)
    if "T" in first or "T" in last:
        return False
    return parse_period(first).start > parse_period(last).end


def _in_utc(value: Any) -> Any:
    """In UTC, because Elasticsearch reads offsets of up to 18 hours only."""
    try:
        return parse_instant(value) if isinstance(value, str) else value
    except InvalidDate as error:
        raise _refused(error.reason, str(error)) from None


Instant = Annotated[AwareDatetime, BeforeValidator(_in_utc)]


class FilterParams(BaseModel):
    """What is searched for: the parameters that decide which articles are found, and in which
    order.

    `model_copy(update=…)` makes the neighbours (next page, a facet toggled).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description='Words, "a phrase", -word, one OR other, word*, title:word, agency:id. Empty '
        "finds everything.",
        examples=["قمة المناخ"],  # climate summit
    )
    match: Match = Field(
        "auto",
        description="auto: all words of three, most of seven, else any; all; any; exact: "
        "letters unfolded.",
        examples=["all"],
    )
    in_: Literal["title", "body"] | None = Field(
        None, alias="in", description="Search only there; default both.", examples=["title"]
    )
    where: Where | None = Field(None, description=_WHERE, examples=["about"])
    agency: AgencyIds = Field(
        default_factory=list,
        description="Agency ids, any of them; `none` finds articles without one.",
        examples=[["spa", "none"]],
    )
    not_agency: AgencyIds = Field(
        default_factory=list,
        description="Agency ids to leave out; `none` leaves out articles without one.",
        examples=[["tass"]],
    )
    cited_agency: AgencyIds = Field(
        default_factory=list,
        description="Ids of agencies that the text cites, any of them; `none`: no one cited.",
        examples=[["reuters"]],
    )
    from_: str | None = Field(
        None,
        alias="from",
        description="First day: YYYY, YYYY-MM or YYYY-MM-DD; or an instant (RFC 3339).",
        examples=["2020-06"],
    )
    to: str | None = Field(
        None,
        description="Last day, included: YYYY, YYYY-MM or YYYY-MM-DD; or an instant.",
        examples=["2020"],
    )
    date: Literal["today", "7d", "30d", "year", "none"] | None = Field(
        None,
        description="A preset instead of from and to; none: articles without a date.",
        examples=["30d"],
    )
    since: Instant | None = Field(
        None,
        description="Only articles loaded after this instant (ISO 8601 with its offset from UTC).",
        examples=["2024-01-31T06:00:00Z"],
    )
    story: str | None = Field(
        None,
        min_length=1,
        max_length=64,
        description="Only the copies of this story (`story_id` of a hit).",
        examples=["2f1c9a40"],
    )
    sort: Sort | None = Field(
        None,
        description="relevance (default with q), newest (default without), oldest, loaded (in "
        "order of loading).",
        examples=["newest"],
    )
    lang: Literal["ar", "en"] = Field("ar", description="Language of labels.", examples=["en"])

    @field_validator("from_", "to")
    @classmethod
    def _bound(cls, value: str | None) -> str | None:
        try:
            if value is None:
                return None
            return instant_text(parse_instant(value)) if "T" in value else str(parse_period(value))
        except InvalidDate as error:
            raise _refused(error.reason, str(error)) from None

    @model_validator(mode="after")
    def _range(self) -> Self:
        if self.date is not None and (self.from_ is not None or self.to is not None):
            raise _at("date", "double_range", "give either date or from and to, not both")
        if self.from_ and self.to and _begins_after(self.from_, self.to):
            raise _at("from", "reversed_range", "from lies after to")
        return self


class SearchParams(FilterParams):
    """A search as asked for, with the part of the answer that is wanted."""

    group: bool = Field(
        False, description="Fold the copies of a story into one hit.", examples=[True]
    )
    size: WholeNumber = Field(10, ge=0, le=100, description="Hits in an answer.", examples=[20])
    page: WholeNumber = Field(
        1, ge=1, description="Which page of hits; size x page may reach 10,000.", examples=[2]
    )
    cursor: str | None = Field(
        None,
        max_length=2048,
        description="`*` starts a walk without end over newest, oldest or loaded; then the one "
        "that was given.",
        examples=["*"],
    )
    fields: list[HitField] = Field(
        default_factory=list,
        description="Fields of a hit, repeated or separated by commas; `body` only comes "
        "when named.",
        examples=[["id", "title"]],
    )

    @field_validator("fields", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return separated(value)

    @model_validator(mode="after")
    def _window(self) -> Self:
        if self.size * self.page > MAX_WINDOW:
            raise _at(
                "page",
                "beyond_window",
                f"size x page may reach {MAX_WINDOW}; use cursor or the export for more",
            )
        return self

    @model_validator(mode="after")
    def _walk(self) -> Self:
        if self.cursor is None:
            return self
        if self.sort == "relevance" or (self.sort is None and self.q.strip()):
            raise _at("cursor", "unordered_walk", "cursor needs sort=newest, oldest or loaded")
        if self.page != 1 or self.group or self.size == 0:
            raise _at(
                "cursor", "paged_walk", "cursor goes with neither page nor group=true nor size=0"
            )
        return self


class PageParams(SearchParams):
    """A search on the page. One story takes one place in the list by default; totals still count
    articles.
    """

    group: bool = True
    _shared = model_validator(mode="before")(without_trackers)


class ExportParams(FilterParams):
    """A search whose whole result is wanted, the newest first unless another order is asked for."""

    sort: Sort | None = Field(
        None,
        description="newest (default), oldest, loaded (in order of loading), relevance.",
        examples=["oldest"],
    )
    fields: list[ExportField] = Field(
        default_factory=list,
        description="Fields of a row, repeated or separated by commas; `body` only comes "
        "when named.",
        examples=[["id", "title", "body"]],
    )

    @field_validator("fields", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return separated(value)


class FeedParams(FilterParams):
    """A search whose newest articles are followed."""

    _shared = model_validator(mode="before")(without_trackers)
    sort: Sort | None = Field(
        None,
        description="Without effect, so that any search can be followed: a feed has the "
        "newest first.",
        examples=["newest"],
    )


class NoParams(BaseModel):
    """A route without parameters: any is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LanguageParams(NoParams):
    """A route that only needs to know the language of labels."""

    lang: Literal["ar", "en"] = Field("ar", description="Language of labels.", examples=["en"])

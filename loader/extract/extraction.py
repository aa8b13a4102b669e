"""What was understood of one article, with how it was found and what was cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mappings.article import AgencyOrigin, DateOrigin, Precision, TitleOrigin

RemovedKind = Literal[
    "credit", "dateline", "byline", "title", "photo", "share", "furniture", "markup", "date"
]


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the raw text that is not in the body, verbatim, and why."""

    kind: RemovedKind
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """The fields of `mappings.article.Article` that the text (and what was given beside it)
    decides.
    """

    title: str | None
    title_origin: TitleOrigin | None
    body: str
    agencies: tuple[str, ...] = ()
    agency_origin: AgencyOrigin = "none"
    credit: str | None = None  # the credit verbatim, also when nobody knows it
    cited_agencies: tuple[str, ...] = ()
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    published_text: str | None = None
    precision: Precision | None = None
    date_origin: DateOrigin = "none"
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()  # contradictions and refused dates, one sentence each


class Rejected(Exception):
    """There is no article in this text; `reason` is a stable code such as "only-boilerplate"."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

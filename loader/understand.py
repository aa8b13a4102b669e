"""One raw article, understood or refused with its reason: what `naba load` and `naba check` both
do with what is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from loader.extract import extract
from loader.extract.extraction import Extraction, Rejected
from loader.index.documents import to_article
from loader.raw import Given, RawArticle, Unreadable
from loader.readers.reasons import Reason
from loader.report import Outcome
from loader.settings import READING_SECONDS
from loader.states import unusable
from loader.time_limit import TookTooLong, within
from mappings.agencies import Registry
from mappings.article import Article


@dataclass(frozen=True, slots=True)
class Understood:
    """An article that can be indexed. `raw` holds the defaults it was read with."""

    raw: RawArticle
    extraction: Extraction
    article: Article


@dataclass(frozen=True, slots=True)
class Refused:
    """What is not indexed: a stable code and a sentence. The outcome is failed where Naba stumbled
    over it, so that a later version may read it; withheld where its sender does not allow it.
    """

    item: RawArticle | Unreadable
    reason: str
    detail: str
    outcome: Outcome = Outcome.REJECTED

    @property
    def place(self) -> str:
        """Where it came from, for people."""
        return self.item.place


def understand(
    item: RawArticle | Unreadable,
    registry: Registry,
    *,
    now: datetime,
    today: date,
    defaults: Given | None = None,
    seconds: float = READING_SECONDS,
) -> Understood | Refused:
    """Read one article. `now` is UTC, `today` the newsroom's civil date; `defaults` are the options
    `--agency` and `--date`, `seconds` the processor time it may take. Raises nothing for what it
    reads.
    """
    if isinstance(item, Unreadable):
        return Refused(item, item.reason, item.detail)
    raw = item if item.defaults or not defaults else replace(item, defaults=defaults)
    if withheld := unusable(raw.given, now):
        return Refused(raw, *withheld, Outcome.WITHHELD)
    try:
        extraction = within(
            seconds, lambda: extract(raw, registry, today=today, defaults=raw.defaults)
        )
        return Understood(raw, extraction, to_article(raw, extraction, loaded_at=now))
    except Rejected as rejected:
        return Refused(raw, rejected.reason, rejected.detail)
    except TookTooLong as error:
        return Refused(raw, Reason.TOO_SLOW, str(error))
    except Exception as error:  # noqa: BLE001 - a mistake of ours that one text brings out must not lose the others
        detail = f"Reading this text failed: {error!r}"
        return Refused(raw, Reason.NOT_UNDERSTOOD, detail, Outcome.FAILED)

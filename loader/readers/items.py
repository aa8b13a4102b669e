"""What a wire item says of itself -> one raw article: the common way out of the readers of formats
with named fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from loader.raw import Given, RawArticle, Unreadable
from loader.readers.content import Content
from loader.readers.instants import first_moment, read_moment
from loader.readers.markup import plain
from loader.readers.reasons import Reason

_CODE = re.compile(r"[a-z]{2,12}:([\w.-]{2,40})")  # nprov:AFP


@dataclass(slots=True)
class Item:
    """The values of one item, as the format has them. `published` are its dates in the order of
    trust; `text` and `title` may be HTML.
    """

    guid: str | None = None
    version: str | None = None
    title: str | None = None
    text: str | None = None
    published: Sequence[str | None] = ()
    updated: str | None = None
    credit: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    url: str | None = None
    status: str | None = None
    embargo: str | None = None


def article_of_item(
    content: Content, item: Item, encoding: str, *, position: int | None = None
) -> RawArticle | Unreadable:
    """The article. An item with a title alone is one; without both it is refused (no-text)."""
    text, title = plain(item.text or ""), plain(item.title or "")
    if "\n" in title or "\r" in title:
        title = " ".join(title.split())
    if not text.strip() and not title.strip():
        return content.unreadable(
            Reason.NO_TEXT, "The item has neither a headline nor a text.", position=position
        )
    given = _given(item, title, content.settings.zone)
    whole = text if text.strip() else title
    return content.article(whole, encoding, position=position, given=given)


def _given(item: Item, title: str, zone: ZoneInfo) -> Given:
    moment = first_moment((date for date in item.published if date), zone)
    updated = read_moment(item.updated or "", zone)
    embargo = read_moment(item.embargo or "", zone)
    return Given(
        guid=item.guid,
        version=item.version,
        title=title if title.strip() else None,
        outlet=item.outlet,
        credit=_uncoded(item.credit),
        published=moment.published if moment else None,
        published_at=moment.instant if moment else None,
        updated_at=updated.instant if updated else None,
        status=item.status,
        embargo=embargo.free_from(zone) if embargo else item.embargo,
        url=item.url,
        author=item.author,
        section=item.section,
    )


def _uncoded(credit: str | None) -> str | None:
    """A credit that is a code of a list, by its last part."""
    code = _CODE.fullmatch(credit.strip()) if credit else None
    return code[1] if code else credit

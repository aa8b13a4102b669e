"""One record (of JSON or CSV) -> one article: which of its fields is what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

import orjson

from loader import unloaded
from loader.raw import Given, RawArticle, Unreadable
from loader.readers.content import Content
from loader.readers.encodings import UTF_8, decoded
from loader.readers.reasons import Reason, Refused

Role = Literal["id", "title", "text", "outlet", "credit", "published", "url", "author", "section"]

# Names of fields in the order of preference, as exports of content systems, crawlers, corpora,
# feeds and schema.org write them; case, spaces, hyphens and underscores do not count. The Arabic
# ones are headings of spreadsheets.
_NAMES: dict[Role, str] = {
    "id": "id _id guid uuid uid articleid docid documentid storyid newsid identifier المعرف رقم",
    "title": "title headline heading newstitle articletitle titlear maintitle name العنوان عنوان "
    "عنوانالخبر",
    "text": (
        "text body content articlebody fulltext articletext maintext bodytext newstext story "
        "article bodyar contentar "
        "textar contenthtml bodyhtml html النص نص المتن المحتوى نصالخبر الخبر المقال "
        "abstract summary description lead excerpt intro الملخص المقدمة"
    ),
    "outlet": "outlet publisher source site sitename sourcename publication newspaper channel "
    "website domain hostname "
    "الموقع الصحيفة القناة الناشر",
    "credit": "agency agencies newsagency credit creditline byline wire wireservice newswire "
    "الوكالة وكالة المصدر مصدر",
    "published": (
        "published publishedat date datepublished publicationdate publishdate publisheddate "
        "pubdate publishedon "
        "publishtime articledate newsdate dateline datetime issued created createdat datecreated "
        "timestamp time "
        "التاريخ تاريخ تاريخالنشر"
    ),
    "url": "url link permalink canonicalurl articleurl sourceurl weburl href uri الرابط رابط",
    "author": "author authors writer creator reporter authorname الكاتب المؤلف المحرر كاتب",
    "section": "section category categories topic desk articlesection rubric sectionname القسم "
    "قسم التصنيف الباب",
}
_ROLES: dict[str, tuple[Role, int]] = {
    name: (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names.split())
}
# How the parts of a list become one string.
_JOINED_BY: dict[Role, str] = {"text": "\n", "credit": " - ", "author": "، ", "section": "، "}
# Where content systems put the string of a value that is an object, the localised and the rendered
# one first.
_INNER = (
    "ar",
    "rendered",
    "value",
    "name",
    "text",
    "title",
    "label",
    "content",
    "#text",
    "@value",
    "$t",
    "_",
    "$oid",
    "$date",
    "$numberLong",
    "$numberInt",
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_EPOCH = re.compile(r"([0-9]{10})(?:[0-9]{3})?(?:[0-9]{3})?(?:\.[0-9]{1,9})?")
_DEPTH = 6  # of objects within objects that are looked into


def article_of_json(
    content: Content, data: bytes, position: int | None, encoding: str
) -> RawArticle | Unreadable:
    """The article of one JSON object in bytes."""
    try:
        value, encoding = parse_json(data, encoding)
    except Refused as refused:
        return content.unreadable(refused.reason, refused.detail, position=position, raw=data)
    return article_of_value(content, value, position, encoding, data)


def parse_json(data: bytes, encoding: str = UTF_8) -> tuple[Any, str]:
    """A JSON value and the encoding it was really in.

    Accepts what `json` writes beyond the standard (NaN, halves of surrogate pairs) and raw line
    ends within strings. Raises Refused (broken-json, binary, undecodable).
    """
    try:
        return orjson.loads(data), encoding
    except orjson.JSONDecodeError:
        text, found = decoded(data)
    try:
        return json.loads(
            text.removeprefix("\ufeff"), strict=False
        ), encoding if found == UTF_8 else found
    except json.JSONDecodeError as error:
        raise Refused(
            Reason.BROKEN_JSON, f"Not valid JSON: {error.msg} at character {error.pos + 1}."
        ) from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # a number of thousands of digits; brackets without end
        raise Refused(
            Reason.BROKEN_JSON, "Not valid JSON: a number too long or objects nested too deeply."
        ) from error


def article_of_value(
    content: Content, value: Any, position: int | None, encoding: str, data: bytes
) -> RawArticle | Unreadable:
    """The article of one JSON value; an article that an earlier load could not place comes back as
    it was.
    """
    if not isinstance(value, Mapping):
        return content.unreadable(
            Reason.NOT_A_RECORD,
            "An article is a JSON object with fields such as title and text.",
            position=position,
            raw=data,
        )
    if unloaded.is_record(value):
        return _restored(content, value, position, data)
    return article_of_record(content, value, position, encoding, data)


def _restored(
    content: Content, entry: Mapping[str, Any], position: int | None, data: bytes
) -> RawArticle | Unreadable:
    """What an earlier load left: as it was, or, where a person mended the raw record, read anew in
    its old place.
    """
    try:
        item = unloaded.restore(entry)
    except ValueError as error:
        return content.unreadable(
            Reason.BROKEN_JSON, f"{error}.".capitalize(), position=position, raw=data
        )
    if isinstance(item, RawArticle) or not item.raw:
        return item
    try:
        value, encoding = parse_json(item.raw.encode(UTF_8, "replace"))
    except Refused:
        return item
    if not isinstance(value, Mapping) or unloaded.is_record(value):
        return item
    place = Content(item.source, item.path, iter(()), content.settings)
    return article_of_record(
        place, value, item.position, encoding, item.raw.encode(UTF_8, "replace")
    )


def article_of_record(
    content: Content, record: Mapping[str, Any], position: int | None, encoding: str, data: bytes
) -> RawArticle | Unreadable:
    """Map the fields of a record; `data` are its bytes, kept where it holds no article."""
    given = roles_of(record)
    text = given.pop("text", None)
    if text is None and "title" not in given:
        names = ", ".join(str(name) for name in list(record)[:12])
        return content.unreadable(
            Reason.NO_TEXT,
            f"No field is a title or a text; fields are: {names}.",
            position=position,
            raw=data,
        )
    return content.article(text or "", encoding, position=position, given=Given(**given))


def roles_of(record: Mapping[str, Any]) -> dict[Role, str]:
    """The strings of a record by what they are; of several fields for one role the first of
    `_NAMES` that is filled.

    Where the record itself has no text, an object within it may be the article (`_source`,
    `article`, `fields`).
    """
    found = _own_roles(record)
    if "text" not in found:
        for inner in record.values():
            if isinstance(inner, Mapping) and "text" in (within := _own_roles(inner)):
                return within | {role: value for role, value in found.items() if role not in within}
    return found


def has_text_field(names: list[str]) -> bool:
    """Whether a header of columns names a title or a text."""
    return any(_role_of(name)[0] in ("text", "title") for name in names)


def known_fields(names: list[str]) -> int:
    """How many names of a header are known."""
    return sum(_role_of(name)[0] is not None for name in names)


def _own_roles(record: Mapping[str, Any]) -> dict[Role, str]:
    found: dict[Role, str] = {}
    ranks: dict[Role, int] = {}
    for name, value in record.items():
        role, rank = _role_of(str(name))
        if role is None or rank >= ranks.get(role, len(_ROLES)):
            continue
        text = _string(value, _JOINED_BY.get(role, ""))
        if text is not None:
            found[role] = _date(text) if role == "published" else text
            ranks[role] = rank
    return found


@lru_cache(maxsize=4_096)
def _role_of(name: str) -> tuple[Role | None, int]:
    return _ROLES.get(_NOT_LETTERS.sub("", name.casefold()), (None, 0))


def _string(value: Any, joiner: str, depth: int = 0) -> str | None:
    """The string in a value of any shape; of a list all of them where they can be joined, else the
    first.
    """
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if depth > _DEPTH:
        return None
    parts = (
        part for item in _within(value) if (part := _string(item, joiner, depth + 1)) is not None
    )
    if joiner and isinstance(value, list):
        return joiner.join(parts) or None
    return next(parts, None)


def _within(value: Any) -> list[Any]:
    """The values in a list, or those of an object among which its string stands."""
    if isinstance(value, Mapping):
        return [value[name] for name in _INNER if name in value]
    return value if isinstance(value, list) else []


def _date(text: str) -> str:
    """Seconds, milliseconds or microseconds since 1970 as an ISO instant in UTC; anything else as
    it is.
    """
    if epoch := _EPOCH.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(epoch[1]), UTC).isoformat()
    return text

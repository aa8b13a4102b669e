"""One record (of JSON or CSV) -> one article: which of its fields is what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import orjson

from loader import unloaded
from loader.raw import RawArticle, Unreadable
from loader.readers.content import Content
from loader.readers.encodings import UTF_8, decoded
from loader.readers.items import Item, article_of_item
from loader.readers.ninjs import is_wire_item, wire_item
from loader.readers.reasons import Reason, Refused
from loader.states import state_of

Role = Literal[
    "guid", "version", "title", "text", "outlet", "credit", "published", "updated", "status",
    "embargo", "url", "author", "section",
]  # fmt: skip

# Names of fields in the order of preference, as exports of content systems, crawlers, corpora,
# feeds and schema.org write them; case, spaces, hyphens and underscores do not count. The Arabic
# ones are headings of spreadsheets.
_NAMES: dict[Role, str] = {
    "guid": "guid id _id uuid uid articleid docid documentid storyid newsid identifier المعرف رقم",
    "version": "version revision",
    "title": "title headline heading newstitle articletitle titlear maintitle name العنوان عنوان "
    "عنوانالخبر",
    "text": (
        "text body content contenttext articlebody fulltext articletext maintext bodytext "
        "newstext story "
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
        "timestamp time firstcreated contentcreated versioncreated postdategmt postdate "
        "التاريخ تاريخ تاريخالنشر"
    ),
    "updated": "updated updatedat modified modifiedat modifiedgmt datemodified dateupdated "
    "lastmodified lastupdate lastupdated updatetime آخرتحديث تاريخالتحديث",
    "status": "pubstatus status poststatus workflowstatus",
    "embargo": "embargoed embargo embargountil embargodate",
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
_DEPTH = 6  # of objects within objects that are looked into


def article_of_json(
    content: Content, data: bytes, position: int | None, encoding: str, guid: str | None = None
) -> RawArticle | Unreadable:
    """The article of one JSON object in bytes; `guid` is its id where it has none itself."""
    try:
        value, encoding = parse_json(data, encoding)
    except Refused as refused:
        return content.unreadable(refused.reason, refused.detail, position=position, raw=data)
    if guid is not None and isinstance(value, Mapping):
        value = {"_id": guid, **value}
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
    source = record.get("_source")
    if isinstance(source, Mapping):  # a hit of Elasticsearch
        record = {"_id": record.get("_id"), **source}
    item = wire_item(record) if is_wire_item(record) else item_of_record(record)
    if item.text is None and item.title is None:
        names = ", ".join(str(name) for name in list(record)[:12])
        return content.unreadable(
            Reason.NO_TEXT,
            f"No field is a title or a text; fields are: {names}.",
            position=position,
            raw=data,
        )
    return article_of_item(content, item, encoding, position=position)


def item_of_record(record: Mapping[str, Any]) -> Item:
    """The values of a record whose fields have the names of `_NAMES`."""
    values = values_of(record)
    first = {role: strings[0] for role, strings in values.items()}
    status = first.get("status")
    return Item(
        guid=first.get("guid"),
        version=first.get("version"),
        title=first.get("title"),
        text=_with_letters(values.get("text", [])),
        published=values.get("published", []),
        updated=first.get("updated"),
        credit=first.get("credit"),
        outlet=first.get("outlet"),
        author=first.get("author"),
        section=first.get("section"),
        url=first.get("url"),
        # anything may be called a status; only the words of publishing count here
        status=status if status and state_of(status) else None,
        embargo=first.get("embargo"),
    )


def _with_letters(texts: list[str]) -> str | None:
    """The first text that has letters: of some exports the body has lost them."""
    lettered = (text for text in texts if any(character.isalpha() for character in text))
    return next(lettered, texts[0] if texts else None)


def values_of(record: Mapping[str, Any]) -> dict[Role, list[str]]:
    """The strings of a record by what they are, those of one role in the order of `_NAMES`.

    Where the record itself has no text, an object within it may be the article (`article`,
    `fields`).
    """
    found = _own_values(record)
    if "text" not in found:
        for inner in record.values():
            if isinstance(inner, Mapping) and "text" in (within := _own_values(inner)):
                return found | within
    return found


def has_text_field(names: list[str]) -> bool:
    """Whether a header of columns names a title or a text."""
    return any(_role_of(name)[0] in ("text", "title") for name in names)


def known_fields(names: list[str]) -> int:
    """How many names of a header are known."""
    return sum(_role_of(name)[0] is not None for name in names)


def _own_values(record: Mapping[str, Any]) -> dict[Role, list[str]]:
    found: dict[Role, list[tuple[int, str]]] = {}
    for name, value in record.items():
        role, rank = _role_of(str(name))
        if role is not None:
            text = _string(value, _JOINED_BY.get(role, ""))
            if text is not None:
                found.setdefault(role, []).append((rank, text))
    return {
        role: [text for _, text in sorted(ranked)] if len(ranked) > 1 else [ranked[0][1]]
        for role, ranked in found.items()
    }


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

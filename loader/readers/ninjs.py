"""ninjs 1, 2 and 3, and items of Superdesk: objects of JSON with the fields of a wire item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loader.readers.items import Item
from loader.states import state_of

# A wire item has at least two of these; letter case does not count.
_MARKS = frozenset(
    [
        "pubstatus",
        "versioncreated",
        "firstcreated",
        "contentcreated",
        "infosource",
        "infosources",
        "headlines",
        "bodies",
        "body_text",
        "body_html",
        "body_xhtml",
        "usageterms",
        "copyrightholder",
        "slugline",
        "anpa_category",
        "_current_version",
        "located",
    ]
)
_ABSTRACTS = ("description_text", "description_html", "abstract", "descriptions", "summary")


def is_wire_item(record: Mapping[str, Any]) -> bool:
    """Whether a record is a ninjs or a Superdesk item."""
    return sum(str(name).lower() in _MARKS for name in record) >= 2


def wire_item(record: Mapping[str, Any]) -> Item:
    """The values of a ninjs or Superdesk item."""
    fields = {str(name).lower(): value for name, value in record.items()}
    guid = _first(fields, "guid", "uri", "_id")
    schedule = fields.get("schedule_settings")
    planned = _first(schedule, "utc_embargo") if isinstance(schedule, Mapping) else None
    return Item(
        guid=guid,
        version=_first(fields, "version", "_current_version"),
        title=_first(fields, "headline", "headlines", "name"),
        text=_text(fields),
        published=[_string(fields.get(name)) for name in _DATES],
        updated=_first(fields, "versioncreated", "_updated"),
        credit=_credit(fields),
        author=_first(fields, "byline", "by", "authors"),
        section=_first(fields, "anpa_category", "service", "subject", "subjects"),
        url=guid if guid and guid.lower().startswith(("http://", "https://")) else None,
        status=_status(_first(fields, "pubstatus"), _first(fields, "state")),
        embargo=planned or _first(fields, "embargoed", "embargo"),
    )


_DATES = ("contentcreated", "firstcreated", "versioncreated", "firstpublished", "_created")


def _status(published: str | None, state: str | None) -> str | None:
    """The status for readers, unless the state on the desk is stricter."""
    if state and state_of(state) not in (None, "usable"):
        return published if published and state_of(published) != "usable" else state
    return published


def _text(fields: Mapping[str, Any]) -> str | None:
    """Text before HTML; an abstract only if there is nothing else."""
    bodies = [name for name in fields if name.startswith("body_")]
    known = ("bodies", "body_text", "body_html", "body_xhtml")
    return _first(fields, *known, *bodies, *_ABSTRACTS)


def _first(fields: Mapping[str, Any], *names: str) -> str | None:
    """The first field that says something: a string, the main one of several, or names."""
    for name in names:
        value = fields.get(name)
        if text := _string(value) or _main(value) or _names(value):
            return text
    return None


def _main(values: Any) -> str | None:
    """Of several headlines or bodies the main one, plain text before others."""
    if not isinstance(values, list):
        return None
    found = [
        value for value in values if isinstance(value, Mapping) and _string(value.get("value"))
    ]
    found.sort(key=_rank)
    return _string(found[0].get("value")) if found else None


def _rank(value: Mapping[str, Any]) -> tuple[bool, bool]:
    kind = str(value.get("contentType") or value.get("contenttype") or "text/plain")
    return value.get("role") not in ("main", None), kind != "text/plain"


def _credit(fields: Mapping[str, Any]) -> str | None:
    sources = [
        source
        for name in ("infosource", "infosources")
        for source in _mappings(fields.get(name))
        if "orig" in str(source.get("role") or "orig")
    ]
    return _names(sources) or _first(fields, "source", "creditline", "copyrightholder")


def _names(values: Any) -> str | None:
    """The names of a list of objects, each once."""
    names = [
        _string(value.get("name")) or _string(value.get("literal")) for value in _mappings(values)
    ]
    return " - ".join(dict.fromkeys(name for name in names if name)) or None


def _mappings(values: Any) -> Iterator[Mapping[str, Any]]:
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, Mapping):
            yield value


def _string(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None

"""NewsML 1.2: items whose text is NITF, XHTML or plain, in components within components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loader.readers.content import Content, Reading
from loader.readers.items import Item, article_of_item
from loader.readers.markup import local_name, plain, text_of
from loader.readers.nitf import nitf_item
from loader.readers.xml import Items, children, first, value


def read_newsml_1(content: Content) -> Reading:
    """The items of one file; `position` counts them from 1."""
    items = Items(content, "NewsItem")
    for position, element in enumerate(items, start=1):
        yield article_of_item(content, _item(element), items.encoding, position=position)


def _item(element: Any) -> Item:
    identifier = ("Identification", "NewsIdentifier")
    management = ("NewsManagement",)
    data = max(
        ((_text(content), content) for content in element.iter("{*}DataContent")),
        key=lambda found: len(found[0]),
        default=("", element),
    )
    components = list(_components(data[1])) or list(children(element, "NewsComponent"))
    nitf = next((nitf_item(root) for root in data[1] if local_name(root) == "nitf"), Item())
    created = first(element, *management, "FirstCreated")
    revised = first(element, *management, "ThisRevisionCreated")
    status, embargo = _status(element)
    return Item(
        guid=first(element, *identifier, "PublicIdentifier") or _identity(element, *identifier),
        version=first(element, *identifier, "RevisionId"),
        title=_line(components, "HeadLine") or nitf.title,
        text=data[0],
        published=(created, revised, *nitf.published),
        updated=revised,
        credit=_credit(components) or nitf.credit,
        author=_line(components, "ByLine") or nitf.author,
        section=_line(components, "KeywordLine"),
        status=status,
        embargo=embargo,
    )


def _status(element: Any) -> tuple[str | None, str | None]:
    """The status and the embargo, whose end may be left open."""
    status = value(element, "FormalName", "NewsManagement", "Status")
    if (status or "").lower() != "embargoed":
        return status, None
    end = first(element, "NewsManagement", "StatusWillChange", "DateAndTime")
    return None, end or "unknown"


def _identity(element: Any, *path: str) -> str | None:
    """The parts that a public identifier is made of."""
    parts = [first(element, *path, name) for name in ("ProviderId", "DateId", "NewsItemId")]
    return ":".join(["urn:newsml", *(part for part in parts if part)]) if all(parts) else None


def _components(content: Any) -> Iterator[Any]:
    """The components round a text, the nearest first."""
    return (outer for outer in content.iterancestors() if local_name(outer) == "NewsComponent")


def _line(components: list[Any], name: str) -> str | None:
    return next(
        (line for component in components if (line := first(component, "NewsLines", name))), None
    )


def _credit(components: list[Any]) -> str | None:
    """The credit line, else the source, else the provider."""
    if credit := _line(components, "CreditLine"):
        return credit
    for role in ("Source", "Provider", "Creator"):
        for component in components:
            party = ("AdministrativeMetadata", role, "Party")
            if name := value(component, "FormalName", *party) or first(component, *party):
                return name
    return _line(components, "CopyrightLine")


def _text(content: Any) -> str:
    for root in content:
        bodies = [*children(root, "body", "body.content")] or [*children(root, "body")] or [root]
        return "\n".join(map(text_of, bodies))
    return plain("".join(content.itertext())).strip()

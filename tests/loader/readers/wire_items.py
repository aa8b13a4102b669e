"""One invented story as each format writes it; the tests of formats fill in what they are about."""

from __future__ import annotations

from pathlib import Path

from loader.raw import Given, RawArticle, Unreadable
from loader.readers import read
from loader.settings import LoaderSettings

TITLE = "ميناء صلالة يستقبل أول سفينة تعمل بالهيدروجين"
PARAGRAPHS = (
    "استقبل ميناء صلالة صباح اليوم أول سفينة شحن تعمل بالهيدروجين في رحلتها الأولى.",
    "وقال مدير الميناء إن الرصيف الجديد يكفي لسفينتين، وإن العمل فيه استمر عامين.",
)
TEXT = "\n".join(PARAGRAPHS)
XHTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
GUID = "urn:newsml:example.org:20240310:77"
SETTINGS = LoaderSettings(max_article_bytes=100_000, time_zone="Asia/Muscat")


def items(folder: Path, data: bytes | str, name: str = "a") -> list[RawArticle | Unreadable]:
    """What is read of one file."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([path], SETTINGS))


def article(folder: Path, data: bytes | str, name: str = "a") -> RawArticle:
    """The only article of one file."""
    (item,) = items(folder, data, name)
    assert isinstance(item, RawArticle), item
    return item


def reasons(folder: Path, data: bytes | str, name: str = "a") -> list[str]:
    """The reason, or "article", of each item of one file."""
    return [
        item.reason if isinstance(item, Unreadable) else "article"
        for item in items(folder, data, name)
    ]


def given(item: RawArticle | Unreadable) -> Given:
    """What came beside the text of an item that was read."""
    assert isinstance(item, RawArticle), item
    return item.given


def read_as(item: RawArticle | Unreadable) -> str:
    """The format of an item, or why it was not read."""
    return item.format if isinstance(item, RawArticle) else item.reason

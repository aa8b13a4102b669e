"""What a path says: `tass/2020/12/30/a.txt`, `reuters_2020-12-30.txt`. It only supplies what the
text lacks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from loader.extract.civil import Dated, Refused, bounded
from mappings.agencies import Agency, Registry

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](0[1-9]|1[0-2])(?![-_.]?\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = re.compile(r"[-_. ]+")


@dataclass(frozen=True, slots=True)
class PathHints:
    """A source (agency or outlet) and a date that the path names."""

    source: Agency | None = None
    dated: Dated | None = None


def read_path(folder: str, path: str, registry: Registry, today: date) -> PathHints:
    """The hints of `path` below the named `folder`. Of several folders that name a source, the
    innermost counts.
    """
    folders, stem = _parts(folder, path)
    source = next((found for part in reversed(folders) if (found := _source(part, registry))), None)
    dated = _date(folders, stem, today)
    if source is None and dated is not None:
        # A file name signs only beside its date: "map.txt" is a map, "map_2020-12-30.txt" is from
        # MAP.
        source = next(
            (found for part in _PART.split(stem) if (found := _source(part, registry))), None
        )
    return PathHints(source, dated)


def dated_by_address(address: str, today: date) -> Dated | None:
    """The date in the path of a page's address (`…/2020/12/30/title.html`); its site says who
    published.
    """
    try:
        path = urlsplit(address).path
    except ValueError:  # no address at all (http://[abc)
        return None
    return _date(*_parts("", path), today)


def _parts(folder: str, path: str) -> tuple[list[str], str]:
    """The folders, outermost first, and the file's name without its endings."""
    *inner, name = path.split("/")
    return [part for part in [folder, *inner] if part], name.split(".", 1)[0]


def _source(part: str, registry: Registry) -> Agency | None:
    return registry.get(part.lower()) or (
        registry.resolve(part) if not part.isdigit() and len(part) > 2 else None
    )


def _date(folders: list[str], stem: str, today: date) -> Dated | None:
    for part in [stem, *reversed(folders)]:
        if (match := _ISO.search(part)) and (found := _day(match[1], match[3], match[4], today)):
            return found
    numbers = [part for part in [*folders, stem] if part.isdecimal()]
    for at, part in enumerate(numbers):
        if not _YEAR.fullmatch(part):
            continue
        rest = [n for n in numbers[at + 1 : at + 3] if len(n) <= 2]
        if len(rest) == 2 and (found := _day(part, rest[0], rest[1], today)):
            return found
        if rest and 1 <= int(rest[0]) <= 12:
            return _kept(Dated(date(int(part), int(rest[0]), 1), "", "month", "path"), today)
        return _kept(Dated(date(int(part), 1, 1), "", "year", "path"), today)
    for part in [stem, *reversed(folders)]:
        if match := _MONTH.search(part):
            return _kept(Dated(date(int(match[1]), int(match[2]), 1), "", "month", "path"), today)
    return None


def _day(year: str, month: str, day: str, today: date) -> Dated | None:
    try:
        return _kept(Dated(date(int(year), int(month), int(day)), "", "day", "path"), today)
    except ValueError:
        return None


def _kept(dated: Dated, today: date) -> Dated | None:
    settled = bounded(dated, today)
    return None if isinstance(settled, Refused) else settled

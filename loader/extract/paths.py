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
    parts = [stem, *reversed(folders)]
    for match in filter(None, map(_ISO.search, parts)):
        if found := _day(match[1], match[3], match[4], today):
            return found
    numbers = [part for part in [*folders, stem] if part.isdecimal()]
    year_at = next((at for at, part in enumerate(numbers) if _YEAR.fullmatch(part)), None)
    if year_at is not None:
        return _folders_date(numbers[year_at : year_at + 3], today)
    month = next(filter(None, map(_MONTH.search, parts)), None)
    return _month(month[1], month[2], today) if month else None


def _folders_date(numbers: list[str], today: date) -> Dated | None:
    """ "2020/12/30", "2020/12", "2020"."""
    year, *rest = numbers
    rest = [number for number in rest if len(number) <= 2]
    if len(rest) == 2 and (found := _day(year, rest[0], rest[1], today)):
        return found
    if rest and 1 <= int(rest[0]) <= 12:
        return _month(year, rest[0], today)
    return _kept(Dated(date(int(year), 1, 1), "", "year", "path"), today)


def _month(year: str, month: str, today: date) -> Dated | None:
    return _kept(Dated(date(int(year), int(month), 1), "", "month", "path"), today)


def _day(year: str, month: str, day: str, today: date) -> Dated | None:
    try:
        return _kept(Dated(date(int(year), int(month), int(day)), "", "day", "path"), today)
    except ValueError:
        return None


def _kept(dated: Dated, today: date) -> Dated | None:
    settled = bounded(dated, today)
    return None if isinstance(settled, Refused) else settled

"""The entries of a registry of agencies: one source each, read from a TOML file and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args

from mappings.errors import NabaError

Kind = Literal["agency", "channel", "outlet"]

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LABELS = ("label_ar", "label_en")
_LISTS = ("aliases", "initials", "latin", "domains", "bylines", "ambiguous")


class RegistryError(NabaError):
    """A registry file that cannot be used; the message says which entry and what to do."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One source: an agency, a channel that is credited like one, or an outlet that only
    publishes.
    """

    id: str
    label_ar: str
    label_en: str
    kind: Kind = "agency"
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    # Names that mean this source in bylines and datelines and another one elsewhere.
    bylines: tuple[str, ...] = ()
    # Those of its names that are words, places or persons as well.
    ambiguous: tuple[str, ...] = ()
    example: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the Arabic label first."""
        return (self.label_ar, *self.aliases, *self.initials, *self.latin)

    def label(self, lang: str = "ar") -> str:
        """The name people see: Arabic, or English where `lang` is "en"."""
        return self.label_en if lang == "en" else self.label_ar


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))


def _fault(table: Mapping[str, Any]) -> str | None:
    """What keeps a [[source]] table with an id from being an entry, or None."""
    if table.get("kind", "agency") not in get_args(Kind):
        return 'kind must be "agency", "channel" or "outlet"'
    for key in _LABELS:
        if not _is_name(table.get(key)):
            return f"{key} must be a name"
    for key in _LISTS:
        if not _are_names(table.get(key, [])):
            return f"{key} must be a list of names"
    return None


def _entry(table: Mapping[str, Any], where: str) -> Agency:
    """One [[source]] table as an Agency; raises RegistryError with the entry's place."""
    known = {field.name for field in fields(Agency)}
    if unknown := sorted(set(table) - known):
        raise RegistryError(
            f"{where}: unknown key {unknown[0]!r}; the keys are {', '.join(sorted(known))}"
        )
    source_id = table.get("id")
    if not isinstance(source_id, str) or not _ID.fullmatch(source_id):
        raise RegistryError(
            f"{where}: id must be lower-case Latin letters, digits, _ or -, at most 40"
        )
    if fault := _fault(table):
        raise RegistryError(f"{where} ({source_id}): {fault}")
    return Agency(
        id=source_id,
        label_ar=table["label_ar"],
        label_en=table["label_en"],
        kind=cast(Kind, table.get("kind", "agency")),
        example=str(table.get("example", "")),
        **{key: tuple(table.get(key, [])) for key in _LISTS},
    )


def read_entries(path: Path) -> list[Agency]:
    """The entries of one registry file, in order; raises RegistryError where the file is not
    one.
    """
    try:
        with path.open("rb") as handle:
            data = tomllib.load(handle)
    except OSError as error:
        raise RegistryError(
            f"{path}: cannot be read ({error.strerror}); check NABA_AGENCIES"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: not a TOML file in UTF-8 ({error})") from error
    tables = data.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RegistryError(f"{path}: every agency is a [[source]] table")
    return [_entry(table, f"{path.name}, entry {number}") for number, table in enumerate(tables, 1)]

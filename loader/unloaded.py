"""Articles that did not get into the index, written so that `naba load` can read them again.

One JSON object a line, marked by `naba_unloaded`, with the outcome and reason for people and
everything that made the article: its source, place, text and given values, so that it gets the same
id. A person may mend `text` and load the file; where a line of a record file could not be read, it
is kept under `raw`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import orjson

from loader.raw import Given, RawArticle, Unreadable
from mappings.errors import NabaError

MARK = "naba_unloaded"
FORMAT = 1
_GIVEN_NAMES = frozenset(field.name for field in fields(Given))


def is_record(value: object) -> bool:
    """Whether a JSON value read from a file is one of these records."""
    return isinstance(value, Mapping) and value.get(MARK) == FORMAT


def record(item: RawArticle | Unreadable, outcome: str, reason: str, detail: str) -> dict[str, Any]:
    """The record of an article that was rejected or failed."""
    entry: dict[str, Any] = {
        MARK: FORMAT,
        "outcome": outcome,
        "reason": reason,
        "detail": detail,
        "source": item.source,
        "path": item.path,
        "position": item.position,
    }
    if isinstance(item, Unreadable):
        return {**entry, "raw": item.raw}
    entry |= {"encoding": item.encoding, "given": _named_values(item.given), "text": item.text}
    if item.defaults is not None:
        entry["defaults"] = _named_values(item.defaults)
    return entry


def restore(entry: Mapping[str, Any]) -> RawArticle | Unreadable:
    """The article of a record, or again what could not be read. Raises ValueError for a record that
    is incomplete.
    """
    source, path, position = entry.get("source"), entry.get("path"), entry.get("position")
    if (
        not isinstance(source, str)
        or not isinstance(path, str)
        or not isinstance(position, int | None)
    ):
        raise ValueError("a record of an unloaded article needs source, path and position")
    text = entry.get("text")
    if isinstance(text, str):
        defaults = entry.get("defaults")
        return RawArticle(
            source=source,
            path=path,
            text=text,
            position=position,
            given=_given(entry.get("given")),
            encoding=str(entry.get("encoding", "utf-8")),
            defaults=None if defaults is None else _given(defaults),
        )
    raw = entry.get("raw")
    return Unreadable(
        source=source,
        path=path,
        reason=str(entry.get("reason", "unreadable")),
        detail=str(entry.get("detail", "")),
        position=position,
        raw=raw if isinstance(raw, str) else None,
    )


def _named_values(given: Given) -> dict[str, str]:
    return {name: value for name, value in asdict(given).items() if value is not None}


def _given(values: object) -> Given:
    if values is None:
        return Given()
    if not isinstance(values, Mapping) or not all(
        isinstance(value, str) for value in values.values()
    ):
        raise ValueError("the given values of an unloaded article are an object of strings")
    # What was kept before the sender's id was called its guid.
    names = {name: "guid" if name == "id" else name for name in values}
    return Given(**{names[name]: values[name] for name in values if names[name] in _GIVEN_NAMES})


class CannotKeep(NabaError):
    """The file for what was not loaded cannot be written."""


class UnloadedFile:
    """Writes records to `path`, which comes into being with the first of them; each is on disk's
    way at once.

    `path` must not exist yet: what an earlier load left is never overwritten.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, item: RawArticle | Unreadable, outcome: str, reason: str, detail: str) -> None:
        """Keep one article. Raises CannotKeep: a load that loses articles silently must not go
        on.
        """
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                # Copy may be under embargo: readable by its owner only, as the index is.
                self._file = os.fdopen(
                    os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                )
            self._file.write(_json_line(record(item, outcome, reason, detail)))
            self._file.flush()
        except OSError as error:
            raise CannotKeep(
                f"What was not loaded cannot be written to {self.path} ({error.strerror}): set "
                f"NABA_DATA_DIR to a "
                "folder with room."
            ) from error
        self.count += 1


def _json_line(entry: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(entry) + b"\n"
    except (
        orjson.JSONEncodeError
    ):  # halves of characters: json writes them as escapes, and reads them back
        return json.dumps(entry, ensure_ascii=True).encode("ascii") + b"\n"

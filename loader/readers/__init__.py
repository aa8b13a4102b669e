"""Files -> raw articles: one small module per format, streamed, every problem one counted
outcome.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from loader.raw import RawArticle, Unreadable
from loader.readers.compressed import (
    Budget,
    file_chunks,
    gunzipped,
    member_chunks,
    member_path,
    open_zip,
)
from loader.readers.content import Content, Reader, Reading
from loader.readers.csv import read_csv
from loader.readers.html import read_html
from loader.readers.json import read_json
from loader.readers.jsonl import read_jsonl
from loader.readers.reasons import Reason, Refused
from loader.readers.text import read_text
from loader.readers.walk import Found, find, is_hidden
from loader.settings import LoaderSettings
from loader.time_limit import TookTooLong, within

__all__ = ["FORMATS", "Reason", "read"]

FORMATS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
}
_ARCHIVES = frozenset((".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst"))


def read(
    paths: Sequence[Path], settings: LoaderSettings, source: str | None = None
) -> Iterator[RawArticle | Unreadable]:
    """Every article below `paths`, and every file or record that is none, with its reason.

    Folders are walked in sorted order; hidden files are passed over. `source` overrides the
    folders' names. Memory does not grow with the number or size of files. Raises nothing for what
    it reads.
    """
    for found in find(paths, source):
        if isinstance(found, Unreadable):
            yield found
        else:
            yield from _read_file(found, settings)


def _read_file(found: Found, settings: LoaderSettings) -> Reading:
    chunks = file_chunks(found.file)
    if PurePosixPath(found.path.lower()).suffix == ".zip":
        yield from _guarded(found.source, found.path, settings, _read_zip(found, settings))
    else:
        yield from _read_content(
            Content(found.source, found.path, chunks, settings), named=found.named
        )


def _read_content(content: Content, *, named: bool) -> Reading:
    yield from _guarded(content.source, content.path, content.settings, _by_format(content, named))


def _by_format(content: Content, named: bool) -> Reading:
    """Choose the reader by the name: `a.jsonl.gz` is JSON lines, gzipped; a name without ending is
    text.
    """
    name = PurePosixPath(content.path.lower())
    if name.suffix == ".gz":
        chunks = gunzipped(content.chunks, content.settings)
        content = Content(content.source, content.path, chunks, content.settings)
        name = name.with_suffix("")
    reader = FORMATS.get(name.suffix)
    if (
        reader is None
        and (named or name.suffix == "" or name.suffix[1:].isdigit())
        and name.suffix not in _ARCHIVES
    ):
        reader = read_text
    if reader is None:
        raise Refused(
            Reason.UNKNOWN_FORMAT,
            f"Files of the kind {name.suffix} are not read; known are {' '.join(FORMATS)}, each "
            f"also .gz, and .zip.",
        )
    yield from _in_time(reader(content), content.settings.reading_seconds)


def _in_time(reading: Reading, seconds: float) -> Reading:
    """`reading`, each article of which takes at most `seconds` of processor time. Raises Refused
    (too-slow).
    """
    while True:
        try:
            item = within(seconds, lambda: next(reading, None))
        except TookTooLong as error:
            raise Refused(Reason.TOO_SLOW, str(error)) from None
        if item is None:
            return
        yield item


def _guarded(source: str, path: str, settings: LoaderSettings, reading: Reading) -> Reading:
    """What was read, ended by one `Unreadable` where reading broke off, or where there was nothing
    at all.
    """
    count = 0
    content = Content(source, path, iter(()), settings)
    try:
        for item in reading:
            count += 1
            yield item
    except Refused as refused:
        yield content.unreadable(refused.reason, refused.detail + _read_before(count))
        return
    except PermissionError:
        yield content.unreadable(Reason.NOT_PERMITTED, "It may not be read by this user.")
        return
    except OSError as error:
        detail = f"It cannot be read: {error.strerror or error}."
        yield content.unreadable(Reason.INPUT_ERROR, detail + _read_before(count))
        return
    except Exception as error:  # noqa: BLE001 - a mistake of ours that one file brings out must not lose the others
        yield content.unreadable(
            Reason.NOT_UNDERSTOOD, f"Reading it failed: {error!r}." + _read_before(count)
        )
        return
    if not count:
        yield content.unreadable(Reason.EMPTY, "There is nothing in it.")


def _read_before(count: int) -> str:
    return f" What came before it ({count:,}) was read." if count else ""


def _read_zip(found: Found, settings: LoaderSettings) -> Reading:
    """The members of a zip archive in sorted order, each by its own format."""
    with found.file.open("rb") as file, open_zip(file, settings) as archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        budget = Budget(settings)
        names: set[str] = set()
        for member in members:
            path = f"{found.path}/{member.filename}"
            try:
                name = member_path(member)
                path = f"{found.path}/{name}"
                if member.is_dir() or is_hidden(name):
                    continue
                if name in names:
                    raise Refused(
                        Reason.SAME_PATH, "The archive holds a member of this name twice."
                    )
                names.add(name)
                if PurePosixPath(name.lower().removesuffix(".gz")).suffix in _ARCHIVES:
                    raise Refused(
                        Reason.NESTED_ARCHIVE,
                        "An archive within an archive is not read; unpack it first.",
                    )
            except Refused as refused:
                yield Content(found.source, _shown(path), iter(()), settings).unreadable(
                    refused.reason, refused.detail
                )
                continue
            chunks = _spending(member_chunks(archive, member, settings), budget)
            yield from _read_content(
                Content(found.source, _shown(path), chunks, settings), named=False
            )


def _spending(chunks: Iterator[bytes], budget: Budget) -> Iterator[bytes]:
    for chunk in chunks:
        budget.spend(len(chunk))
        yield chunk


def _shown(path: str) -> str:
    """A member's name as it is stored and printed: without controls, of bounded length."""
    return "".join(
        character if character.isprintable() else "\ufffd"
        for character in itertools.islice(path, 1_000)
    )

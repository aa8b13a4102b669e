"""Files -> raw articles: one small module per format, streamed, every problem one counted
outcome.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from loader.readers.content import Content, Reading
from loader.readers.docx import BODY
from loader.readers.formats import ENDINGS, HEAD, TEXT, Head, recognise
from loader.readers.reasons import Reason, Refused
from loader.readers.walk import Found, find, is_hidden
from loader.settings import LoaderSettings
from loader.time_limit import TookTooLong, within

__all__ = ["ENDINGS", "Reason", "read"]

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
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
            content = Content(found.source, found.path, file_chunks(found.file), settings)
            yield from _guarded(content, _read_file(content, found))


def _read_file(content: Content, found: Found) -> Reading:
    content, head = _begun(content)
    is_zip = head.data.startswith(_ZIP) or head.ending == ".zip"
    if is_zip and not _is_document(found.file, content.settings):
        yield from _read_zip(content, found)
    else:
        yield from _by_format(content, head, named=found.named)


def _is_document(path: Path, settings: LoaderSettings) -> bool:
    """Whether a zip archive is a Word document; not where it is refused as an archive."""
    try:
        with path.open("rb") as file, open_zip(file, settings) as archive:
            return BODY in archive.NameToInfo
    except Refused:
        return False


def _begun(content: Content) -> tuple[Content, Head]:
    """The content, unpacked where it is gzipped, and its beginning. What goes wrong in unpacking
    further on is raised when that place is read.
    """
    name = PurePosixPath(content.path.lower())
    content, data = _peeked(content)
    if data.startswith(_GZIP) or name.suffix == ".gz":
        name = name.with_suffix("") if name.suffix == ".gz" else name
        unpacked = replace(content, chunks=gunzipped(content.chunks, content.settings))
        content, data = _peeked(replace(unpacked, format=content.format + ".gz"))
    return content, Head(data, name.suffix)


def _peeked(content: Content) -> tuple[Content, bytes]:
    data = b""
    chunks = content.chunks
    try:
        for chunk in chunks:
            data += chunk
            if len(data) >= HEAD:
                break
    except Refused as refused:  # what comes before the damage is read first
        if not data:
            raise
        chunks = _raising(refused)
    return replace(content, chunks=itertools.chain([data], chunks)), data[:HEAD]


def _raising(refused: Refused) -> Iterator[bytes]:
    yield b""
    raise refused


def _by_format(content: Content, head: Head, *, named: bool) -> Reading:
    """Read by the format that the content has, or the name where the content does not tell."""
    format_ = recognise(head)
    told = head.root is not None and head.text.startswith("<?xml")
    if format_ is None and named and not told and head.ending not in _ARCHIVES:
        format_ = TEXT
    if format_ is None:
        what = f"XML with the root {head.root!r}" if told else f"Files of the kind {head.ending}"
        raise Refused(
            Reason.UNKNOWN_FORMAT,
            f"{what} are not read; known are {' '.join(ENDINGS)}, each also .gz, and .zip.",
        )
    prefix = "zip: " if "/" in content.format else ""
    name = prefix + format_.name + content.format.removeprefix("zip/")
    reading = format_.read(replace(content, format=name))
    yield from _in_time(reading, content.settings.reading_seconds)


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


def _guarded(content: Content, reading: Reading) -> Reading:
    """What was read, ended by one `Unreadable` where reading broke off, or where there was nothing
    at all.
    """
    count = 0
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


def _read_zip(content: Content, found: Found) -> Reading:
    """The members of a zip archive in sorted order, each by its own format."""
    settings = content.settings
    with found.file.open("rb") as file, open_zip(file, settings) as archive:
        Budget(settings).spend(sum(member.file_size for member in archive.infolist()))
        budget = Budget(settings)  # of what the members really become
        names: set[str] = set()
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            inner = replace(content, path=f"{found.path}/{member.filename}", format="zip/")
            try:
                name = member_path(member)
                inner = replace(inner, path=f"{found.path}/{name}")
                if member.is_dir() or is_hidden(name):
                    continue
                if name in names:
                    raise Refused(
                        Reason.SAME_PATH, "The archive holds a member of this name twice."
                    )
                names.add(name)
            except Refused as refused:
                shown = replace(inner, path=_shown(inner.path))
                yield shown.unreadable(refused.reason, refused.detail)
                continue
            chunks = _spending(member_chunks(archive, member, settings), budget)
            inner = replace(inner, path=_shown(inner.path), chunks=chunks)
            yield from _guarded(inner, _read_member(inner))


def _read_member(content: Content) -> Reading:
    nested = Refused(
        Reason.NESTED_ARCHIVE, "An archive within an archive is not read; unpack it first."
    )
    if PurePosixPath(content.path.lower().removesuffix(".gz")).suffix in _ARCHIVES:
        raise nested
    content, head = _begun(content)
    if head.data.startswith(_ZIP) and head.ending != ".docx":
        raise nested
    yield from _by_format(content, head, named=False)


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

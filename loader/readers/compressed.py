"""gzip and zip: what is inside, in pieces, within the limits for archives; nothing is unpacked to
disk.
"""

from __future__ import annotations

import contextlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from loader.readers.content import CHUNK
from loader.readers.reasons import Reason, Refused
from loader.settings import LoaderSettings

# Below this a small, very regular file may well be 100 times its compressed size and does no harm.
_RATIO_COUNTS_FROM = 65_536
_ENCRYPTED = 0x1
_NAME_IN_UTF_8 = 0x800
_DIRECTORY_ENTRY = 46 + 1_024  # bytes of a zip's directory that one member may take


def gunzipped(chunks: Iterator[bytes], settings: LoaderSettings) -> Iterator[bytes]:
    """The bytes in one or more gzip members. Raises Refused (broken-archive, archive-ratio,
    archive-size).
    """
    budget = Budget(settings)
    taken = given = 0
    decompressor = zlib.decompressobj(wbits=31)
    started = False
    for chunk in chunks:
        taken += len(chunk)
        while chunk:
            if decompressor.eof:
                if not chunk.strip(b"\0"):  # padding after the last member
                    break
                decompressor = zlib.decompressobj(wbits=31)
            try:
                piece = decompressor.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise Refused(
                    Reason.BROKEN_ARCHIVE, "The gzip data is damaged or is none."
                ) from error
            started = True
            chunk = decompressor.unconsumed_tail or decompressor.unused_data
            given += len(piece)
            budget.spend(len(piece))
            refuse_ratio(given, taken, settings)
            if piece:
                yield piece
    if started and not decompressor.eof:
        raise Refused(Reason.BROKEN_ARCHIVE, "The gzip data ends before it is complete.")


def refuse_ratio(size: int, compressed: int, settings: LoaderSettings) -> None:
    """Raises Refused (archive-ratio) where `size` bytes came from too few `compressed` ones."""
    if size > _RATIO_COUNTS_FROM and size > settings.archive_max_ratio * max(compressed, 1):
        raise Refused(
            Reason.ARCHIVE_RATIO,
            f"It becomes more than {settings.archive_max_ratio} times larger when unpacked, "
            f"which no text does; "
            "unpack it yourself if you trust it.",
        )


class Budget:
    """How much an archive may still become."""

    def __init__(self, settings: LoaderSettings) -> None:
        self._limit = self._left = settings.archive_max_bytes

    def spend(self, size: int) -> None:
        """Raises Refused (archive-size) when nothing is left."""
        self._left -= size
        if self._left < 0:
            raise Refused(
                Reason.ARCHIVE_SIZE,
                f"It unpacks to more than {self._limit:,} bytes; raise NABA_ARCHIVE_MAX_BYTES or "
                f"unpack it yourself.",
            )


def open_zip(file: BinaryIO, settings: LoaderSettings) -> zipfile.ZipFile:
    """The archive, its directory read. Raises Refused (broken-archive, archive-members)."""
    try:
        members, directory = _directory_size(file)
        if (
            members > settings.archive_max_members
            or directory > settings.archive_max_members * _DIRECTORY_ENTRY
        ):
            raise Refused(
                Reason.ARCHIVE_MEMBERS,
                f"The archive has more than {settings.archive_max_members:,} members; split it, "
                f"or raise "
                "NABA_ARCHIVE_MAX_MEMBERS.",
            )
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, EOFError) as error:
        raise Refused(Reason.BROKEN_ARCHIVE, "The zip archive is damaged or is none.") from error


def _directory_size(file: BinaryIO) -> tuple[int, int]:
    """Members and bytes of the directory as the archive's end says: to be known before reading the
    directory.
    """
    size = file.seek(0, 2)
    start = max(0, size - 65_557)  # the end record with the longest comment
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile("no end record")
    members, directory = struct.unpack_from("<HI", tail, at + 10)
    if members == 0xFFFF or directory == 0xFFFFFFFF:
        locator = tail.rfind(b"PK\x06\x07", 0, at)
        if locator >= 0:
            file.seek(struct.unpack_from("<Q", tail, locator + 8)[0])
            members, directory = struct.unpack_from("<QQ", file.read(56), 32)
    file.seek(0)
    return members, directory


def member_path(member: zipfile.ZipInfo) -> str:
    """The member's path in the archive, POSIX. Raises Refused (unsafe-path, link)."""
    name = member.orig_filename
    if not member.flag_bits & _NAME_IN_UTF_8:
        # Old tools write UTF-8 names without saying so; zipfile then reads them as code page 437.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = name.replace("\\", "/")
    parts = name.rstrip("/").split("/")
    if (
        not name
        or "\0" in name
        or ":" in parts[0]
        or any(part in ("", ".", "..") for part in parts)
    ):
        raise Refused(Reason.UNSAFE_PATH, "The member's name leads out of the archive.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(Reason.LINK, "The member is a link.")
    return name


def member_chunks(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, settings: LoaderSettings
) -> Iterator[bytes]:
    """The bytes of a member. Raises Refused (encrypted, archive-ratio, broken-archive)."""
    if member.flag_bits & _ENCRYPTED:
        raise Refused(Reason.ENCRYPTED, "The member is encrypted; unpack it with its password.")
    refuse_ratio(member.file_size, member.compress_size, settings)
    try:
        with archive.open(member) as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise Refused(Reason.BROKEN_ARCHIVE, f"The member cannot be unpacked: {error}.") from error


def file_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file. Raises OSError."""
    with path.open("rb", buffering=0) as stream:
        while piece := stream.read(CHUNK):
            yield piece

"""Why something was not read: one stable code each, for summaries and for machines."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The codes of `loader.raw.Unreadable.reason`; `detail` says the same about the one file, for
    people.
    """

    NOT_FOUND = "not-found"  # no such file or folder, or a link to nothing
    NOT_PERMITTED = "not-permitted"
    NOT_A_FILE = "not-a-file"  # a socket, pipe or device
    INPUT_ERROR = "input-error"  # the operating system failed to read it
    LINK = "link"  # leads to what is read at its own place
    LINK_OUT = "link-out"  # leads out of the named folder
    SAME_PATH = "same-path"  # two named folders hold a file of one name under one source
    UNKNOWN_FORMAT = "unknown-format"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    RUINED = "ruined"  # its letters were lost before it came here
    BROKEN_JSON = "broken-json"
    BROKEN_XML = "broken-xml"
    BROKEN_ROW = "broken-row"
    NOT_A_RECORD = "not-a-record"  # JSON, but no object
    NOT_UNDERSTOOD = "not-understood"  # Naba itself stumbled over it
    TOO_SLOW = "too-slow"  # it took more than NABA_READING_SECONDS
    NO_TEXT = "no-text"  # a record or page without anything that could be an article
    NEEDS_HTML = "needs-html"  # the optional extra is not installed
    NEEDS_EXTRA = "needs-extra"  # likewise, for the other formats that need one
    BROKEN_ARCHIVE = "broken-archive"
    ARCHIVE_RATIO = "archive-ratio"
    ARCHIVE_SIZE = "archive-size"
    ARCHIVE_MEMBERS = "archive-members"
    NESTED_ARCHIVE = "nested-archive"
    ENCRYPTED = "encrypted"
    UNSAFE_PATH = "unsafe-path"


class Refused(Exception):
    """Reading stops here for this file; `read` makes an `Unreadable` of it."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

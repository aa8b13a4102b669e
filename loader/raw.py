"""What a reader hands on: one article as it was sent, before anything is understood of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Given:
    """Values that came beside the text: record fields, command options (`--agency`, `--date`), or
    the path.

    Strings, verbatim but for the instants, which readers bring into one form (RFC 3339, UTC:
    2026-11-28T17:40:22.636Z); `extract` resolves agency and credit to registry ids, and
    `published` to a date.
    """

    guid: str | None = None  # the sender's own id of the item, the same for all its versions
    version: str | None = None
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None  # an agency id or name that somebody vouches for
    credit: str | None = None  # agency/credit/author line as the record has it
    published: str | None = None
    published_at: str | None = None  # only where the sender gives a time and its zone
    updated_at: str | None = None
    status: str | None = None  # the sender's word; None is usable
    embargo: str | None = None  # an instant; None is free
    url: str | None = None
    author: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as read. `path` is below the named folder (POSIX), `position` its number in a
    record file.
    """

    source: str  # the named folder's name, or --source
    path: str
    text: str
    position: int | None = None  # from 1 in record files; None where the file is the article
    given: Given = field(default_factory=Given)
    encoding: str = "utf-8"
    format: str = "text"  # what the file was read as, for people: `zip: html`, `jsonl.gz`
    defaults: Given | None = None  # of a restored article: the options it was first loaded with

    @property
    def place(self) -> str:
        """Where it came from, for people: `wires/a.jsonl:17`."""
        return self.path if self.position is None else f"{self.path}:{self.position}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An article or a file that could not be read: one counted outcome, with its reason, and the
    run goes on.
    """

    source: str
    path: str
    reason: str  # a stable code such as "empty", "binary", "broken-json", "too-large"
    detail: str  # one sentence for people
    position: int | None = None
    raw: str | None = None  # what was read, when it is small enough to be loaded again

    @property
    def place(self) -> str:
        """Where it came from, for people."""
        return self.path if self.position is None else f"{self.path}:{self.position}"

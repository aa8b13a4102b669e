"""CSV (.csv, .tsv): a header that names the columns, then one article a row; fields may hold line
ends.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator

from loader.readers.content import Content, Reading
from loader.readers.encodings import DAMAGED, UTF_8, as_utf_8
from loader.readers.lines import bounded_lines
from loader.readers.reasons import Reason, Refused
from loader.readers.records import article_of_record, has_text_field, known_fields

_DELIMITERS = (",", ";", "\t", "|")
_HEADER_LINES = 3  # in which the names of the columns may stand
_HEADER_LENGTH = 2_000  # characters
_KNOWN_COLUMNS = 3  # of which a file that is not called a table is one


class _Rows:
    """Lines for the csv module; keeps what is to be known of the row that it is making of them."""

    def __init__(self, chunks: Iterator[bytes], limit: int) -> None:
        self._lines = bounded_lines(chunks, limit)
        self.line = 0  # number of the last line
        self.first_line = 0  # of the row
        self.size = 0
        self.quotes = 0
        self.oversized = False  # a line of the row was cut
        self.damaged = False
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.line = line.number
        self.first_line = self.first_line or line.number
        self.oversized |= line.oversized
        self.size += len(line.data)
        self.quotes += line.quotes
        if line.oversized:
            # The row is refused, but has to end where it ends: a field opened or closed in the line
            # stays so.
            return '"' if line.quotes % 2 else "\n"
        try:
            text = line.data.decode(UTF_8)
        except UnicodeDecodeError:
            self.damaged = True
            text = line.data.decode(UTF_8, "replace")
        # A bare carriage return is an error to the csv module.
        return text.rstrip("\r").replace("\r", " ").replace("\0", "") + "\n"

    def begin_row(self) -> None:
        self.first_line, self.size, self.quotes = 0, 0, 0
        self.oversized = self.damaged = False

    def skip_field(self) -> None:
        """Pass over lines up to the one that closes the quoted field: inside, quotation marks are
        doubled.
        """
        for line in self._lines:
            self.line = line.number
            if line.quotes % 2:
                return

    def place(self) -> str:
        return (
            f"(line {self.line})"
            if self.first_line == self.line
            else f"(lines {self.first_line}-{self.line})"
        )


def read_csv(content: Content) -> Reading:
    """Articles of one file; `position` counts the rows after the header. Memory stays within one
    row. Raises Refused (no-text) where the first line names no columns of articles.
    """
    limit = content.settings.max_article_bytes
    # The csv module keeps one limit for the process, counted in characters of a field.
    csv.field_size_limit(limit)
    chunks, encoding = as_utf_8(content.chunks)
    lines = _Rows(chunks, limit)
    header, delimiter = _header(lines)
    if not header:
        return
    for position, row in enumerate(_rows(lines, delimiter), start=1):
        record = dict(zip(header, row or [], strict=False))
        kept = json.dumps(record, ensure_ascii=False).encode(UTF_8, "replace")
        if row is None or lines.oversized or lines.size > limit:
            detail = content.too_large() if row else _never_closed(lines)
            yield content.unreadable(Reason.TOO_LARGE, detail, position=position)
        elif broken := _broken(row, header, lines):
            yield content.unreadable(Reason.BROKEN_ROW, broken, position=position, raw=kept)
        else:
            found_in = DAMAGED if lines.damaged else encoding
            yield article_of_record(content, record, position, found_in, kept)


def _header(lines: Iterator[str]) -> tuple[list[str], str]:
    """The names of the columns, and the separator; no names where there is no line. Spreadsheets
    may write the separator (`sep=;`) and a title above them. Raises Refused (no-text) where none of
    the first lines names a title or a text.
    """
    header: list[str] = []
    for line in itertools.islice((line for line in lines if line.strip()), _HEADER_LINES):
        names, delimiter = columns(line)
        if has_text_field(names):
            return names, delimiter
        header = header or names
    if header:
        raise Refused(
            Reason.NO_TEXT,
            f"The first line has to name the columns, one of them title or text; it names: "
            f"{' | '.join(header[:12])}.",
        )
    return [], ","


def columns(line: str) -> tuple[list[str], str]:
    """The cells of a header and their separator: of comma, semicolon, tab and bar the one under
    which most names of columns are known.
    """
    headers = {mark: next(csv.reader([line], delimiter=mark)) for mark in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda mark: known_fields(headers[mark]))
    return [name.strip().removeprefix("\ufeff") for name in headers[delimiter]], delimiter


def is_table(text: str) -> bool:
    """Whether text begins with the names of at least three columns, among them a title or text."""
    line = text.split("\n", 1)[0].replace("\r", " ")
    if len(line) > _HEADER_LENGTH or not any(mark in line for mark in _DELIMITERS):
        return False
    names, _ = columns(line)
    return has_text_field(names) and known_fields(names) >= _KNOWN_COLUMNS


def _rows(lines: _Rows, delimiter: str) -> Iterator[list[str] | None]:
    """Every row in which something stands; None for a field that is larger than an article."""
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            lines.skip_field()
            yield None
            continue
        if lines.oversized or any(cell.strip() for cell in row):
            yield row


def _never_closed(lines: _Rows) -> str:
    return f"A quoted field is larger than an article may be, or is never closed {lines.place()}."


def _broken(row: list[str], header: list[str], lines: _Rows) -> str | None:
    """What is wrong with a row, in a sentence."""
    if len(row) > len(header):
        return f"The row has {len(row)} fields, the header names {len(header)} {lines.place()}."
    if lines.ended and lines.quotes % 2 and "\n" in row[-1]:
        return f"A quotation mark is opened and never closed {lines.place()}."
    return None

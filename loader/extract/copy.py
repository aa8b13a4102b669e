"""A copy on its way through the passes: its lines, and the evidence found in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from loader.extract.credits import Credit
from loader.extract.date_forms import WrittenDate
from loader.extract.datelines import Dateline
from loader.extract.extraction import Removed
from loader.extract.line import Line
from mappings.agencies import Registry, name_key


@dataclass(slots=True)
class Layout:
    """The evidence of one article. `body` holds the paragraphs that stay, in order."""

    title: str | None = None
    body: list[str] = field(default_factory=list)
    footers: list[Credit] = field(default_factory=list)
    bylines: list[Credit] = field(default_factory=list)
    datelines: list[Dateline] = field(default_factory=list)
    signatures: list[Credit] = field(default_factory=list)  # unlabelled credits at the end
    head_dates: list[WrittenDate] = field(default_factory=list)
    tail_dates: list[WrittenDate] = field(default_factory=list)
    update_dates: list[WrittenDate] = field(default_factory=list)  # "آخر تحديث"
    removed: list[Removed] = field(default_factory=list)


class Copy:
    """The lines of clean `text`. `links` are the numbers of those that look like links to other
    articles.
    """

    def __init__(self, text: str, registry: Registry, given_title: str | None) -> None:
        self.registry = registry
        self.lines = [Line(number, line, registry) for number, line in enumerate(text.split("\n"))]
        self.layout = Layout()
        self.given_title = name_key(given_title) if given_title else None
        self.links: list[int] = []

    def open_lines(self) -> list[Line]:
        """The lines that are not yet taken out and hold text."""
        return [line for line in self.lines if line.kind is None and line.text.strip()]

    def shorten(self, line: Line, text: str) -> Line:
        """`line` holding nothing but `text`."""
        self.lines[line.number] = short = line.with_text(text)
        return short

    def take_footer(self, line: Line, credit: Credit) -> None:
        """`line` says who the text is from."""
        self.layout.footers.append(credit)
        line.kind = "credit"

"""Which line of raw copy is what: headline, credits, date lines, furniture, and the paragraphs of
the body.

Walks down from the top and up from the bottom; what is neither is the article. Decides nothing
about who or when: it collects the evidence for `signature` and `publication`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from loader.extract.boilerplate import furniture_kind, is_section
from loader.extract.credits import (
    Credit,
    is_source_label,
    read_byline,
    read_labelled,
    read_trailing,
)
from loader.extract.datelines import Dateline, read_dateline
from loader.extract.extraction import Removed, RemovedKind
from loader.extract.gazetteer import places
from loader.extract.segments import split
from loader.extract.stamps import is_labelled_stamp, read_stamp
from loader.extract.titles import body_label, is_title, title_label
from loader.extract.written_dates import WrittenDate
from mappings.agencies import Registry, name_key

_HEAD = 9  # lines of text from the top in which headline, byline and dates stand
_TAIL = 8  # lines from the bottom in which footers stand
_CREDIT_LENGTH = 160
_NAME_LENGTH = 80
_REPEATED = 300
_CODE = 8  # digits of a wire's own number under its text
_PUBLISHER_WORDS = 10
_BODYLIKE = (
    170  # characters; a longer line ends the search for headers, except for a dateline in it
)
# A publisher's own line above the photo credit and the source: "مجموعة …", "موقع …".
_PUBLISHERS = frozenset(
    name_key(w)
    for w in [
        "مجموعة",
        "موقع",
        "شبكة",
        "مؤسسة",
        "مركز",
        "صحيفة",
        "جريدة",
        "قناة",
        "منصة",
        "مجلة",
        "بوابة",
        "وكالة",
    ]
)


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
    removed: list[Removed] = field(default_factory=list)


def read_layout(text: str, registry: Registry, *, given_title: str | None = None) -> Layout:
    """Sort the lines of clean `text`. `given_title` is not looked for; a line that repeats it is
    taken out.
    """
    return _Walk(text, registry, given_title).layout


class _Walk:
    """One pass over the lines of one article."""

    def __init__(self, text: str, registry: Registry, given_title: str | None) -> None:
        self.registry = registry
        self.lines = text.split("\n")
        self.kinds: list[RemovedKind | None] = [None] * len(self.lines)
        self.layout = Layout(title=None)
        self.given = name_key(given_title) if given_title else None
        self.links: list[int] = []
        self.labelled = False
        self._furniture()
        self._tail()
        self._head()
        self._trailing()
        self._collect()

    def _open(self) -> list[int]:
        """Numbers of the lines that are not yet taken out and hold text."""
        return [n for n, line in enumerate(self.lines) if self.kinds[n] is None and line.strip()]

    def _furniture(self) -> None:
        first = True
        for number, line in enumerate(self.lines):
            if not line:
                continue
            kind = furniture_kind(line)
            # A first line that looks like a link is a headline: "بالصور: …", "شاهد: …".
            self.kinds[number] = (
                None if first and kind == "link" else "furniture" if kind == "link" else kind
            )
            if kind == "link" and self.kinds[number]:
                self.links.append(number)
            first = first and kind not in (None, "link")

    # -- from the bottom

    def _tail(self) -> None:
        self._copyright()
        numbers = self._open()
        if (
            len(numbers) == 1
            and (only := read_labelled(self.lines[numbers[0]], self.registry))
            and only.sources
        ):
            self._footer(numbers[0], only)
        # The first line is the article where nothing else is.
        for place in range(len(numbers) - 1, max(0, len(numbers) - _TAIL - 1), -1):
            number = numbers[place]
            line = self.lines[number]
            if len(line) > _CREDIT_LENGTH:
                break
            if credit := read_labelled(line, self.registry):
                self._footer(number, credit)
            elif (
                is_source_label(line)
                and place + 1 < len(numbers)
                and self._label_alone(numbers[place + 1])
            ):
                self.kinds[number] = "credit"
            elif (stamp := read_stamp(line)) is not None:
                self.layout.tail_dates.append(stamp)
                self.kinds[number] = "date"
            elif signature := read_byline(line, self.registry, "tail"):
                if signature.text:
                    self.layout.signatures.append(signature)
                self.kinds[number] = "credit"
            elif self._is_publisher(number, line) or (line.isdigit() and len(line) <= _CODE):
                self.kinds[number] = "furniture"
            elif not self._label_above(numbers, place):
                break

    def _copyright(self) -> None:
        """ "© وكالة الأناضول 2018" under a text signs it, if nothing else does."""
        for number in [n for n, line in enumerate(self.lines) if line][-3:]:
            line = self.lines[number]
            if self.kinds[number] and line.lstrip().startswith("©") and len(line) < _NAME_LENGTH:
                parts = split(line, self.registry, byline=False)
                if sources := tuple(source for part in parts for source in part.sources):
                    self.layout.signatures.append(Credit(sources, line.strip(" ©.")))

    def _footer(self, number: int, credit: Credit) -> None:
        self.layout.footers.append(credit)
        self.kinds[number] = "credit"

    def _label_above(self, numbers: list[int], place: int) -> bool:
        """Whether the line stands under one that is only the label: a name that the registry may
        not know.
        """
        short = len(self.lines[numbers[place]]) <= _NAME_LENGTH
        return place > 0 and short and is_source_label(self.lines[numbers[place - 1]])

    def _label_alone(self, below: int) -> bool:
        """Take the line below a lone label for the credit."""
        if self.kinds[below] == "credit":
            moved = [c for c in self.layout.signatures if c.text in self.lines[below]]
            for signature in moved:
                self.layout.signatures.remove(signature)
                self.layout.footers.append(signature)
            return True
        if credit := read_labelled("المصدر: " + self.lines[below], self.registry):
            self._footer(below, credit)
            return True
        return False

    def _is_publisher(self, number: int, line: str) -> bool:
        if (
            not self.layout.footers
            or len(line.split()) > _PUBLISHER_WORDS
            or line.rstrip().endswith((".", "؟", "!"))
        ):
            return False
        words = line.split()
        above_photo = any(kind == "photo" for kind in self.kinds[number + 1 :])
        return above_photo and bool(words) and name_key(words[0]) in _PUBLISHERS

    # -- from the top

    def _head(self) -> None:
        numbers = self._open()
        paragraphs = 0
        signed = False
        for place, number in enumerate(numbers[:_HEAD]):
            if self.kinds[number] is not None:
                continue
            line = self.lines[number]
            last = place == len(numbers) - 1
            if paragraphs >= 2 or (paragraphs and len(line) > _BODYLIKE):
                break
            if self._header(number, line, place, paragraphs, last=last):
                signed = signed or self.kinds[number] in ("byline", "credit")
                continue
            if self.labelled and not paragraphs and (length := body_label(line)):
                self.layout.removed.append(Removed("furniture", line[:length].strip()))
                line = self.lines[number] = line[length:]
                if not line:
                    continue
            dateline = (
                read_dateline(line, self.registry)
                if not paragraphs or len(self.layout.datelines) == 0
                else None
            )
            if dateline and line[dateline.end :].strip():
                self._dateline(number, dateline)
                paragraphs += 1
                continue
            if dateline and not last and not dateline.sources and dateline.credit:
                self.layout.datelines.append(
                    dateline
                )  # on a line of its own, signed by an agency that nobody knows
                self.kinds[number] = "dateline"
                continue
            if (
                not paragraphs
                and self.layout.title is None
                and self._title(number, line, numbers[place + 1 :], signed)
            ):
                continue
            paragraphs += 1

    def _header(self, number: int, line: str, place: int, paragraphs: int, *, last: bool) -> bool:
        """Whether the line is a header of its own: a title's label, a date, a credit, a section."""
        if self.given and len(line) < 400 and _is_called(line, self.given):
            self.kinds[number] = "title"
            return True
        if (
            self.layout.title
            and len(line) < _REPEATED
            and _is_called(line, name_key(self.layout.title))
        ):
            self.layout.removed.append(Removed("title", line))
            self.kinds[number] = "title"
            return True
        if last and not self.layout.body and place == 0:
            return False
        if not paragraphs and (length := title_label(line)) and line[length:].strip():
            self.layout.title = self.lines[number] = line[length:].strip()
            self.layout.removed.append(Removed("title", line[:length].strip()))
            self.kinds[number] = "title"
            self.labelled = True
            return True
        if (stamp := read_stamp(line)) and (
            paragraphs == 0
            or (paragraphs == 1 and stamp.year is not None)
            or is_labelled_stamp(line)
        ):
            self.layout.head_dates.append(stamp)
            self.kinds[number] = "date"
            return True
        if credit := read_labelled(line, self.registry):
            self._footer(number, credit)
            return True
        if is_source_label(line) and not last:
            self.kinds[number] = "credit"  # the name stands on the next line
            return True
        if self.layout.title is None and not paragraphs and self._slug(line) and not last:
            self.kinds[number] = "furniture"
            return True
        at_top = place == 0 or (
            self.layout.title is None and not self.layout.bylines and not self.layout.head_dates
        )
        credit = read_byline(line, self.registry, "top" if at_top and paragraphs == 0 else "head")
        if credit and (paragraphs == 0 or credit.sources or credit.author):
            self.layout.bylines.append(credit)
            self.kinds[number] = "byline"
            return True
        return False

    def _slug(self, line: str) -> bool:
        """A section, or a wire's own mark of section and place: "اقتصاد", "سياسة/القاهرة"."""
        parts = [part.strip() for part in line.split("/")] if len(line) < _NAME_LENGTH else []
        if not parts or not is_section(parts[0]):
            return False
        return all(is_section(part) or name_key(part) in places() for part in parts)

    def _dateline(self, number: int, dateline: Dateline) -> None:
        line = self.lines[number]
        self.layout.datelines.append(dateline)
        self.layout.removed.append(Removed("dateline", line[: dateline.end].strip()))
        self.lines[number] = line[dateline.end :].strip()

    def _title(self, number: int, line: str, rest: list[int], signed: bool) -> bool:
        following = [self.lines[n] for n in rest if self.kinds[n] is None]
        # Credits between title and text are no text to measure a headline by.
        following = [
            t for t in following[:6] if len(t) > 60 or not read_byline(t, self.registry, "head")
        ] or []
        if self.given is not None or not is_title(line, following, after_byline=signed):
            return False
        self.layout.title = line.strip()
        self.kinds[number] = "title"
        return True

    # -- the end of the last paragraph

    def _trailing(self) -> None:
        numbers = self._open()
        if not numbers:
            return
        number = numbers[-1]
        for _ in range(3):  # "… ع.ج/ م.س (د ب أ) (النهاية)"
            line = self.lines[number]
            found = read_trailing(line, self.registry)
            if found is None or not line[: found[0]].strip():
                break
            at, credit = found
            if credit.text:
                (self.layout.footers if credit.labelled else self.layout.signatures).append(credit)
            self.layout.removed.append(Removed("credit", line[at:].strip()))
            self.lines[number] = line[:at].rstrip()

    def _collect(self) -> None:
        if not any(any(c.isalnum() for c in self.lines[number]) for number in self._open()):
            # Nothing else is left: what looked like links to other articles is this one.
            for number in self.links:
                self.kinds[number] = None
        for kind, line in zip(self.kinds, self.lines, strict=True):
            if kind is None:
                self.layout.body.append(line)
            elif kind != "title" or self.layout.title != line.strip():
                self.layout.removed.append(Removed(kind, line))


def _is_called(line: str, key: str) -> bool:
    """Whether `key` is the key of `line`. Most lines begin with another word, whose key is at
    hand.
    """
    first = line.split(maxsplit=1)[:1]
    return all(key.startswith(name_key(word)) for word in first) and name_key(line) == key

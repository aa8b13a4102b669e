"""The parts of a dateline: which of a line's first parts belong to it, and what each is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from loader.extract.date_forms import WrittenDate
from loader.extract.gazetteer import places
from loader.extract.line import Line
from loader.extract.segments import Kind, Segment
from loader.extract.titles import opens_lead
from loader.extract.unknown_names import is_nameable
from mappings.agencies import Registry, name_key

_PLACE_WORDS = 5  # "علي آغا", "سان خوسيه دي كوستاريكا"
_UNKNOWN_PARTS = 3  # town, country, correspondent

_UNKNOWN = (Kind.OTHER, Kind.SIGN, Kind.LABEL)
ENDS = frozenset("-–—\u2212\u2012―|/:؛)]».")
_BOUNDS = ENDS | frozenset('،,+*"”=')


class Reading:
    """The parts of a line from its first on, as far as they are a dateline."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.parts: list[Segment] = []
        self.taken = 0  # of the parts, that many are the dateline
        self.sources: list[str] = []
        self.date: WrittenDate | None = None
        self.unnamed = False  # "(وكالات)"
        self.known_place = False
        self.unknown = 0

    def take(self) -> None:
        """The dateline reaches to the last part."""
        self.taken = len(self.parts)

    def take_start(self, source: str, length: int) -> None:
        """The dateline reaches to the name of `length` characters that the last part opens with."""
        part = self.parts[-1]
        end = part.start + length
        name = part.text[:length]
        self.parts[-1] = Segment(Kind.SOURCE, name, part.start, end, part.before, " ")
        self.sources.append(source)
        self.take()

    @property
    def used(self) -> list[Segment]:
        return self.parts[: self.taken]


# What a part is for the dateline: it goes on, it ends here, or the line has none.
_Step = Literal["on", "end", "none"]


def _place(reading: Reading, part: Segment) -> _Step | None:
    """ "القاهرة", and behind a name where a mark follows: "رويترز - أبوظبي - قال"."""
    if part.kind is not Kind.PLACE:
        return None
    if reading.sources and part.after[:1] not in ENDS:
        return "end"
    reading.known_place = True
    bare = reading.date is not None and len(reading.parts) == 2 and part.after[:1] in ENDS
    if reading.sources or bare:
        reading.take()
    return "on"


def _date(reading: Reading, part: Segment) -> _Step | None:
    """ "31 ديسمبر 2020"."""
    if part.kind is not Kind.DATE:
        return None
    reading.date = reading.date or part.date
    reading.take()
    return "on"


def _time(reading: Reading, part: Segment) -> _Step | None:
    """ "الخميس", "هـ", beside a date or among the first two parts."""
    if part.kind is not Kind.TIME or not (reading.date or len(reading.parts) <= 2):
        return None
    if reading.date:
        reading.take()
    return "on"


def _word_before_name(reading: Reading, part: Segment) -> _Step | None:
    """The first word of "وكالة (آكي)"."""
    return "on" if part.after[:1] == "(" and reading.registry.is_generic(part.text) else None


def _name(reading: Reading, part: Segment) -> _Step | None:
    """ "رويترز", "وكالات"; but "رويترز: قال …" quotes."""
    if not part.named or not _bounded(part):
        return None
    # "القاهرة رويترز: قال …" is a dateline.
    quotes = len(reading.parts) == 1 and part.after.startswith((":", "،", ","))
    if quotes and not _opens_with_place(part, reading.registry):
        return "none"
    reading.sources.extend(part.sources)
    reading.unnamed = reading.unnamed or part.kind is Kind.AGENCIES
    reading.take()
    return "on"


def _glued_name(reading: Reading, part: Segment) -> _Step | None:
    """ "الرياض - واسأعلن": the space after the credit is lost."""
    if part.kind is not Kind.OTHER or not reading.known_place or reading.sources:
        return None
    if found := _glued(part, reading.registry):
        reading.take_start(*found)
    return "end" if found else None


def _name_after_date(reading: Reading, part: Segment) -> _Step | None:
    """ "2015 م واس افتتح": nothing but the date before the name."""
    if part.kind is not Kind.OTHER or not reading.date or len(reading.parts) < 2:
        return None
    if reading.parts[-2].kind not in (Kind.DATE, Kind.TIME):
        return None
    if found := _leading_source(part, reading.registry):
        reading.take_start(*found)
    return "end"


def _rest_of_name(reading: Reading, part: Segment) -> _Step | None:
    """The last words of "وكالة (آكي) الإيطالية للأنباء –"."""
    if not reading.sources or part.after[:1] not in ENDS:
        return None
    if not reading.registry.is_generic(part.text):
        return None
    reading.take()
    return "on"


def _unknown_name(reading: Reading, part: Segment) -> _Step | None:
    """A town or a correspondent that no list knows."""
    if part.kind not in _UNKNOWN or reading.sources or not _nameable(part):
        return None
    reading.unknown += 1
    return "on" if reading.unknown <= _UNKNOWN_PARTS else "end"


# The first that answers says what the part is; a part that none answers for is text.
PARTS: tuple[Callable[[Reading, Segment], _Step | None], ...] = (
    _place,
    _date,
    _time,
    _word_before_name,
    _name,
    _glued_name,
    _name_after_date,
    _rest_of_name,
    _unknown_name,
)


def read_parts(line: Line) -> Reading | None:
    """The dateline of `line`, no further than the first part that is text; None where none is."""
    reading = Reading(line.registry)
    for part in line.parts:
        reading.parts.append(part)
        step = next((step for form in PARTS if (step := form(reading, part))), "end")
        if step == "none":
            return None
        if step == "end":
            break
    return reading if reading.taken and _plausible(reading) else None


def _plausible(reading: Reading) -> bool:
    last = reading.used[-1]
    closed = last.after[:1] in ENDS
    unknown = sum(part.kind in _UNKNOWN for part in reading.used)
    if not (reading.sources or reading.unnamed):
        return closed and not unknown and _dates_alone(reading)
    if reading.date:
        return unknown <= 2 or reading.known_place
    if unknown and not reading.known_place:
        # "كيميروفيا (رويترز) -": an unknown town needs the mark after the credit, or a date beside
        # it.
        return unknown <= 2 and _marked(last)
    return closed or last.after == " "


def _dates_alone(reading: Reading) -> bool:
    """Whether a date without a name is a dateline: beside a known place, or a whole date that opens
    a release ("21 مارس 2020 - أعلنت الشركة …"); else the sentence begins with a date.
    """
    date = reading.used[0].date
    whole = date is not None and date.year is not None and date.day is not None
    return reading.known_place or (whole and len(reading.used) == 1)


def _opens_with_place(part: Segment, registry: Registry) -> bool:
    """Whether a place stands before the name: "القاهرة رويترز"."""
    words = part.text.split()
    openings = (name_key(" ".join(words[:count])) for count in range(1, len(words)))
    return registry.get_exact(part.text) is None and any(name in places() for name in openings)


def _marked(last: Segment) -> bool:
    """Whether brackets hold the name, or a mark follows that is more than a bracket or a point."""
    if last.after[:1] in ENDS and last.after.strip(")]/ :.") != "":
        return True
    bracketed = last.before[:1] in ("(", "/", "[") and last.after[:1] in (")", "/", "]")
    return bracketed and len(last.after.strip()) > 1


def _bounded(part: Segment) -> bool:
    """Whether a mark, a date or a place, not a word of the sentence, ends the name."""
    return part.after == " " or (part.after != "" and part.after[0] in _BOUNDS)


def _nameable(part: Segment) -> bool:
    """Whether an unknown part can be a town or a correspondent: few words, no prose, closed by a
    mark.
    """
    return part.words <= _PLACE_WORDS and bool(part.after) and is_nameable(part.text)


def _glued(part: Segment, registry: Registry) -> tuple[str, int] | None:
    """Id and length of an agency's name that runs into the verb of the lead."""
    word = part.text.split(" ", 1)[0]
    for length in range(3, min(9, len(word) - 1)):
        source = registry.get_exact(word[:length], byline=True)
        if source and source.kind == "agency" and opens_lead(word[length:]):
            return source.id, length
    return None


def _leading_source(part: Segment, registry: Registry) -> tuple[str, int] | None:
    """Id and length of the name that an unpunctuated part begins with."""
    words = part.text.split(" ")
    for count in range(min(3, len(words)), 0, -1):
        name = " ".join(words[:count])
        if source := registry.get_exact(name, byline=True):
            return source.id, len(name)
    return None

"""Down from the top of a copy: headline, credits, dates, section, and the dateline of the lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from loader.extract.boilerplate import is_section
from loader.extract.bylines import read_byline
from loader.extract.copy import Copy
from loader.extract.credits import is_source_label, read_labelled
from loader.extract.datelines import Dateline, read_dateline
from loader.extract.extraction import Removed
from loader.extract.folding import fold
from loader.extract.gazetteer import places
from loader.extract.line import Line
from loader.extract.republished import read_republished
from loader.extract.stamps import is_labelled_stamp, read_stamp
from loader.extract.titles import body_label, is_title, title_label
from mappings.agencies import name_key

_LINES = 9  # of text from the top in which headline, byline and dates stand
_PARAGRAPHS = 2  # after which no header is looked for
_BODYLIKE = 170  # characters; a longer line ends the search for headers, but for its dateline
_GIVEN_TITLE, _REPEATED = 400, 300  # characters of a line that repeats a title
_SLUG = 80
_BETWEEN, _BETWEEN_LENGTH = 5, 120  # such lines, and their characters
_KICKER_WORDS = 8
_FOLLOWING, _BYLINE = 6, 60  # lines after a headline; characters of those that may be bylines


@dataclass
class _Head:
    """How far the head of a copy is read. `rest` are the lines below the one looked at."""

    copy: Copy
    paragraphs: int = 0
    between: int = 0  # lines between headline and text
    signed: bool = False  # by a byline or a credit
    labelled: bool = False  # "العنوان: …": a label may open the text as well
    opening: bool = True  # the line looked at is the first
    rest: list[Line] = field(default_factory=list)

    @property
    def alone(self) -> bool:
        """Whether the line looked at is all there is."""
        return self.opening and not self.rest and self.copy.given_title is None


def read_head(copy: Copy) -> None:
    """Find the headline, and take out the first lines that say who or when and are no text."""
    lines = copy.open_lines()
    head = _Head(copy)
    for place, line in enumerate(lines[:_LINES]):
        if line.kind is not None:
            continue
        long = len(line.text) > _BODYLIKE
        if head.paragraphs >= _PARAGRAPHS or (head.paragraphs and long):
            break
        head.opening, head.rest = place == 0, lines[place + 1 :]
        if not any(take(head, line) for take in HEADERS):
            _read_text(head, line)


def _read_text(head: _Head, line: Line) -> None:
    """A line that is no header: the headline, or a paragraph that may open with a dateline."""
    if head.labelled and not head.paragraphs and (length := body_label(line)):
        head.copy.layout.removed.append(Removed("furniture", line.text[:length].strip()))
        line = head.copy.shorten(line, line.text[length:])
        if not line.text:
            return
    looked_for = not head.paragraphs or not head.copy.layout.datelines
    dateline = read_dateline(line) if looked_for else None
    if dateline and _take_dateline(head, line, dateline):
        return
    if _take_title(head, line):
        return
    if _stands_above_text(head, line):
        head.between += 1
    else:
        head.paragraphs += 1


def _stands_above_text(head: _Head, line: Line) -> bool:
    """Whether `line` is no paragraph but a second headline, a caption, a paper or an author: short,
    no sentence, and longer text follows. It stays in the body; the walk goes on below it.
    """
    if head.paragraphs or head.between >= _BETWEEN or len(line.text) > _BETWEEN_LENGTH:
        return False
    if line.text.rstrip("\"»”') ").endswith((".", "؟", "!", "،")):
        return False
    longest = max((len(other.text) for other in head.rest[:_FOLLOWING]), default=0)
    return longest > max(_BODYLIKE / 2, 1.5 * len(line.text))


def _take_dateline(head: _Head, line: Line, dateline: Dateline) -> bool:
    layout = head.copy.layout
    text = line.text[dateline.end :].strip()
    if text and dateline.is_bare and any(_opens_with_date(other) for other in head.rest):
        return False  # a list of days and what happened on them
    if text:
        layout.datelines.append(dateline)
        layout.removed.append(Removed("dateline", line.text[: dateline.end].strip()))
        head.copy.shorten(line, text)
        head.paragraphs += 1
        return True
    if head.rest and not dateline.sources and dateline.credit:
        # On a line of its own, signed by an agency that nobody knows.
        layout.datelines.append(dateline)
        line.kind = "dateline"
        return True
    return False


def _take_title(head: _Head, line: Line) -> bool:
    if head.copy.given_title is not None or head.copy.layout.title is not None or head.paragraphs:
        return False
    following = [other for other in head.rest if other.kind is None][:_FOLLOWING]
    # Credits between title and text are no text to measure a headline by.
    following = [
        other for other in following if len(other.text) > _BYLINE or not read_byline(other, "head")
    ]
    if not is_title(line, following, after_byline=head.signed):
        return False
    kicker = _kicker_above(head, line)
    if kicker is not None:
        # "بعد عامين من العمل:" stays with its headline.
        text = f"{kicker.text.strip()} {line.text.strip()}"
        head.copy.shorten(kicker, "")
        line = head.copy.shorten(line, text)
    head.copy.layout.title = line.text.strip()
    line.kind = "title"
    return True


def _kicker_above(head: _Head, line: Line) -> Line | None:
    above = next((one for one in reversed(head.copy.lines[: line.number]) if one.text), None)
    if above is None or above.kind is not None or not above.text.endswith(":"):
        return None
    return above if len(above.text.split()) <= _KICKER_WORDS else None


def _opens_with_date(line: Line) -> bool:
    first = next(iter(line.parts), None)
    return first is not None and first.date is not None


# -- headers


def _given_title(head: _Head, line: Line) -> bool:
    """The title that was given beside the text, once more."""
    title = head.copy.given_title
    if not title or len(line.text) >= _GIVEN_TITLE or not line.is_called(title):
        return False
    line.kind = "title"
    return True


def _repeated_title(head: _Head, line: Line) -> bool:
    """The headline, once more."""
    title = head.copy.layout.title
    if not title or len(line.text) >= _REPEATED or not line.is_called(name_key(title)):
        return False
    line.kind = "title"
    return True


def _labelled_title(head: _Head, line: Line) -> bool:
    """ "العنوان: …"."""
    if head.alone or head.paragraphs:
        return False
    length = title_label(line)
    title = line.text[length:].strip()
    if not length or not title:
        return False
    head.copy.layout.title = title
    head.copy.layout.removed.append(Removed("title", line.text[:length].strip()))
    head.copy.shorten(line, title).kind = "title"
    head.labelled = True
    return True


def _date(head: _Head, line: Line) -> bool:
    """ "الثلاثاء 15 مارس 2022 - 14:30"."""
    stamp = None if head.alone else read_stamp(line)
    if stamp is None:
        return False
    below_lead = head.paragraphs > 1 or (head.paragraphs and stamp.date.year is None)
    if below_lead and not is_labelled_stamp(line):
        return False
    layout = head.copy.layout
    (layout.update_dates if stamp.of_update else layout.head_dates).append(stamp.date)
    line.kind = "date"
    return True


def _labelled_credit(head: _Head, line: Line) -> bool:
    """ "المصدر: تاس"."""
    credit = None if head.alone else read_labelled(line)
    if credit is None:
        return False
    head.copy.take_footer(line, credit)
    head.signed = True
    return True


def _published_in(head: _Head, line: Line) -> bool:
    """ "أ ف بنشر في صوت الضفة يوم 07 - 03 - 2014": an aggregator's line, its author glued on."""
    found = None if head.alone else read_republished(line)
    if found is None:
        return False
    head.copy.layout.bylines.append(found)
    line.kind = "byline"
    return True


def _label_alone(head: _Head, line: Line) -> bool:
    """ "المصدر": the name stands on the next line."""
    if not head.rest or not is_source_label(line):
        return False
    line.kind = "credit"
    head.signed = True
    return True


def _section(head: _Head, line: Line) -> bool:
    """A section, or a wire's own mark of section and place: "اقتصاد", "سياسة/القاهرة"."""
    if head.copy.layout.title is not None or head.paragraphs or not head.rest:
        return False
    parts = line.text.split("/") if len(line.text) < _SLUG else []
    if not parts or not is_section(fold(parts[0]).text):
        return False
    if not all(is_section(fold(part).text) or name_key(part) in places() for part in parts):
        return False
    line.kind = "furniture"
    return True


def _byline(head: _Head, line: Line) -> bool:
    """ "كتب: أحمد علي", "القاهرة - رويترز"."""
    if head.alone:
        return False
    layout = head.copy.layout
    nothing_yet = layout.title is None and not layout.bylines and not layout.head_dates
    at_top = (head.opening or nothing_yet) and not head.paragraphs
    credit = read_byline(line, "top" if at_top else "head")
    if credit is None or (head.paragraphs and not (credit.sources or credit.author)):
        return False
    layout.bylines.append(credit)
    line.kind = "byline"
    head.signed = True
    return True


# The first that takes a line has it.
HEADERS: tuple[Callable[[_Head, Line], bool], ...] = (
    _given_title,
    _repeated_title,
    _labelled_title,
    _date,
    _labelled_credit,
    _published_in,
    _label_alone,
    _section,
    _byline,
)

"""Up from the bottom of a copy: footers, sign-offs and the lines of its publisher."""

from __future__ import annotations

from collections.abc import Callable

from loader.extract.bylines import read_byline
from loader.extract.copy import Copy
from loader.extract.credits import Credit, is_source_label, read_labelled
from loader.extract.line import Line
from loader.extract.segments import split
from loader.extract.stamps import read_stamp
from loader.extract.word_lists import keys
from mappings.agencies import name_key

_LINES = 8  # from the bottom in which footers stand
_CREDIT_LENGTH = 160
_NAME_LENGTH = 80
_NOTE = 60  # characters of a note under a sign-off
_CODE = 8  # digits of a wire's own number under its text
_COPYRIGHT_LINES = 3
_PUBLISHER_WORDS = 10
_PUBLISHERS = keys("publishers")


def read_copyright(copy: Copy) -> None:
    """ "© وكالة الأناضول 2018" under a text signs it, if nothing else does."""
    for line in [line for line in copy.lines if line.text][-_COPYRIGHT_LINES:]:
        if line.kind and line.text.lstrip().startswith("©") and len(line.text) < _NAME_LENGTH:
            parts = split(line.text, copy.registry, byline=False)
            if sources := tuple(source for part in parts for source in part.sources):
                copy.layout.signatures.append(Credit(sources, line.text.strip(" ©.")))


def read_tail(copy: Copy) -> None:
    """Take out the last lines that say who or when and are no text."""
    lines = copy.open_lines()
    if len(lines) == 1 and (only := read_labelled(lines[0])) and only.sources:
        copy.take_footer(lines[0], only)
    # The first line is the article where nothing else is.
    for place in range(len(lines) - 1, max(0, len(lines) - _LINES - 1), -1):
        line = lines[place]
        above = lines[place - 1]
        below = lines[place + 1] if place + 1 < len(lines) else None
        if len(line.text) > _CREDIT_LENGTH:
            break
        if any(take(copy, line, below) for take in FOOTERS):
            continue
        # A name that the registry may not know, under a line that is only the label; or a note
        # under a sign-off.
        if len(line.text) > _NAME_LENGTH or not (is_source_label(above) or _signs_off(above, line)):
            break


def _signs_off(above: Line, line: Line) -> bool:
    """Whether `above` is nothing but "(د ب أ)" and `line` a note under it: no sentence."""
    text = above.text.strip()
    if len(line.text) > _NOTE or line.text.endswith((".", "؟", "!", ":")):
        return False
    if not (text.startswith(("(", "/", "[")) and text.endswith((")", "/", "]"))):
        return False
    parts = list(above.parts)
    return any(part.sources for part in parts) and all(part.named for part in parts)


def _labelled(copy: Copy, line: Line, below: Line | None) -> bool:
    """ "المصدر: تاس"."""
    credit = read_labelled(line)
    if credit:
        copy.take_footer(line, credit)
    return credit is not None


def _label_above_name(copy: Copy, line: Line, below: Line | None) -> bool:
    """ "المصدر" on a line of its own, the name below it."""
    if below is None or not is_source_label(line):
        return False
    if below.kind == "credit":
        moved = [credit for credit in copy.layout.signatures if credit.text in below.text]
        for signature in moved:
            copy.layout.signatures.remove(signature)
            copy.layout.footers.append(signature)
    elif credit := read_labelled(Line(below.number, "المصدر: " + below.text, copy.registry)):
        copy.take_footer(below, credit)
    else:
        return False
    line.kind = "credit"
    return True


def _date(copy: Copy, line: Line, below: Line | None) -> bool:
    """ "15 مارس 2022"."""
    stamp = read_stamp(line)
    if stamp is None:
        return False
    dates = copy.layout.update_dates if stamp.of_update else copy.layout.tail_dates
    dates.append(stamp.date)
    line.kind = "date"
    return True


def _signature(copy: Copy, line: Line, below: Line | None) -> bool:
    """ "(أ ف ب)", "رويترز - وكالات"."""
    signature = read_byline(line, "tail")
    if signature is None:
        return False
    if signature.text:
        copy.layout.signatures.append(signature)
    line.kind = "credit"
    return True


def _publisher(copy: Copy, line: Line, below: Line | None) -> bool:
    """ "مجموعة … الإعلامية" above the credit of a photo."""
    words = line.text.split()
    if not copy.layout.footers or len(words) > _PUBLISHER_WORDS:
        return False
    if line.text.rstrip().endswith((".", "؟", "!")) or name_key(words[0]) not in _PUBLISHERS:
        return False
    above_photo = any(other.kind == "photo" for other in copy.lines[line.number + 1 :])
    if above_photo:
        line.kind = "furniture"
    return above_photo


def _wire_number(copy: Copy, line: Line, below: Line | None) -> bool:
    """ "1530": a wire's own number under its text."""
    if not line.text.isdigit() or len(line.text) > _CODE:
        return False
    line.kind = "furniture"
    return True


# The first that takes a line has it.
FOOTERS: tuple[Callable[[Copy, Line, Line | None], bool], ...] = (
    _labelled,
    _label_above_name,
    _date,
    _signature,
    _publisher,
    _wire_number,
)

"""Bylines and sign-offs: lines without a label that say as a whole who a text is from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from loader.extract.credits import Credit, read_desk
from loader.extract.gazetteer import countries, is_person
from loader.extract.line import Line
from loader.extract.segments import Kind, Segment, date_of, sources_of, split
from loader.extract.unknown_names import is_nameable
from mappings.agencies import name_key

Position = Literal["top", "head", "tail"]

_LINE = 130  # characters; a credit with four agencies and two editors is shorter
_WORDS = 20
_PARTED_WORDS = 18
_NAME_WORDS = 4
_STAFF = 60  # characters of a line with a place and a name and no agency
_LETTERS = 40  # characters of a line of editors' letters
_AUTHORS = 70  # characters behind "كتب"
_AUTHOR_PARTS, _AUTHOR_WORDS = 6, 5
_MOST_UNKNOWN = 3
_NAMED = ([2], [3])  # words of the one unknown part that is a person beside a place
_PARTED = re.compile(r"[-–—ـ|/:(،,+.«\"“\\]|\d")
_DASHES = "-–—\u2212ـ/ "
_MARKS = ("-", "–", "—", "ـ", "/", "|", "(", ",", "،", ":")
_QUOTING_MARKS = ("،", ",", "؛", "“", '"', "«")

_AUTHOR_LABEL = re.compile(
    r"[\s*|•·\-=#(\[]{0,4}(?:(?:كتب|كتبت|كتبه|بقلم|تقرير|اعداد|تحرير|حوار|ترجمه|متابعه|تحقيق"
    r"|مراسل|مراسله|مراسلنا|"
    r"المحرر|الكاتب|اعده للنشر|اعد التقرير|by|author) ?[:/|\-]{1,3} ?|(?:كتب|كتبت|بقلم|by) )"
)


def read_byline(line: Line, position: Position) -> Credit | None:
    """The credit of an unlabelled line, or None where the line may be text.

    `position`: "top" is the first line of the article (where a headline may stand), "head" the next
    few, "tail" the last few. Every part of the line must be a name, a place, a date, an editor's
    letters or a few words of a name.
    """
    if not _may_be_byline(line.text):
        return None
    text = line.folded.text
    if position == "tail" and (desk := read_desk(line.text, text, line.registry)):
        return desk
    if label := _AUTHOR_LABEL.match(text):
        # "تقرير: الاقتصاد ينمو" is a headline.
        if position == "top" and not text.lstrip(" *|-(").startswith(("كتب", "بقلم", "by")):
            return None
        return _authored(line, line.text[line.folded.raw(label.end()) :])
    parts = _names_of(line)
    if not parts:
        return None
    parted = _Parted(line, parts, position)
    forms = SIGNED if parted.signed else STAFF
    return next((credit for form in forms if (credit := form(parted))), None)


def _may_be_byline(text: str) -> bool:
    """Not a sentence: not too long, nor of some length and closed by a full stop or not parted by
    anything.
    """
    if len(text) > _LINE or not text.strip():
        return False
    words = len(text.split())
    if words <= _NAME_WORDS + 2:
        return True
    return words <= _WORDS and not text.endswith(("؟", "!")) and bool(_PARTED.search(text))


def _names_of(line: Line) -> list[Segment]:
    """The parts of the line; [] where one of them is text, and as soon as one is."""
    parts: list[Segment] = []
    for part in line.parts:
        if not _may_be_name(part):
            return []
        parts.append(part)
    return parts if sum(part.words for part in parts) <= _PARTED_WORDS else []


def _may_be_name(part: Segment) -> bool:
    if part.kind is not Kind.OTHER:
        return True
    return part.words <= _NAME_WORDS and is_nameable(part.text)


@dataclass
class _Parted:
    """A line taken apart, as the forms of bylines look at it."""

    line: Line
    parts: list[Segment]
    position: Position

    @cached_property
    def sources(self) -> tuple[str, ...]:
        return sources_of(self.parts)

    @cached_property
    def signed(self) -> bool:
        return bool(self.sources) or any(part.kind is Kind.AGENCIES for part in self.parts)

    @cached_property
    def unknown(self) -> list[Segment]:
        return [part for part in self.parts if part.kind is Kind.OTHER]

    @cached_property
    def has_place(self) -> bool:
        return any(part.kind is Kind.PLACE for part in self.parts)

    @cached_property
    def has_marks(self) -> bool:
        """Whether a mark parts one part from the next."""
        return any(part.after.strip() in _MARKS for part in self.parts[:-1])

    @property
    def may_be_staff(self) -> bool:
        """Whether it is a short line at the top that holds more than letters, days and labels."""
        if self.position == "tail" or len(self.line.text) > _STAFF:
            return False
        bare = (Kind.SIGN, Kind.TIME, Kind.DATE, Kind.LABEL)
        return any(part.kind not in bare for part in self.parts)

    @property
    def may_be_place_with_name(self) -> bool:
        parted = self.has_place and self.has_marks and len(self.parts) <= 3
        return parted and self.may_be_staff


# -- no agency


def _person(parted: _Parted) -> Credit | None:
    """ "أحمد علي حسن"."""
    name = parted.line.text.strip(" *|-–—:.").removeprefix("من ")
    if parted.position != "tail" and len(parted.parts) == 1 and is_person(name):
        return Credit((), parted.line.text.strip(), author=name)
    return None


def _editors_letters(parted: _Parted) -> Credit | None:
    """ "م.ع / ف.ر" under a text, or letters under a rule: they name nobody."""
    if parted.position != "tail" or len(parted.line.text) > _LETTERS:
        return None
    return Credit((), "") if all(part.kind is Kind.SIGN for part in parted.parts) else None


def _town(parted: _Parted) -> Credit | None:
    """ "القاهرة": a dateline of which only the town is left."""
    alone = parted.position == "top" and parted.has_place and len(parted.parts) == 1
    return Credit((), parted.line.text.strip()) if alone and parted.may_be_staff else None


def _unlisted_place_and_person(parted: _Parted) -> Credit | None:
    """ "الأراضي اليمنية - هاني …": a place nobody lists."""
    if len(parted.parts) != 2 or not parted.has_marks or not parted.may_be_staff:
        return None
    first, second = parted.parts
    if first.kind is not Kind.OTHER or ":" in parted.line.folded.text or not is_person(second.text):
        return None
    return Credit((), parted.line.text.strip(), author=second.text)


def _place_and_person(parted: _Parted) -> Credit | None:
    """ "بيروت - فاطمة قنيبر"."""
    if not parted.may_be_place_with_name or [part.words for part in parted.unknown] not in _NAMED:
        return None
    person, first = parted.unknown[0].text.removeprefix("من "), parted.parts[0]
    city = first.kind is Kind.PLACE and name_key(first.text) not in countries()
    text = parted.line.folded.text
    headline = any(map(str.isdigit, text)) or (":" in text and parted.position != "head")
    if headline or not (city or is_person(person)):
        return None
    return Credit((), parted.line.text.strip(), author=person)


def _place_and_label(parted: _Parted) -> Credit | None:
    """ "القاهرة - خاص"."""
    if parted.position != "head" or parted.unknown or not parted.may_be_place_with_name:
        return None
    return None if date_of(parted.parts) else Credit((), parted.line.text.strip())


# -- an agency, or "agencies"


def _names(parted: _Parted) -> Credit | None:
    """ "القاهرة - رويترز", "(أ ف ب)": nothing unknown."""
    alone = len(parted.parts) == 1 and parted.parts[0].kind is Kind.AGENCIES
    if parted.unknown or (alone and parted.position == "top"):
        return None
    text = parted.line.text.strip(" *|-–—")
    return Credit(parted.sources, text, date=date_of(parted.parts))


def _names_and_unknown(parted: _Parted) -> Credit | None:
    """ "القاهرة: أحمد علي - رويترز"."""
    if not parted.unknown or not _unknown_fits(parted):
        return None
    last = parted.unknown[-1]
    signs = len(parted.unknown) == 1 and last.words >= 2 and not _in_brackets(last)
    return Credit(
        parted.sources,
        parted.line.text.strip(" *|-–—()[]/."),
        author=last.text if signs else None,
        date=date_of(parted.parts),
    )


# The first that answers is the credit of the line.
STAFF: tuple[Callable[[_Parted], Credit | None], ...] = (
    _person,
    _editors_letters,
    _town,
    _unlisted_place_and_person,
    _place_and_person,
    _place_and_label,
)
SIGNED: tuple[Callable[[_Parted], Credit | None], ...] = (_names, _names_and_unknown)


def _in_brackets(part: Segment) -> bool:
    return part.before[-1:] == "(" or part.after[:1] == "("


def _unknown_fits(parted: _Parted) -> bool:
    """Whether unknown parts beside a known name are names of people or small towns and not the rest
    of a headline.
    """
    if len(parted.unknown) > _MOST_UNKNOWN:
        return False
    if parted.position == "top":
        if not parted.sources:
            return False
        if not parted.has_place:
            return _fits_without_place(parted)
    if parted.position != "tail" and any(_at_colon(part) for part in parted.unknown):
        return parted.has_place
    if parted.position == "top" and any(_behind_quote(part) for part in parted.unknown):
        return False
    # Without a place the unknown part must be closed off by a dash, slash or bracket, not by a
    # quote or a comma.
    return all((part.before + part.after).strip(" ") for part in parted.unknown)


def _fits_without_place(parted: _Parted) -> bool:
    """ "ريدينغ - رويترز" is a byline; else the line is a headline that names an agency or a paper
    ("رويترز: النفط يرتفع").
    """
    first, last = parted.parts[0], parted.parts[-1]
    dashed = first.after.strip(_DASHES) == "" and last.after == ""
    if dashed and len(parted.parts) == 2 and first is parted.unknown[0] and first.words <= 3:
        return True
    return all(is_person(part.text) for part in parted.unknown)


def _at_colon(part: Segment) -> bool:
    return part.before[-1:] == ":" or part.after[:1] == ":"


def _behind_quote(part: Segment) -> bool:
    mark = part.before.strip()
    return part.before != "" and (mark == "" or mark in _QUOTING_MARKS)


def _authored(line: Line, rest: str) -> Credit | None:
    """ "كتب: أحمد علي", "تحرير: م.ع - رويترز"."""
    if len(rest) > _AUTHORS:
        return None
    parts = split(rest, line.registry)
    if not 0 < len(parts) <= _AUTHOR_PARTS:
        return None
    unknown = [part for part in parts if part.kind is Kind.OTHER]
    if any(part.words > _AUTHOR_WORDS or not is_nameable(part.text) for part in unknown):
        return None
    author = unknown[0].text if unknown else None
    return Credit(sources_of(parts), line.text.strip(), author=author)

"""Datelines: what stands before the first sentence and says where, when and who ("بكين 31 ديسمبر
2020 (شينخوا)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loader.extract.gazetteer import is_person
from loader.extract.segments import Kind, Segment, split, walk
from loader.extract.titles import opens_lead
from loader.extract.unknown_names import is_nameable, read_signed
from loader.extract.written_dates import WrittenDate
from mappings.agencies import Registry

# A dateline has its first mark, figure or loose letter within its first place; most leads have none
# so early.
_FIRST_MARK = 48
_BEGINNING = re.compile(r"[-–—\u2212\u2012―|/:(\[«،,.؛\d]|ـ\s|(?:^|\s)\w(?:\s|$)")
_REACH = 200  # a dateline with two places, two calendars and two agencies is shorter
_PLACE_WORDS = 5  # "علي آغا", "سان خوسيه دي كوستاريكا"
_UNKNOWN_PARTS = 3  # town, country, correspondent

_ENDS = frozenset("-–—\u2212\u2012―|/:؛)]».")
_AFTER = re.compile(r"[\s\-–—\u2212\u2012―|/:؛،.,)\]»”\"*ـ]*")
_FROM = re.compile(r"من ([^\W\d_][^\n\-–—:(/]{2,40})[\-–—:/]\s{0,3}")
_OWN_NAME = re.compile(
    r"\s{0,3}(وطنية)\s{0,3}[-–—:]\s{0,3}"
)  # the Lebanese agency signs with the last word of its name


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: the raw line up to `end` is it; ids and date may be missing, one of them is
    there.
    """

    end: int
    sources: tuple[str, ...]
    date: WrittenDate | None
    credit: str | None
    unnamed: bool = False  # "(وكالات)"


def read_dateline(line: str, registry: Registry) -> Dateline | None:
    """The dateline that `line` opens with, or None. `line` is a paragraph of the article."""
    if not _BEGINNING.search(line, 0, _FIRST_MARK):
        return None
    head = line[:_REACH]
    if (own := _OWN_NAME.match(head)) and "nna" in registry:
        return _after_own_name(head, own, registry)
    accepted = _accepted(walk(head, registry, dateline=True), registry)
    # No name, or nothing at all, is known: somebody may sign whom nobody knows.
    nameless = accepted is None or not (accepted[1] or accepted[3])
    if nameless and (signed := read_signed(head, registry)):
        return Dateline(_end(line, signed.last), (), signed.date, signed.credit)
    if accepted is None:
        return None
    used, sources, date, unnamed = accepted
    last = used[-1]
    end = _end(line, last)
    if last.end >= len(head) - 1 and len(line) > _REACH:
        return None
    # "(بترا) من منى علي-": the correspondent belongs to the dateline.
    if (by := _FROM.match(line, end)) and is_person(by[1].strip()):
        end = by.end()
    named = [part for part in used if part.kind in (Kind.SOURCE, Kind.AGENCIES)]
    credit = head[named[0].start : named[-1].end].strip() if named else None
    return Dateline(end, sources, date, credit, unnamed)


def _end(line: str, last: Segment) -> int:
    after = _AFTER.match(line, last.end)
    end = after.end() if after else last.end
    # Brackets and quotes that open the first sentence belong to it.
    while end > last.end and line[end - 1] in '"“«([':
        end -= 1
    return end


def _after_own_name(head: str, own: re.Match[str], registry: Registry) -> Dateline:
    """ "وطنية - بيروت - عقد …": the place goes with the name where the registry of places knows
    it.
    """
    rest = split(head[own.end() :], registry, dateline=True)
    end = own.end()
    if rest and rest[0].kind is Kind.PLACE and rest[0].after and rest[0].after[0] in _ENDS:
        after = _AFTER.match(head, own.end() + rest[0].end)
        end = after.end() if after else end
    return Dateline(end, ("nna",), None, own[1])


def _accepted(
    segments: Iterator[Segment], registry: Registry
) -> tuple[list[Segment], tuple[str, ...], WrittenDate | None, bool] | None:
    """The parts of the dateline, its ids, its date, and whether it names agencies in general; None
    where none is.

    Goes no further than the first part that is text.
    """
    parts: list[Segment] = []
    sources: list[str] = []
    date: WrittenDate | None = None
    unnamed = False
    known_place = False
    unknown = 0
    count = 0
    for number, part in enumerate(segments):
        parts.append(part)
        if part.kind is Kind.PLACE:
            if sources and part.after[:1] not in _ENDS:
                break
            known_place = True
            if sources:  # "رويترز - أبوظبي - قال"
                count = number + 1
        elif part.kind is Kind.DATE:
            if date is None:
                date = part.date
            count = number + 1
        elif part.kind is Kind.TIME and (date or number < 2):
            if date:
                count = number + 1
        elif part.after[:1] == "(" and registry.is_generic(part.text):
            continue  # "وكالة (آكي)"
        elif part.kind in (Kind.SOURCE, Kind.AGENCIES) and _bounded(part):
            if number == 0 and part.after.startswith((":", "،", ",")):
                return None  # "رويترز: قال …" quotes
            sources.extend(part.sources)
            unnamed = unnamed or part.kind is Kind.AGENCIES
            count = number + 1
        elif (
            part.kind is Kind.OTHER
            and known_place
            and not sources
            and (glued := _glued(part, registry))
        ):
            # "الرياض - واسأعلن": the space after the credit is lost.
            sources.append(glued[0])
            parts[number:] = [
                Segment(
                    Kind.SOURCE, part.text[: glued[1]], part.start, part.start + glued[1], "", " "
                )
            ]
            count = number + 1
            break
        elif (
            part.kind is Kind.OTHER
            and date
            and number
            and parts[number - 1].kind in (Kind.DATE, Kind.TIME)
        ):
            # "2015 م واس افتتح": nothing but the date before the name
            if found := _leading_source(part, registry):
                sources.append(found[0])
                cut = Segment(
                    Kind.SOURCE,
                    part.text[: found[1]],
                    part.start,
                    part.start + found[1],
                    part.before,
                    " ",
                )
                parts[number:] = [cut]
                count = number + 1
            break
        elif sources and registry.is_generic(part.text) and part.after[:1] in _ENDS:
            count = number + 1  # "وكالة (آكي) الإيطالية للأنباء –"
        elif part.kind in (Kind.OTHER, Kind.SIGN, Kind.LABEL) and not sources and _nameable(part):
            unknown += 1
            if unknown > _UNKNOWN_PARTS:
                break
        else:
            break
    if count == 0:
        return None
    used = parts[:count]
    last = used[-1]
    if not _plausible(
        used, known_place=known_place, sources=bool(sources) or unnamed, date=date, last=last
    ):
        return None
    return used, tuple(dict.fromkeys(sources)), date, unnamed


def _plausible(
    used: list[Segment],
    *,
    known_place: bool,
    sources: bool,
    date: WrittenDate | None,
    last: Segment,
) -> bool:
    closed = bool(last.after) and last.after[0] in _ENDS
    strangers = [part for part in used if part.kind in (Kind.OTHER, Kind.SIGN, Kind.LABEL)]
    if not sources:
        # Only a date: the place must be known and a mark must end it, or the sentence begins with a
        # date.
        return date is not None and known_place and closed and not strangers
    if strangers and not known_place:
        # "كيميروفيا (رويترز) -": an unknown town needs the mark after the credit, or a date beside
        # it.
        return len(strangers) <= 2 and (
            date is not None or (closed and last.after.strip(")]/ :.") != "") or _marked(last)
        )
    return closed or date is not None or last.after == " "


def _marked(last: Segment) -> bool:
    return (
        last.before[:1] in ("(", "/", "[")
        and last.after[:1] in (")", "/", "]")
        and len(last.after.strip()) > 1
    )


def _bounded(part: Segment) -> bool:
    """Whether a mark, a date or a place, not a word of the sentence, ends the name."""
    return part.after != "" and (
        part.after[0] in '-–—\u2212\u2012―|/:؛)]»،,.+*"”=' or part.after == " "
    )


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

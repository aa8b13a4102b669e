"""Credit lines: footers, bylines and labelled lines that say as a whole who a text is from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from loader.extract.folding import fold
from loader.extract.gazetteer import countries, is_person
from loader.extract.segments import Kind, Segment, split
from loader.extract.unknown_names import is_nameable
from loader.extract.written_dates import WrittenDate
from mappings.agencies import Registry, name_key

Position = Literal["top", "head", "tail"]

_LINE = 130  # a credit with four agencies and two editors is shorter
_LABELLED = 160
_NAME_WORDS = 4
_WORDS = 20
_PARTED = re.compile(r"[-–—ـ|/:(،,+.«\"“\\]|\d")

_SOURCE_LABEL = re.compile(
    r"[\s*|•·\-=#.,(\[]{0,6}(?:(?:المصدر|المصادر|sources?|مصدر الخبر|المصدر الاصلي)(?:[ :|/\\\-;"
    r".>]{1,6}|(?=\n|$))|"
    r"مصدر ?[:|/\\\-]{1,3} ?)"
)
_REPRINT_LABEL = re.compile(r"[\s*|•·\-=#.(\[]{0,6}نقلا? ?عن ?[:|/\-]? ?")
_AUTHOR_LABEL = re.compile(
    r"[\s*|•·\-=#(\[]{0,4}(?:(?:كتب|كتبت|كتبه|بقلم|تقرير|اعداد|تحرير|حوار|ترجمه|متابعه|تحقيق"
    r"|مراسل|مراسله|مراسلنا|"
    r"المحرر|الكاتب|اعده للنشر|اعد التقرير|by|author) ?[:/|\-]{1,3} ?|(?:كتب|كتبت|بقلم|by) )"
)
# "(إعداد … للنشرة العربية - تحرير …)": the desk's line, whole or at the end of the last paragraph.
_DESK = re.compile(
    r"\s{0,3}\((?:اعداد|تحرير|كتابه|ترجمه|تغطيه|شارك في (?:التغطيه|اعداد|كتابه)|تقرير|اعد "
    r"التقرير|صياغه|"
    r"تحرير:)[ :][^()]{2,140}\)?\s{0,3}\.?\s{0,3}"
)
_END_MARK = re.compile(
    r"\s{0,3}(?:\(\s{0,3}(?:النهاية|انتهى|إنتهى|نهاية الخبر|انتهى الخبر|يتبع)\s{0,3}\)|"
    r"/{1,3}\s{0,3}(?:انتهى|النهاية|نهاية الخبر)\s{0,3}/{1,3})[\w\s/.*\u0640-]{0,30}$"
)
_LOOK_BACK = 5  # words: "وفق وكالة الأنباء السعودية (واس)"
_TRAILING_REST = 60  # what stands after the last full stop when it is a credit
_SENTENCE_END = re.compile(r"[.!؟?…][\"»”)]?\s{1,3}")
_LAST_BRACKET = re.compile(r"[(\[/]\s?([^()\[\]/]{2,60})[)\]/]\s?[.\-–—]{0,20}\s?$")
_INLINE_LABEL = re.compile(
    r"(?:^|[.؟!»\"”)\]،\s-])\s{0,3}((?:المصدر|المصادر)\s{0,3}[:|/]\s{0,3}[^.\n]{2,80}\.?)\s{0,3}$"
)
# A name after one of these is quoted, not signed: "وفق ما نقلت (رويترز)".
_QUOTING_WORDS = (
    "نقلت نقل ذكرت ذكر قالت أفادت أوردت بحسب حسب حسبما وفق وفقا لوكالة وكالة نقلا "
    "أعلنت ونقلت وذكرت وقالت وأفادت"
)
_GOVERNING_WORDS = "عن صحيفة لصحيفة قناة لقناة موقع مع لـ إلى في الـ على"
_QUOTING = frozenset(map(name_key, _QUOTING_WORDS.split()))
_GOVERNING = frozenset(map(name_key, _GOVERNING_WORDS.split()))


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit line says. `sources` are ids in the order of the line; `text` is the credit
    verbatim.

    `labelled`: a label ("المصدر") says so; then `sources` may be empty because nobody knows the
    name.
    """

    sources: tuple[str, ...]
    text: str
    labelled: bool = False
    author: str | None = None
    date: WrittenDate | None = None
    reprint: bool = False


def is_source_label(line: str) -> bool:
    """Whether `line` is nothing but the label, so that the name stands on the next line."""
    text = fold(line).text
    match = _SOURCE_LABEL.match(text + "\n") if len(line) < 30 else None
    return bool(match) and not text[match.end() :].strip(" |:*)-\n") if match else False


def read_labelled(line: str, registry: Registry) -> Credit | None:
    """The credit of a line that a label opens: "المصدر: تاس", "مصدر | وكالة تسنيم للأنباء |",
    "*نقلا عن الأهرام".
    """
    if len(line) > _LABELLED:
        return None
    folded = fold(line)
    if (match := _SOURCE_LABEL.match(folded.text)) and not folded.text.startswith("مصدر الصور"):
        rest = line[folded.raw(match.end()) :].strip()
        credit = _named(rest, registry, reprint=False)
        # "مصدر: …" without the article also opens headlines; there the name must be known.
        certain = match.group().strip(" *|•·-=#.,([").startswith(("ال", "source"))
        return credit if certain or (credit and credit.sources) else None
    if match := _REPRINT_LABEL.match(folded.text):
        rest = line[folded.raw(match.end()) :].strip()
        if len(rest) <= 60 and not re.search(r"[.؟!:]\s", rest):
            return _named(rest, registry, reprint=True)
    return None


def _named(rest: str, registry: Registry, *, reprint: bool) -> Credit | None:
    rest = rest.strip(" |*.()[]-–—")
    if not rest or len(rest) > 110:
        return None
    parts = split(rest, registry, byline=False)
    if not parts or any(part.words > 8 for part in parts):
        return None
    if not any(part.sources for part in parts) and (whole := registry.resolve(rest)):
        return Credit((whole.id,), rest, labelled=True, reprint=reprint)
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    date = next((part.date for part in parts if part.date), None)
    return Credit(sources, rest, labelled=True, date=date, reprint=reprint)


def read_byline(line: str, registry: Registry, position: Position) -> Credit | None:
    """The credit of an unlabelled line, or None where the line may be text.

    `position`: "top" is the first line of the article (where a headline may stand), "head" the next
    few, "tail" the last few. Every part of the line must be a name, a place, a date, an editor's
    letters or a few words of a name.
    """
    if len(line) > _LINE or not line.strip():
        return None
    words = len(line.split())
    # A sentence: too long, or of some length and closed by a full stop or not parted by anything.
    if words > _WORDS or (
        words > _NAME_WORDS + 2 and (line.endswith(("؟", "!")) or not _PARTED.search(line))
    ):
        return None
    folded = fold(line)
    if position == "tail" and _DESK.fullmatch(folded.text):
        return _desk(line, folded.text, registry)
    if match := _AUTHOR_LABEL.match(folded.text):
        if position == "top" and not folded.text.lstrip(" *|-(").startswith(("كتب", "بقلم", "by")):
            return None  # "تقرير: الاقتصاد ينمو" is a headline
        return _authored(line, line[folded.raw(match.end()) :], registry)
    parts = split(line, registry, dateline=True)
    if not parts or sum(part.words for part in parts) > 18:
        return None
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    signed = bool(sources) or any(part.kind is Kind.AGENCIES for part in parts)
    strangers = [part for part in parts if part.kind is Kind.OTHER]
    date = next((part.date for part in parts if part.date), None)
    if any(part.words > _NAME_WORDS or not is_nameable(part.text) for part in strangers):
        return None
    name = line.strip(" *|-–—:.").removeprefix("من ")
    if not signed and position != "tail" and len(parts) == 1 and is_person(name):
        return Credit((), line.strip(), author=name)
    if not signed:
        return _staff(line, parts, strangers, folded.text, position, date)
    if len(parts) == 1 and parts[0].kind is Kind.AGENCIES and position == "top":
        return None
    if strangers and not sources and position == "top":
        return None
    if strangers and not _strangers_fit(parts, strangers, position):
        return None
    text = line.strip(" *|-–—()[]/.")
    author = (
        strangers[-1].text
        if len(strangers) == 1 and strangers[0].words >= 2 and not _in_brackets(strangers[0])
        else None
    )
    return Credit(sources, text if strangers else line.strip(" *|-–—"), author=author, date=date)


def _in_brackets(part: Segment) -> bool:
    return part.before[-1:] == "(" or part.after[:1] == "("


def _strangers_fit(parts: list[Segment], strangers: list[Segment], position: Position) -> bool:
    """Whether unknown parts beside a known name are names of people or small towns and not the rest
    of a headline.
    """
    if len(strangers) > 3:
        return False
    # "رويترز: النفط يرتفع" is a headline, "القاهرة: أحمد علي - رويترز" a byline.
    if position == "top" and not any(part.kind is Kind.PLACE for part in parts):
        # "ريدينغ - رويترز" is a byline; else the line is a headline that names an agency or a
        # paper.
        town = len(parts) == 2 and parts[0] is strangers[0] and strangers[0].words <= 3
        dashed = parts[0].after.strip("-–—\u2212ـ/ ") == "" and parts[-1].after == ""
        return (town and dashed) or all(is_person(part.text) for part in strangers)
    if (
        any(part.before[-1:] == ":" or part.after[:1] == ":" for part in strangers)
        and position != "tail"
    ):
        return any(part.kind is Kind.PLACE for part in parts)
    if any(
        part.before.strip() in ("،", ",", "؛", "“", '"', "«", "")
        and part.before
        and position == "top"
        for part in strangers
    ):
        return False
    # Without a place the unknown part must be closed off by a dash, slash or bracket, not by a
    # quote or a comma.
    return all((part.before + part.after).strip(" ") != "" for part in strangers)


def _staff(
    line: str,
    parts: list[Segment],
    strangers: list[Segment],
    folded: str,
    position: Position,
    date: WrittenDate | None,
) -> Credit | None:
    """ "بيروت - فاطمة قنيبر": a place and a name, no agency."""
    if (
        position == "tail"
        and len(line) <= 40
        and parts
        and all(part.kind is Kind.SIGN for part in parts)
    ):
        return Credit((), "")  # an editor's letters, under a rule or alone
    if position == "tail" or len(line) > 60:
        return None
    if all(part.kind in (Kind.SIGN, Kind.TIME, Kind.DATE, Kind.LABEL) for part in parts):
        return None
    marks = any(
        part.after.strip() in ("-", "–", "—", "ـ", "/", "|", "(", ",", "،", ":")
        for part in parts[:-1]
    )
    place = any(part.kind is Kind.PLACE for part in parts)
    if position == "top" and place and len(parts) == 1:
        return Credit((), line.strip())  # a dateline of which only the town is left
    if (
        len(parts) == 2
        and parts[0].kind is Kind.OTHER
        and marks
        and is_person(parts[1].text)
        and ":" not in folded
    ):
        return Credit(
            (), line.strip(), author=parts[1].text
        )  # "الأراضي اليمنية - هاني …": a place nobody lists
    if place and len(strangers) == 1 and 2 <= strangers[0].words <= 3 and marks and len(parts) <= 3:
        person = strangers[0].text.removeprefix("من ")
        city = parts[0].kind is Kind.PLACE and name_key(parts[0].text) not in countries()
        if not is_person(person) and not city:
            return None
        if any(character.isdigit() for character in folded) or (
            ":" in folded and position != "head"
        ):
            return None
        return Credit((), line.strip(), author=person)
    if (
        position == "head"
        and not strangers
        and place
        and marks
        and date is None
        and len(parts) <= 3
    ):
        return Credit((), line.strip())
    return None


def _authored(line: str, rest: str, registry: Registry) -> Credit | None:
    """ "كتب: أحمد علي", "تحرير: م.ع - رويترز"."""
    if len(rest) > 70:
        return None
    parts = split(rest, registry)
    strangers = [part for part in parts if part.kind is Kind.OTHER]
    if (
        not parts
        or len(parts) > 6
        or any(part.words > 5 or not is_nameable(part.text) for part in strangers)
    ):
        return None
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Credit(sources, line.strip(), author=strangers[0].text if strangers else None)


def _desk(line: str, folded: str, registry: Registry) -> Credit:
    """The editors' line of a wire; only one agency has an "Arabic bulletin" and so signs with
    it.
    """
    signed = "للنشره العربيه" in folded and "reuters" in registry
    return Credit(("reuters",), line.strip(" .")) if signed else Credit((), "")


def read_trailing(line: str, registry: Registry) -> tuple[int, Credit] | None:
    """A credit that ends the last paragraph: where it begins in `line`, and what it says.

    "… في المدينة. (أ ف ب)", "… أمس. رويترز", "… المصدر: وكالات". A name in brackets that a verb of
    quoting or the word "agency" leads to is quoted, not signed.
    """
    tail_start = max(0, len(line) - 140)
    tail = line[tail_start:]
    if match := _INLINE_LABEL.search(tail):
        credit = read_labelled(match[1], registry)
        if credit is not None:
            return tail_start + match.start(1), credit
    if (opening := tail.rfind("(")) > 0 and _DESK.fullmatch(desk := fold(tail[opening:]).text):
        return tail_start + opening, _desk(tail[opening:], desk, registry)
    if mark := _END_MARK.search(tail):
        return tail_start + mark.start(), Credit((), "")
    if bracket := _LAST_BRACKET.search(tail):
        words = tail[: bracket.start()].split()
        quoted = any(name_key(word) in _QUOTING for word in words[-_LOOK_BACK:])
        quoted = quoted or any(name_key(word) in _GOVERNING for word in words[-1:])
        ended = bool(words) and words[-1][-1] in '.!؟?"»”…/-–—'
        parts = split(bracket[1], registry)
        if parts and all(part.kind in (Kind.SOURCE, Kind.AGENCIES, Kind.SIGN) for part in parts):
            sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
            named = sources or any(part.kind is Kind.AGENCIES for part in parts)
            if named and (ended or not quoted) and (ended or len(words) > 3):
                return tail_start + bracket.start(), Credit(sources, bracket[1].strip())
    ends = [match.end() for match in _SENTENCE_END.finditer(tail)]
    for end in ends[:-1] if ends and ends[-1] == len(tail) else ends:
        rest = tail[end:]
        if not rest.strip() or len(rest) > _TRAILING_REST:
            continue
        parts = split(rest, registry)
        if parts and all(part.kind is Kind.SIGN for part in parts):
            return tail_start + end, Credit((), "")
        known = all(part.kind is not Kind.OTHER and part.kind is not Kind.LABEL for part in parts)
        sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
        if parts and known and sources:
            return tail_start + end, Credit(sources, rest.strip(" .()/-"))
    return None

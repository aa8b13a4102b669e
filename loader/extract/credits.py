"""Credit lines with a label: "المصدر: تاس", "نقلا عن الأهرام", "(إعداد … تحرير …)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loader.extract.date_forms import WrittenDate
from loader.extract.line import Line
from loader.extract.segments import date_of, sources_of, split
from mappings.agencies import Registry

_LABELLED = 160  # characters; a longer line is text
_NAMES = 110  # characters behind the label
_REPRINTED = 60  # characters of the name behind "نقلا عن"; a longer one is a sentence
_PART_WORDS = 8
_LABEL_ALONE = 30

_SOURCE_LABEL = re.compile(
    r"[\s*|•·\-=#.,(\[]{0,6}(?:(?:المصدر|المصادر|sources?|مصدر الخبر|المصدر الاصلي)(?:[ :|/\\\-;"
    r".>]{1,6}|(?=\n|$))|"
    r"مصدر ?[:|/\\\-]{1,3} ?)"
)
_REPRINT_LABEL = re.compile(r"[\s*|•·\-=#.(\[]{0,6}نقلا? ?عن ?[:|/\-]? ?")
# "(إعداد … للنشرة العربية - تحرير …)": the desk's line, whole or at the end of the last paragraph.
_DESK = re.compile(
    r"\s{0,3}\((?:اعداد|تحرير|كتابه|ترجمه|تغطيه|شارك في (?:التغطيه|اعداد|كتابه)|تقرير|اعد "
    r"التقرير|صياغه|"
    r"تحرير:)[ :][^()]{2,140}\)?\s{0,3}\.?\s{0,3}"
)
_SENTENCE = re.compile(r"[.؟!:]\s")


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


def is_source_label(line: Line) -> bool:
    """Whether `line` is nothing but the label, so that the name stands on the next line."""
    if len(line.text) >= _LABEL_ALONE:
        return False
    text = line.folded.text
    match = _SOURCE_LABEL.match(text + "\n")
    return match is not None and not text[match.end() :].strip(" |:*)-\n")


def read_labelled(line: Line) -> Credit | None:
    """The credit of a line that a label opens: "المصدر: تاس", "مصدر | وكالة تسنيم للأنباء |",
    "*نقلا عن الأهرام".
    """
    if len(line.text) > _LABELLED:
        return None
    return _sourced(line) or _reprinted(line)


def _sourced(line: Line) -> Credit | None:
    """ "المصدر: تاس"."""
    folded = line.folded
    match = _SOURCE_LABEL.match(folded.text)
    if match is None or folded.text.startswith("مصدر الصور"):
        return None
    credit = _named(line.text[folded.raw(match.end()) :], line.registry, reprint=False)
    # "مصدر: …" without the article also opens headlines; there the name must be known.
    certain = match.group().strip(" *|•·-=#.,([").startswith(("ال", "source"))
    return credit if certain or (credit and credit.sources) else None


def _reprinted(line: Line) -> Credit | None:
    """ "*نقلا عن الأهرام"."""
    match = _REPRINT_LABEL.match(line.folded.text)
    rest = line.text[line.folded.raw(match.end()) :].strip() if match else ""
    if not rest or len(rest) > _REPRINTED or _SENTENCE.search(rest):
        return None
    return _named(rest, line.registry, reprint=True)


def _named(rest: str, registry: Registry, *, reprint: bool) -> Credit | None:
    rest = rest.strip().strip(" |*.()[]-–—")
    if not rest or len(rest) > _NAMES:
        return None
    parts = split(rest, registry, byline=False)
    if not parts or any(part.words > _PART_WORDS for part in parts):
        return None
    sources = sources_of(parts)
    if not sources and (whole := registry.resolve(rest)):
        return Credit((whole.id,), rest, labelled=True, reprint=reprint)
    return Credit(sources, rest, labelled=True, date=date_of(parts), reprint=reprint)


def read_desk(text: str, folded: str, registry: Registry) -> Credit | None:
    """The editors' line of a wire: "(إعداد … للنشرة العربية - تحرير …)"; only one agency has an
    "Arabic bulletin" and so signs with it.
    """
    if not _DESK.fullmatch(folded):
        return None
    signed = "للنشره العربيه" in folded and "reuters" in registry
    return Credit(("reuters",), text.strip(" .")) if signed else Credit((), "")

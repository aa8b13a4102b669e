"""Credits that end the last paragraph: "… في المدينة. (أ ف ب)", "… أمس. رويترز"."""

from __future__ import annotations

import re
from collections.abc import Callable

from loader.extract.credits import Credit, read_desk, read_labelled
from loader.extract.folding import fold
from loader.extract.line import Line
from loader.extract.segments import Kind, Segment, sources_of, split
from loader.extract.word_lists import keys
from mappings.agencies import Registry, name_key

_TAIL = 140  # characters from the end in which such a credit stands
_LOOK_BACK = 5  # words: "وفق وكالة الأنباء السعودية (واس)"
_FEWEST = 3  # words before a bracket that no full stop precedes
_END_MARK = re.compile(
    r"\s{0,3}(?:\(\s{0,3}(?:النهاية|انتهى|إنتهى|نهاية الخبر|انتهى الخبر|يتبع)\s{0,3}\)|"
    r"/{1,3}\s{0,3}(?:انتهى|النهاية|نهاية الخبر)\s{0,3}/{1,3})[\w\s/.*\u0640-]{0,30}$"
)
_TRAILING_REST = 60  # what stands after the last full stop when it is a credit
_SENTENCE_END = re.compile(r"[.!؟?…][\"»”)]?\s{1,3}")
_LAST_BRACKET = re.compile(r"[(\[/]\s?([^()\[\]/]{2,60})[)\]/]\s?[.\-–—]{0,20}\s?$")
_INLINE_LABEL = re.compile(
    r"(?:^|[.؟!»\"”)\]،\s-])\s{0,3}((?:المصدر|المصادر)\s{0,3}[:|/]\s{0,3}[^.\n]{2,80}\.?)\s{0,3}$"
)
_QUOTING = keys("quoting")
_GOVERNING = keys("governing")

_Found = tuple[int, Credit]  # where the credit begins, and what it says


def read_trailing(line: Line) -> _Found | None:
    """A credit that ends the last paragraph: where it begins in the line, and what it says.

    A name in brackets that a verb of quoting or the word "agency" leads to is quoted, not signed.
    """
    start = max(0, len(line.text) - _TAIL)
    tail = line.text[start:]
    found = next((found for form in TRAILING if (found := form(tail, line.registry))), None)
    return (start + found[0], found[1]) if found else None


def _labelled(tail: str, registry: Registry) -> _Found | None:
    """ "… في المدينة. المصدر: وكالات"."""
    match = _INLINE_LABEL.search(tail)
    credit = read_labelled(Line(0, match[1], registry)) if match else None
    return (match.start(1), credit) if match and credit else None


def _desk(tail: str, registry: Registry) -> _Found | None:
    """ "… أمس. (إعداد أحمد علي للنشرة العربية)"."""
    opening = tail.rfind("(")
    desk = tail[opening:]
    credit = read_desk(desk, fold(desk).text, registry) if opening > 0 else None
    return (opening, credit) if credit else None


def _end_mark(tail: str, registry: Registry) -> _Found | None:
    """ "… أمس. (انتهى) ع.م": a mark that names nobody."""
    mark = _END_MARK.search(tail)
    return (mark.start(), Credit((), "")) if mark else None


def _bracketed(tail: str, registry: Registry) -> _Found | None:
    """ "… في المدينة. (أ ف ب)", "… في المدينة /بترا/"."""
    bracket = _LAST_BRACKET.search(tail)
    if bracket is None:
        return None
    words = tail[: bracket.start()].split()
    ended = bool(words) and words[-1][-1] in '.!؟?"»”…/-–—'
    if not ended and (len(words) <= _FEWEST or _quotes(words)):
        return None
    parts = split(bracket[1], registry)
    if not any(part.named for part in parts) or not all(_signs(part) for part in parts):
        return None
    return bracket.start(), Credit(sources_of(parts), bracket[1].strip())


def _quotes(words: list[str]) -> bool:
    """Whether the words before a bracket lead to a name that is quoted: "وفق ما نقلت"."""
    return any(name_key(word) in _QUOTING for word in words[-_LOOK_BACK:]) or any(
        name_key(word) in _GOVERNING for word in words[-1:]
    )


def _signs(part: Segment) -> bool:
    return part.named or part.kind is Kind.SIGN


def _last_words(tail: str, registry: Registry) -> _Found | None:
    """ "… أمس. رويترز", "… أمس. م.ع"."""
    ends = [match.end() for match in _SENTENCE_END.finditer(tail)]
    for end in ends[:-1] if ends and ends[-1] == len(tail) else ends:
        rest = tail[end:]
        parts = split(rest, registry) if len(rest) <= _TRAILING_REST else []
        if parts and all(part.kind is Kind.SIGN for part in parts):
            return end, Credit((), "")
        sources = sources_of(parts)
        if sources and all(part.kind not in (Kind.OTHER, Kind.LABEL) for part in parts):
            return end, Credit(sources, rest.strip(" .()/-"))
    return None


# The first that answers is the credit at the end.
TRAILING: tuple[Callable[[str, Registry], _Found | None], ...] = (
    _labelled,
    _desk,
    _end_mark,
    _bracketed,
    _last_words,
)

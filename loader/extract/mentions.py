"""Agencies that the body only cites: "بحسب وكالة تاس", "نقلت رويترز عن"."""

from __future__ import annotations

import re
from functools import lru_cache

from loader.extract.folding import fold
from loader.extract.segments import letters_in
from mappings.agencies import Agency, Registry, name_key

_WORD = re.compile(r"\w+")
_LEADS = frozenset(
    name_key(word)
    for word in [
        "وكالة",
        "لوكالة",
        "ووكالة",
        "بوكالة",
        "وكالتي",
        "وكالات",
        "لوكالتي",
        "أنباء",
        "الأنباء",
        "لأنباء",
        "للأنباء",
    ]
)
_PREFIXES = ("و", "ل", "ب", "ف", "ك", "ول", "وب")
# Names that nobody takes for a word, a region or a person; the others need "وكالة", quotes or brackets beside them.
_UNMISTAKABLE_LENGTH = 6
_MISTAKABLE = frozenset(
    name_key(name)
    for name in [
        "الأناضول",
        "العمانية",
        "الألمانية",
        "الفرنسية",
        "النمساوية",
        "الإخلاص",
        "الحرة",
        "الميادين",
        "المنار",
        "العالم",
        "العربية",
        "الجزيرة",
        "الحدث",
        "باختر",
        "انترفاكس",
        "دوغان",
    ]
) - {name_key("إنترفاكس")}
_LONGEST = 6


@lru_cache(maxsize=4)
def _by_first_word(registry: Registry) -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Names by their first word, longest first, with whether the name needs no mark beside it."""
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for source in registry:
        if source.kind == "outlet":
            continue
        for name in (*source.aliases, *source.latin, source.label_ar):
            words = tuple(name_key(name).split())
            if not words:
                continue
            plain = len(words) > 1 or (len(words[0]) >= _UNMISTAKABLE_LENGTH and words[0] not in _MISTAKABLE)
            if words[0].isascii() and len(words) == 1:
                plain = len(words[0]) > 3 and source.kind == "agency"
            table.setdefault(words[0], []).append((words, source.id, plain))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def cited_agencies(body: str, registry: Registry, *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Ids of the agencies and channels that `body` names, in order of first mention, but for those in `without`."""
    table = _by_first_word(registry)
    folded = fold(body).text
    spans = list(_WORD.finditer(folded))
    words = [span.group() for span in spans]
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        stripped = word
        rows = table.get(word)
        if rows is None and len(word) > 4:
            for prefix in _PREFIXES:
                if word.startswith(prefix) and (rows := table.get(word[len(prefix) :])):
                    stripped = word[len(prefix) :]
                    break
        if rows is None:
            continue
        for names, source_id, plain in rows:
            if names[0] != stripped or tuple(words[at + 1 : at + len(names)]) != names[1:]:
                continue
            start, end = spans[at].start(), spans[at + len(names) - 1].end()
            if plain or _marked(folded, start, end) or (at and words[at - 1] in _LEADS):
                found.setdefault(source_id)
            break
    for source in _by_letters(body, registry):
        found.setdefault(source.id)
    return tuple(source_id for source_id in found if source_id not in without)


def _by_letters(body: str, registry: Registry) -> list[Agency]:
    return [source for letters in letters_in(body) if len(letters) >= 5 and (source := registry.resolve(letters))]


def _marked(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in ("(", "«", '"', "“", "”") and after in (")", "»", '"', "”", "“")

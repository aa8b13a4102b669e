"""Agencies that the body only cites: "بحسب وكالة تاس", "نقلت رويترز عن"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from loader.extract.folding import fold
from loader.extract.segments import letters_in
from loader.extract.word_lists import keys
from mappings.agencies import Agency, Registry, name_key

_WORD = re.compile(r"\w+")
_LEADS = keys("before_names")
_PREFIXES = ("و", "ل", "ب", "ف", "ك", "ول", "وب")
# Names that nobody takes for a word, a region or a person; the others need "وكالة", quotes or
# brackets beside them.
_UNMISTAKABLE_LENGTH = 6
_MISTAKABLE = keys("mistakable_names")
_LETTERS_LENGTH = 5  # "أ ف ب"; two letters apart are an enumeration
_LONGEST_WORD = 30
_SHORTEST_JOINED = 4  # letters; a particle and a name no longer than this are another word
_SINGLE_LETTERS = frozenset(map(chr, range(0x0621, 0x064B)))  # hamza to ya
_TATWEEL = "\u0640"
_REMEMBERED = 200_000  # words as written; news has fewer that recur
_OPENING, _CLOSING = ("(", "«", '"', "“", "”"), (")", "»", '"', "”", "“")


_Row = tuple[
    tuple[str, ...], str, bool
]  # words of a name, id, and whether it needs no mark beside it


class _Names:
    """The names of a registry by their first word, longest first; words as written are looked up
    once.
    """

    def __init__(self, registry: Registry) -> None:
        self._rows: dict[str, list[_Row]] = {}
        self._hits: dict[str, list[_Row]] = {}
        self._followers: dict[
            str, str
        ] = {}  # words as written that stand later in a name, and their keys
        self._seen: set[str] = set()
        for source in registry:
            if source.kind != "outlet":
                for name in (*source.aliases, *source.latin, source.label_ar):
                    self._add(source, tuple(name_key(name).split()))
        for rows in self._rows.values():
            rows.sort(key=lambda row: -len(row[0]))
        self._later = {
            word for rows in self._rows.values() for names, _, _ in rows for word in names[1:]
        }
        joined = [
            (prefix + first, rows) for prefix in _PREFIXES for first, rows in self._rows.items()
        ]
        for word, rows in joined:
            if len(word) > _SHORTEST_JOINED:
                self._rows.setdefault(word, rows)

    def _add(self, source: Agency, words: tuple[str, ...]) -> None:
        if not words:
            return
        plain = len(words) > 1 or (
            len(words[0]) >= _UNMISTAKABLE_LENGTH and words[0] not in _MISTAKABLE
        )
        if words[0] in _LEADS and len(words) > 1:
            # The word before says "agency" or "paper"; every second article has it, so it is not
            # the one to look for.
            words, plain = words[1:], False
        if words[0].isascii() and len(words) == 1:
            plain = len(words[0]) > 3 and source.kind == "agency"
        self._rows.setdefault(words[0], []).append((words, source.id, plain))

    def among(self, words: set[str]) -> dict[str, list[_Row]]:
        """Of `words` as written, those that begin a name, with the names of which every word is
        there.

        A particle may be joined to the first one.
        """
        new = [word for word in words - self._seen if len(word) <= _LONGEST_WORD]
        # Folded all at once, and not with name_key, which is dearer: single words differ in nothing
        # else.
        for word, key in zip(new, fold("\n".join(new)).text.split("\n"), strict=False):
            if rows := self._rows.get(key):
                self._hits[word] = rows
            if key in self._later:
                self._followers[word] = key
        if len(self._seen) < _REMEMBERED:
            self._seen.update(new)
        there = {self._followers[word] for word in words & self._followers.keys()}
        return {
            word: [row for row in self._hits[word] if there.issuperset(row[0][1:])]
            for word in words & self._hits.keys()
        }


_names = lru_cache(maxsize=4)(_Names)


def cited_agencies(
    body: str, registry: Registry, *, without: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Ids of the agencies and channels that `body` names, in order of first mention, but for those
    in `without`.
    """
    words = set(_WORD.findall(body))
    named = list(_named(body, words, registry))
    if _may_hold_initials(words, joined=_TATWEEL in body):
        named += _lettered(body, registry)
    return tuple(dict.fromkeys(source for _, source in sorted(named) if source not in without))


def _named(body: str, words: set[str], registry: Registry) -> Iterator[tuple[int, str]]:
    """Where a name stands in `body`, and whose it is."""
    for word, rows in _names(registry).among(words).items():
        for start in _places_of(word, body) if rows else ():
            for names, source_id, plain in rows:
                end = _end_of(names, body, start + len(word))
                if end and (plain or _marked(body, start, end) or _led(body, start)):
                    yield start, source_id
                    break


def _may_hold_initials(words: set[str], *, joined: bool) -> bool:
    """Whether letters stand apart among `words`, or are joined by a tatweel: most bodies have none
    and need not be searched.
    """
    if joined:
        if any(word.count(_TATWEEL) > 1 for word in words):
            return True
        words = {word.strip(_TATWEEL) for word in words}
    return len(words & _SINGLE_LETTERS) > 1


def _lettered(body: str, registry: Registry) -> Iterator[tuple[int, str]]:
    """ "أ ف ب"."""
    for match in letters_in(body):
        if len(match[1]) >= _LETTERS_LENGTH and (source := registry.resolve(match[1])):
            yield match.start(), source.id


def _places_of(word: str, body: str) -> Iterator[int]:
    """Where `word` stands in `body` as a whole word."""
    at = body.find(word)
    while at >= 0:
        end = at + len(word)
        if (at == 0 or not _joins(body[at - 1])) and (end == len(body) or not _joins(body[end])):
            yield at
        at = body.find(word, end)


def _joins(character: str) -> bool:
    return character.isalnum() or character == "_"


def _led(body: str, start: int) -> bool:
    """Whether the word before `start` says that an agency, a channel or a paper follows."""
    before = body[max(0, start - _LONGEST_WORD) : start].split()
    return bool(before) and name_key(before[-1]) in _LEADS


def _end_of(words: tuple[str, ...], body: str, at: int) -> int:
    """Where the name whose first word ends at `at` ends in `body`; 0 where its other words do not
    follow.
    """
    for word in words[1:]:
        following = _WORD.search(body, at, at + _LONGEST_WORD)
        if following is None or name_key(following.group()) != word:
            return 0
        at = following.end()
    return at


def _marked(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in _OPENING and after in _CLOSING

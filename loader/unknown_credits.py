"""Credit lines that name no known agency, counted, and an entry for one that can be pasted as it
is.
"""

from __future__ import annotations

import json
from collections import Counter

from mappings.arabic.text import match_key

_KEPT = (
    20_000  # different credits; beyond that those seen once give way, so that memory stays bounded
)
_LENGTH = 200  # characters of a credit line that are looked at

# A plain transliteration for ids: enough to be unique and readable, not to be pronounced.
_LATIN = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
        [
            "a",
            "b",
            "t",
            "th",
            "j",
            "h",
            "kh",
            "d",
            "dh",
            "r",
            "z",
            "s",
            "sh",
            "s",
            "d",
            "t",
            "z",
            "a",
            "gh",
            "f",
            "q",
            "k",
            "l",
            "m",
            "n",
            "h",
            "w",
            "y",
            "",
        ],
        strict=True,
    )
)


_QUOTATION_MARKS = dict.fromkeys(map(ord, '"«»“”„'))


class UnknownCredits:
    """Counts credits under one key a name; shows each as it was written most recently."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._written: dict[str, str] = {}

    def add(self, credit: str) -> None:
        """Count one credit line."""
        key = match_key(credit[:_LENGTH])
        if not key:
            return
        self._counts[key] += 1
        self._written[key] = " ".join(credit[:_LENGTH].split())
        if len(self._counts) > _KEPT:
            self._counts = Counter({key: count for key, count in self._counts.items() if count > 1})
            self._written = {key: self._written[key] for key in self._counts}

    def __len__(self) -> int:
        return len(self._counts)

    def most_common(self, number: int) -> list[tuple[str, int]]:
        """Credits as written, with how often; the most frequent first."""
        return [(self._written[key], count) for key, count in self._counts.most_common(number)]


def registry_entry(credit: str) -> str:
    """An entry in TOML for the newsroom's own registry file (NABA_AGENCIES) that makes `credit`
    known.

    It is valid as it stands; a person will want to put better labels.
    """
    name = " ".join(credit.translate(_QUOTATION_MARKS).split())
    lines = [
        "[[source]]",
        f"id = {json.dumps(_id_of(name))}",
        'kind = "agency"  # or "channel"; "outlet" for a paper or site that only publishes',
        f"label_ar = {_quoted(name)}",
        f"label_en = {_quoted(name)}",
        f"aliases = [{_quoted(name)}]",
    ]
    return "\n".join(lines)


def _id_of(name: str) -> str:
    letters = "".join(_LATIN.get(character, character) for character in match_key(name))
    words = "".join(
        character if character.isascii() and character.isalnum() else " " for character in letters
    ).split()
    return "-".join(words)[:40].strip("-") or "agency"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

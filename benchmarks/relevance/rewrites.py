"""Questions rewritten the way people type them: other keyboards, lost or added marks, attached
particles.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from mappings.arabic.letters import fold
from mappings.arabic.word_lists import stop_words

Rewrite = Callable[[str], str]

ARABIC_WORD = re.compile("[\u0621-\u064a]+")
HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
TASHKEEL_SEED = 5
ARTICLE = "ال"
SEATS_DROPPED = str.maketrans("أإآؤئ", "اااوي")
ALL_HAMZA_DROPPED = str.maketrans("أإآؤئ", "اااوي", "ء")
PERSIAN = str.maketrans("يىك", "\u06cc\u06cc\u06a9")
INDIC_DIGITS = {ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}


def each_word(change: Rewrite) -> Rewrite:
    """Apply `change` to every Arabic word of a query."""
    return lambda query: ARABIC_WORD.sub(lambda found: change(found[0]), query)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Letter -> its presentation forms by name (ISOLATED, INITIAL, MEDIAL, FINAL)."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for code in range(0xFE80, 0xFEFD):
        name, base = unicodedata.name(chr(code), ""), unicodedata.normalize("NFKC", chr(code))
        if len(base) == 1 and name.endswith("FORM"):
            forms[base][name.rsplit(" ", 2)[-2]] = chr(code)
    return forms


def presentation(word: str) -> str:
    """`word` in presentation forms, as old PDF files and systems send it."""
    forms, shaped = _forms(), []
    for place, letter in enumerate(word):
        before = place > 0 and "INITIAL" in forms.get(word[place - 1], {})
        after = (
            place + 1 < len(word)
            and word[place + 1] in forms
            and "INITIAL" in forms.get(letter, {})
        )
        wanted = {(0, 0): "ISOLATED", (0, 1): "INITIAL", (1, 1): "MEDIAL", (1, 0): "FINAL"}[
            int(before), int(after)
        ]
        of_letter = forms.get(letter, {})
        shaped.append(of_letter.get(wanted) or of_letter.get("ISOLATED") or letter)
    return "".join(shaped)


def _tashkeel() -> Rewrite:
    chance = random.Random(TASHKEEL_SEED)
    return each_word(lambda word: "".join(letter + chance.choice(HARAKAT) for letter in word))


def _inside(word: str, sign: str) -> str:
    return word[:2] + sign + word[2:] if len(word) > 3 else word


def attach(particle: str, with_article: str | None = None) -> Rewrite:
    """Glue a particle to every content word of three letters or more; `with_article` is what it
    makes of ال.
    """

    def change(word: str) -> str:
        if len(word) < 3 or fold(word) in stop_words():
            return word
        if with_article and word.startswith(ARTICLE):
            return with_article + word[2:]
        return particle + word

    return each_word(change)


def rewrites() -> dict[str, Rewrite]:
    """Every rewrite by name. The first seven rows after `as typed` must change nothing."""
    return {
        "as typed": lambda query: query,
        "Persian ya and kaf": lambda query: query.translate(PERSIAN),
        "presentation forms": each_word(presentation),
        "RLM after each word": each_word(lambda word: word + "\u200f"),
        "ZWNJ inside words": each_word(lambda word: _inside(word, "\u200c")),
        "hamza seats dropped": lambda query: query.translate(SEATS_DROPPED),
        "hamza dropped": lambda query: query.translate(ALL_HAMZA_DROPPED),
        "tatweel": each_word(lambda word: _inside(word, "\u0640\u0640\u0640")),
        "full tashkeel": _tashkeel(),
        "ta marbuta as ha": each_word(lambda word: word[:-1] + "ه" if word.endswith("ة") else word),
        "final ya as alef maksura": each_word(
            lambda word: word[:-1] + "ى" if word.endswith("ي") else word
        ),
        "Arabic-Indic digits": lambda query: query.translate(INDIC_DIGITS),
        "prefix wa": attach("و"),
        "prefix fa": attach("ف"),
        "prefix bi": attach("ب", "بال"),
        "prefix li": attach("ل", "لل"),
        "prefix ka": attach("ك", "كال"),
        "prefix wa-bi": attach("وب", "وبال"),
        "prefix wa-li": attach("ول", "ولل"),
        "article dropped": each_word(
            lambda word: word[2:] if word.startswith(ARTICLE) and len(word) > 4 else word
        ),
    }

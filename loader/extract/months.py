"""Names of months and weekdays as Arabic copy writes them, east and west, and in English.

Every name stands in the folded form of `loader.extract.folding`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Calendar = Literal["gregorian", "hijri", "solar"]

# One row a month: the names of Egypt and the Gulf, the Levant and Iraq (Syriac), the Maghreb, and
# common spellings.
_GREGORIAN: tuple[str, ...] = (
    "يناير كانون+الثاني كانون+ثاني كانون+الثانى كانون+الاخر جانفي ينايير ينار january jan",
    "فبراير شباط فيفري فبراير فبرابر فيفرى اشباط february feb",
    "مارس اذار مارث march mar",
    "ابريل نيسان افريل ابرايل أبريل april apr",
    "مايو ايار ماي مايوم may",
    "يونيو حزيران جوان يونيه يونيو june jun",
    "يوليو تموز جويليه يوليوز يوليه جويلية july jul",
    "اغسطس اب اوت غشت اغسطوس august aug",
    "سبتمبر ايلول شتنبر سيبتمبر september sept sep",
    "اكتوبر تشرين+الاول تشرين+اول تشرين+الأول اكتوبير october oct",
    "نوفمبر تشرين+الثاني تشرين+ثاني تشرين+الاخر نونبر نوفمير november nov",
    "ديسمبر كانون+الاول كانون+اول دجنبر دسمبر december dec",
)
_HIJRI: tuple[str, ...] = (
    "محرم المحرم محرم+الحرام",
    "صفر",
    "ربيع+الاول ربيع+اول",
    "ربيع+الاخر ربيع+الثاني ربيع+ثاني ربيع+اخر",
    "جمادي+الاولي جمادي+الاول جماد+الاول جماد+اول جمادي+الاولى جماد+الاولي جماده+الاولي "
    "جماده+الاول",
    "جمادي+الاخره جمادي+الثانيه جمادي+الاخر جماد+الثاني جماد+الاخر جمادي+الثاني جماد+الاخره "
    "جماد+ثاني جماده+الاخره جماده+الثانيه جماد+الثانيه",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو+القعده ذي+القعده ذوالقعده ذيالقعده ذو+الحجه+القعده القعده ذا+القعده ذي+قعده ذو+قعده",
    "ذو+الحجه ذي+الحجه ذا+الحجه الحجه ذي+حجه ذو+حجه",
)
# The solar Hijri year, by its Iranian and its Afghan names. Many are ordinary words: they are
# months only between a day and a year.
_SOLAR: tuple[str, ...] = (
    "فروردين حمل",
    "ارديبهشت ثور",
    "خرداد جوزا جوزاء",
    "تير سرطان",
    "مرداد اسد",
    "شهريور سنبله",
    "مهر ميزان",
    "ابان عقرب",
    "اذر قوس",
    "دي جدي",
    "بهمن دلو",
    "اسفند حوت",
)
# Monday is 0, as in `datetime.date.weekday`.
_WEEKDAYS: tuple[str, ...] = (
    "الاثنين الاتنين الإثنين اثنين monday mon",
    "الثلاثاء الثلاثا ثلاثاء tuesday tue",
    "الاربعاء الاربعا اربعاء wednesday wed",
    "الخميس خميس thursday thu",
    "الجمعه جمعه friday fri",
    "السبت سبت saturday sat",
    "الاحد الأحد sunday sun",
)

_FOLD = str.maketrans("أإآىةئؤ", "اااي" + "هيو")


def _table(rows: tuple[str, ...]) -> dict[str, int]:
    return {
        name.translate(_FOLD): number for number, row in enumerate(rows) for name in row.split()
    }


_GREGORIAN_NAMES = {name: number + 1 for name, number in _table(_GREGORIAN).items()}
_HIJRI_NAMES = {name: number + 1 for name, number in _table(_HIJRI).items()}
_SOLAR_NAMES = {name: number + 1 for name, number in _table(_SOLAR).items()}
_WEEKDAY_NAMES = _table(_WEEKDAYS)
# Shortest forgivable name: "مارس" and "مايو" differ from too many words by one letter.
_FORGIVABLE = 5


def _alternatives(names: dict[str, int], arabic: bool) -> str:
    chosen = [name for name in names if (name[0] > "z") == arabic]
    return "|".join(name.replace("+", " ?") for name in sorted(chosen, key=len, reverse=True))


ARABIC_MONTH = (
    f"(?:{_alternatives(_GREGORIAN_NAMES, True)}|{_alternatives(_HIJRI_NAMES, True)})(?![ا-ي])"
)
SOLAR_MONTH = f"(?:{_alternatives(_SOLAR_NAMES, True)})(?![ا-ي])"
ENGLISH_MONTH = f"(?:{_alternatives(_GREGORIAN_NAMES, False)})\\b"
# Indefinite weekday names ("خميس", "احد") are ordinary words; only the definite ones are days.
ARABIC_WEEKDAY = (
    "(?:"
    + "|".join(sorted((n for n in _WEEKDAY_NAMES if n.startswith("ال")), key=len, reverse=True))
    + ")(?![ا-ي])"
)
ENGLISH_WEEKDAY = f"(?:{_alternatives(_WEEKDAY_NAMES, False)})\\b"

_MONTHS_BY_LETTERS: dict[str, tuple[Calendar, int]] = {
    name.replace("+", ""): ("hijri", number) for name, number in _HIJRI_NAMES.items()
} | {name.replace("+", ""): ("gregorian", number) for name, number in _GREGORIAN_NAMES.items()}


def month_of(word: str) -> tuple[Calendar, int] | None:
    """Calendar and number (1-12) of a month name in folded form; spaces inside do not matter."""
    return _MONTHS_BY_LETTERS.get(re.sub(r"[ .]", "", word))


def solar_month_of(word: str) -> int:
    """Number (1-12) of a month of the solar Hijri year in folded form."""
    return _SOLAR_NAMES[word]


def weekday_of(word: str) -> int | None:
    """Monday = 0 ... Sunday = 6, for a weekday name in folded form."""
    return _WEEKDAY_NAMES.get(word)


@lru_cache(maxsize=4096)
def misspelt_month(word: str) -> tuple[Calendar, int] | None:
    """The month that `word` (folded, five letters or more) is one wrong, missing, extra or swapped
    letter away from.

    None where no month or two different months are so near. Only to be asked beside a day and a
    year or another month: "نوفمير 2020", "ديمبر/كانون الأول".
    """
    if not _FORGIVABLE - 1 <= len(word) <= 12:
        return None
    near = {
        value
        for name, value in _MONTHS_BY_LETTERS.items()
        if len(name) >= _FORGIVABLE and _one_edit(word, name)
    }
    return near.pop() if len(near) == 1 else None


def _one_edit(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or swapped

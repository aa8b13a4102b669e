"""A language of the page: its texts, plural forms and dates, read from one TOML file each.

Texts hold no markup. Numbers are written with Latin digits in both languages, as most Arabic
newsrooms do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from typing import Literal

from mappings.article import Precision

LanguageCode = Literal["ar", "en"]


def arabic_plural(n: int) -> str:
    """The CLDR plural category of `n` in Arabic."""
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


def english_plural(n: int) -> str:
    """The CLDR plural category of `n` in English."""
    return "one" if n == 1 else "other"


PLURAL_RULES: Mapping[str, Callable[[int], str]] = {"ar": arabic_plural, "en": english_plural}


@dataclass(frozen=True)
class Language:
    """Texts by dotted key (`search.submit`), plural texts by key and CLDR category, names of months
    and weekdays.
    """

    code: LanguageCode
    direction: str  # "rtl" or "ltr"
    texts: Mapping[str, str]
    plurals: Mapping[str, Mapping[str, str]]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]  # Monday first

    def text(self, key: str, **values: object) -> str:
        """The text under `key` with `values` filled in. Raises KeyError for a key that no file
        has.
        """
        return self.texts[key].format(**values) if values else self.texts[key]

    def count(self, key: str, n: int) -> str:
        """`n` things in words: «نتيجتان», «11 نتيجة»."""
        forms = self.plurals[key]
        return forms[PLURAL_RULES[self.code](n)].format(n=self.number(n))

    def number(self, n: int) -> str:
        """`n` with thousands set apart: 31,525."""
        return f"{n:,}"

    def short_date(self, value: date, precision: Precision) -> str:
        """A civil date as precise as it is known: «30 ديسمبر/كانون الأول 2020», «ديسمبر/كانون الأول
        2020», «2020».
        """
        if precision == "year":
            return f"{value.year}"
        month = f"{self.months[value.month - 1]} {value.year}"
        return month if precision == "month" else f"{value.day} {month}"

    def full_date(self, value: date, precision: Precision) -> str:
        """As `short_date`, and a day also says which weekday it was."""
        written = self.short_date(value, precision)
        if precision != "day":
            return written
        return self.text("date.weekday", weekday=self.weekdays[value.weekday()], day=written)

    def moment(self, value: datetime) -> str:
        """Day and time of day, as `value` has them: «2 مايو/أيار 2024 10:30»."""
        return f"{self.short_date(value.date(), 'day')} {value:%H:%M}"

    def yearless_date(self, published_text: str) -> str | None:
        """A day without a year (`--07-16`) in words, or None when `published_text` is something
        else.
        """
        parts = published_text.removeprefix("--").split("-")
        if (
            not published_text.startswith("--")
            or len(parts) != 2
            or not all(part.isdecimal() for part in parts)
        ):
            return None
        month, day = (int(part) for part in parts)
        if not 1 <= month <= 12:
            return None
        return self.text("date.yearless", day=f"{day} {self.months[month - 1]}")

    def period(self, value: str) -> str:
        """A partial date (`2020`, `2020-12`, `2020-12-30`) in words, an instant with its time of
        day; anything else as it is.
        """
        if "T" in value:
            return self.moment(datetime.fromisoformat(value))
        parts = value.split("-")
        precisions: tuple[Precision, ...] = ("year", "month", "day")
        try:
            year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
            return self.short_date(date(year, month, day), precisions[min(len(parts), 3) - 1])
        except ValueError:
            return value


@lru_cache
def load_language(code: LanguageCode) -> Language:
    """Read the file of `code`; every language is read once a process."""
    content = tomllib.loads(
        resources.files(__package__).joinpath(f"{code}.toml").read_text("utf-8")
    )
    direction, plurals = content.pop("direction"), content.pop("plural")
    months, weekdays = content.pop("months"), content.pop("weekdays")
    return Language(
        code=code,
        direction=direction,
        texts={
            f"{table}.{key}": text
            for table, texts in content.items()
            for key, text in texts.items()
        },
        plurals=plurals,
        months=tuple(months[str(number)] for number in range(1, 13)),
        weekdays=tuple(weekdays[str(number)] for number in range(1, 8)),
    )

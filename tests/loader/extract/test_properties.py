"""What holds for any text: nothing is lost, nothing is made up, reading twice changes nothing, time
stays linear.
"""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.extract import Extraction, Rejected, extract
from loader.raw import RawArticle
from mappings.agencies import load_registry
from mappings.arabic.text import clean_text

TODAY = date(2026, 6, 1)
# Pieces that credits, dates, furniture and prose are made of, so that random copies look like copy.
PIECES = st.sampled_from(
    [
        "القاهرة",
        "(رويترز)",
        "-",
        "–",
        "أ ف ب",
        "المصدر:",
        "تاس",
        "31 ديسمبر 2020",
        "اليوم الأربعاء",
        "5 مايو/أيار",
        "قال الوزير إن الجسر افتتح.",
        "وأضاف أن العمل انتهى",
        "\n",
        "\n\n",
        "اقرأ أيضا:",
        "مشاركة",
        "<br>",
        "=”a:b”>",
        "&amp;",
        "&lt;p&gt;",
        "الصورة: الأرشيف",
        "|",
        "/",
        "وكالات",
        "٢٠٢٠",
        "هـ",
        "الموافق",
        "25 شوال 1436",
        "كتب أحمد علي",
        "العنوان: خبر",
        "...",
        "؟",
        "«",
        "»",
        "CNN",
        "https://example.org",
        "\u200f",
        "\u0640",
        "وفا-",
        ".",
        "(انتهى)",
    ]
)
COPIES = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map(" ".join)


def read(text: str) -> Extraction | None:
    try:
        return extract(RawArticle("archive", "a.txt", text), load_registry(), today=TODAY)
    except Rejected:
        return None


def letters(*texts: str | None) -> Counter[str]:
    """How often each letter and digit stands in `texts`."""
    return Counter(c for text in texts for c in text or "" if unicodedata.category(c)[0] in "LN")


@settings(max_examples=150, deadline=None)
@given(COPIES)
def test_body_removed_parts_and_title_cover_the_text(text: str) -> None:
    found = read(text)
    if found is not None:
        line = found.title if found.title_origin == "line" else None
        assert letters(found.body, line, *(part.text for part in found.removed)) == letters(
            clean_text(text)
        )


@settings(max_examples=100, deadline=None)
@given(COPIES)
def test_no_letter_or_digit_is_made_up(text: str) -> None:
    found = read(text)
    if found is not None:
        sent = letters(clean_text(text))
        assert not letters(found.body) - sent
        assert not letters(found.title) - sent


@settings(max_examples=100, deadline=None)
@given(COPIES)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


ARTICLE = (
    "موسكو (رويترز) - افتتح وزير النقل الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل "
    "فيه بحضور الأهالي.\n"
    "وقال الوزير إن الجسر سيخفف الازدحام في ساعات الصباح، وإن كلفته جاءت أقل مما كان مقدرا "
    "لها.\nالمصدر: رويترز"
)


def test_reading_the_body_again_takes_nothing_more_out() -> None:
    once = read(ARTICLE)
    assert once is not None
    again = read(once.body)
    assert again is not None
    assert (again.body, again.removed) == (once.body, ())


SIZE = 1_000_000
WORST = {
    "digits": "1" * SIZE,
    "digits apart": "1 " * (SIZE // 2),
    "dates in a row": "5/5/" * (SIZE // 4),
    "days in a row": "اليوم 5 " * (SIZE // 8),
    "months in a row": "5 مايو/ " * (SIZE // 8),
    "spaces": "ا" + " " * SIZE + "ا",
    "opening brackets": "(" * SIZE,
    "closing brackets": ")" * SIZE,
    "dashes": "-" * SIZE,
    "dashes apart": "- " * (SIZE // 2),
    "tatweel": "ـ" * SIZE,
    "tatweel apart": "ـ " * (SIZE // 2),
    "marks": "\u064e" * SIZE,
    "marks on a letter": "ب" + "\u0651" * SIZE,
    "dots": "." * SIZE,
    "dots apart": ". " * (SIZE // 2),
    "quotes": '"' * SIZE,
    "letters apart": "أ ف " * (SIZE // 4),
    "tags never closed": "<a " * (SIZE // 3),
    "attributes never closed": '="a' * (SIZE // 3),
    "greater": ">" * SIZE,
    "label again and again": "المصدر: " * (SIZE // 8),
    "ampersands": "&amp;" * (SIZE // 5),
    "short lines": "(أ ف ب)\n" * (SIZE // 8),
    "share words": "فيسبوك تويتر " * (SIZE // 13),
    "share lines": ("فيسبوك " * 30 + "لا\n") * (SIZE // 214),
    "link lines": ("اقرأ أيضا " * 18 + ".\n") * (SIZE // 182),
    "agencies": "وكالة " * (SIZE // 6),
    "places": "القاهرة، " * (SIZE // 9),
    "eve": "عشية الخميس " * (SIZE // 12),
    "mixed lines of brackets": ("(" * 60 + "رويترز" + ")" * 60 + "\n") * (SIZE // 127),
}


@pytest.mark.parametrize("name", WORST)
def test_a_megabyte_of_the_worst_takes_linear_time(name: str) -> None:
    """Four times the text may take about four times as long; a quadratic reading takes sixteen
    times, or for ever.
    """
    text = WORST[name]
    quarter = _seconds(text[: SIZE // 4])
    whole = _seconds(text)
    assert whole < 12
    assert whole < 7 * quarter + 0.4


def _seconds(text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started

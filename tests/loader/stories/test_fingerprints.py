"""Which texts are copies of each other, told by their fingerprints alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.stories.fingerprints import VALUES, alike, bands, fingerprint, from_bands
from mappings.arabic.letters import fold
from mappings.article import Article

# A wire story of 40 words about an invented bridge.
STORY = (
    "افتتحت بلدية المدينة صباح الأربعاء جسرا جديدا يربط ضفتي النهر بعد ثلاث سنوات من العمل وقال "
    "رئيس البلدية إن الجسر "
    "سيخفف الازدحام عن الطريق القديم ويقصر الرحلة إلى المطار نصف ساعة وأضاف أن تكلفة المشروع "
    "بلغت مئتي مليون وأن "
    "مهندسين من خمس دول شاركوا في بنائه"
)
OTHER = (
    "حذر خبراء الأرصاد من موجة حر تضرب سواحل البحر ابتداء من الجمعة المقبلة ودعوا السكان إلى شرب "
    "الماء وتجنب الشمس وقت "
    "الظهيرة وقالت إدارة المستشفيات إنها زادت عدد الأسرة استعدادا لاستقبال المرضى وكبار "
    "السن والأطفال"
)


def article(body: str, title: str | None = None, *, lead: bool = False) -> Article:
    return Article(
        id="x",
        source="test",
        title=title,
        title_origin=("lead" if lead else "given") if title else None,
        body=body,
        content_hash="",
        loaded_at=datetime(2024, 1, 1, tzinfo=UTC),
    )


def are_alike(one: str, other: str) -> bool:
    first, second = fingerprint(article(one)), fingerprint(article(other))
    assert first is not None
    assert second is not None
    return alike(first, [second])[0]


@pytest.mark.parametrize(
    ("change", "copy"),
    [
        ("nothing", lambda text: text),
        ("a credit before it", lambda text: "المدينة (وكالات) - " + text),
        ("two words changed", lambda text: text.replace("الأربعاء", "أمس").replace("مئتي", "200")),
        ("the last sentence cut", lambda text: text.rsplit(" وأن ", 1)[0]),
        (
            "hamza, ya and ta marbuta as typed in haste",
            lambda text: text.translate(str.maketrans("أإةى", "ااهي")),
        ),
        ("tashkeel", lambda text: text.replace("جسرا", "جِسْرًا").replace("قال", "قَالَ")),
        (
            "tatweel and Persian letters",
            lambda text: text.replace("بلدية", "بلـدیة").replace("تكلفة", "تکلفة"),
        ),
        ("direction marks", lambda text: text.replace(" ", "\u200f ")),
        (
            "punctuation without spaces",
            lambda text: text.replace(" وقال", "،وقال").replace(" وأضاف", ".وأضاف"),
        ),
    ],
)
def test_a_copy_is_known_in_spite_of(change: str, copy: object) -> None:
    assert callable(copy)
    assert are_alike(STORY, copy(STORY)), change


def test_other_texts_are_no_copies() -> None:
    assert not are_alike(STORY, OTHER)


def test_half_a_story_in_another_is_no_copy() -> None:
    words = STORY.split()
    assert not are_alike(STORY, " ".join(words[: len(words) // 2]) + " " + OTHER)


def test_a_flash_is_told_by_its_headline() -> None:
    flash = "سنوافيكم بالتفاصيل بعد قليل في نشرة مفصلة"  # details to follow
    first = fingerprint(article(flash, "زلزال بقوة ست درجات يضرب جزيرة بعيدة فجر الاثنين"))
    second = fingerprint(article(flash, "وفاة الكاتب الكبير بعد صراع طويل مع المرض في باريس"))
    assert first is not None
    assert second is not None
    assert alike(first, [first, second]) == [True, False]


@pytest.mark.parametrize(
    "text", ["", "عاجل", "يتبع التفاصيل لاحقا", "، ؛ ؟ ...", "\u064e\u0640\u200f"]
)
def test_hardly_any_text_has_no_fingerprint(text: str) -> None:
    assert fingerprint(article(text, "عنوان")) is None


def test_a_title_made_of_the_lead_does_not_count_twice() -> None:
    lead = "هبطت المركبة قرب القطب الجنوبي للقمر صباح الأربعاء في"
    assert fingerprint(article(lead, lead, lead=True)) == fingerprint(article(lead))


def test_bands_hold_the_whole_fingerprint() -> None:
    print_ = fingerprint(article(STORY))
    assert print_ is not None
    keys = bands(print_)
    assert len(print_) == VALUES
    assert len(set(keys)) == 16
    assert from_bands(list(reversed(keys))) == print_
    assert from_bands(keys[:15]) is None


def test_a_fingerprint_is_the_same_for_ever() -> None:
    """It stands in every index: a change here means that all articles have to be loaded anew."""
    print_ = fingerprint(article(STORY))
    assert print_ is not None
    assert bands(print_)[:2] == PINNED


PINNED = ("aJiuCIQ", "bBCC8tw")

_letters = st.sampled_from(
    "ابةتثجحخدرسشصعغفقكلمنهويىئؤءأإآ٠١٥۳_.,،؟ \n\u064b\u064e\u0651\u0640\u200fیکﻻAbz7"
)


@given(st.text(_letters, max_size=300))
def test_spellings_that_search_folds_have_one_fingerprint(text: str) -> None:
    assert fingerprint(article(text)) == fingerprint(article(fold(text)))


@given(st.text(max_size=200))
def test_any_text_will_do(text: str) -> None:
    print_ = fingerprint(article(text, text))
    assert print_ is None or len(print_) == VALUES


def test_long_texts_take_time_in_proportion() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        fingerprint(article(text))
        return time.process_time() - start

    seconds(STORY)
    short = min(seconds(STORY * 500) for _ in range(3))
    long = min(seconds(STORY * 5_000) for _ in range(3))  # 1.2 million characters
    assert long < 25 * short

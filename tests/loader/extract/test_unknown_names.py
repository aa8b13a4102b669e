"""Datelines signed by an agency that nobody knows: the date counts, the credit stays verbatim, no
agency is made up.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from loader.check import Summary, check
from loader.extract import extract
from loader.extract.extraction import Extraction
from loader.raw import RawArticle
from loader.understand import Understood
from loader.unknown_credits import registry_entry
from mappings.agencies import Registry, load_registry

TODAY = date(2026, 6, 1)
TITLE = "افتتاح الجسر الجديد في وسط المدينة"
LEAD = (
    "افتتح محافظ المدينة صباحا الجسر الجديد الذي يربط ضفتيها بعد عامين من العمل، بحضور عدد من "
    "المسؤولين وأهالي الحي "
    "الذين انتظروا هذا المشروع طويلا."
)
SECOND = (
    "وقال المحافظ إن الجسر سيخفف الازدحام في ساعات الصباح، وإن كلفته جاءت أقل مما كان "
    "مقدرا لها في البداية."
)
DAY = "2022-03-07"

# A dateline, its date, and the credit as it must stand.
DATELINES = [
    ("عدن 7 مارس 2022 (وكالة خبر الجنوب) - ", DAY, "وكالة خبر الجنوب"),
    ("عدن 7 مارس 2022 (وكالة خبر الجنوب) – ", DAY, "وكالة خبر الجنوب"),
    ("عدن 7 مارس 2022 (وكالة خبر الجنوب): ", DAY, "وكالة خبر الجنوب"),
    ("عدن 7 مارس 2022 (وكالة خبر الجنوب). ", DAY, "وكالة خبر الجنوب"),
    ("عدن 7 مارس 2022 (وكالة خبر الجنوب) ", DAY, "وكالة خبر الجنوب"),
    ("عدن 7 مارس 2022 (وكالة «خبر الجنوب») - ", DAY, "وكالة «خبر الجنوب»"),
    ("عدن، 7 مارس 2022 (خبر الجنوب نيوز) - ", DAY, "خبر الجنوب نيوز"),
    ("عدن 7 مارس/ آذار 2022 (الجنوب برس) - ", DAY, "الجنوب برس"),
    ("عدن 7 مارس 2022 [الوكالة الجنوبية للأنباء] - ", DAY, "الوكالة الجنوبية للأنباء"),
    ("عدن/ 7 مارس 2022 /وكالة خبر الجنوب/ ", DAY, "وكالة خبر الجنوب"),
    ("عدن - 7 مارس 2022 - وكالة خبر الجنوب - ", DAY, "وكالة خبر الجنوب"),
    ("عدن 7 مارس 2022 - خبر الجنوب نيوز: ", DAY, "خبر الجنوب نيوز"),
    ("عدن - وكالة خبر الجنوب - 7 مارس 2022 - ", DAY, "وكالة خبر الجنوب"),
    ("عدن (وكالة خبر الجنوب) 7 مارس 2022 - ", DAY, "وكالة خبر الجنوب"),
    ("وكالة خبر الجنوب - عدن - 7 مارس 2022 - ", DAY, "وكالة خبر الجنوب"),
    ("عدن في 7 مارس 2022 (خبر الجنوب) - ", DAY, "خبر الجنوب"),
    ("عدن 7 مارس 2022 (خبر) ", DAY, "خبر"),
    ("عدن، الاثنين 7 مارس 2022 (خبر 24) - ", DAY, "خبر 24"),
    ("عدن 7 مارس 2022 (خ ج ن) - ", DAY, "خ ج ن"),
    ("عدن في 7 مارس 2022 / خبر الجنوب / ", DAY, "خبر الجنوب"),
    ("عدن في 7 مارس /الضفة/ ", "--03-07", "الضفة"),
    ("عدن، اليمن، 7 مارس 2022 (خبر الجنوب) -- ", DAY, "خبر الجنوب"),
    ("عدن، اليمن (وكالة خبر الجنوب) -- ", None, "وكالة خبر الجنوب"),
    ("7 مارس 2022، عدن (وكالة خبر الجنوب) - ", DAY, "وكالة خبر الجنوب"),
    ("عدن7مارس2022(خبر الجنوب)", DAY, "خبر الجنوب"),
    ("عدن 7 مارس (خبر الجنوب) - ", "--03-07", "خبر الجنوب"),
    ("عدن 4 شعبان 1443 هـ الموافق 7 مارس 2022 م (خبر الجنوب) - ", DAY, "خبر الجنوب"),
    ("الروضة القديمة 7 مارس 2022 (وكالة خبر الجنوب) - ", DAY, "وكالة خبر الجنوب"),
    ("الروضة القديمة 7 مارس 2022 (خبر الجنوب) - ", DAY, "خبر الجنوب"),
    ("عدن 7 مارس 2022 (صحيفة الضفة اليومية) - ", DAY, "صحيفة الضفة اليومية"),
    ("عدن 7 مارس 2022 (خاص) - ", DAY, None),
    ("عدن (وكالة خبر الجنوب) - ", None, "وكالة خبر الجنوب"),
    ("الروضة (أنباء الجنوب) – ", None, "أنباء الجنوب"),
    ("عدن - وكالة خبر الجنوب - ", None, "وكالة خبر الجنوب"),
]

# Openings that are text: neither a date nor a credit is in them, and not a letter of them may go.
TRAPS = [
    "القاهرة 2022 (مهرجان) عنوان كتاب صدر عن الدورة الأخيرة للمهرجان وما عرض فيها من أفلام.",
    "القاهرة (مهرجان الضفة) - حين تجتمع السينما والناس على ضفة واحدة كل عام من جديد.",
    "عدن (جنوب البلاد) - المدينة التي لا تنام في الصيف، يقول أهلها لمن يزورها أول مرة.",
    "نقلت وكالة خبر الجنوب (خبر) عن المحافظ أن الجسر سيفتح قريبا أمام السيارات والمارة.",
    "قالت (وكالة خبر الجنوب) - وهي وكالة محلية - إن الجسر سيفتح قريبا أمام السيارات.",
    "وكالة خبر الجنوب: الجسر يفتح قريبا أمام السيارات والمارة بعد عامين من العمل فيه.",
    "بحسب وكالة خبر الجنوب - وهي محلية - سيفتح الجسر قريبا أمام السيارات والمارة معا.",
    "في عدن 7 جسور (وكالة خبر الجنوب عدتها) - أما القرى حولها فليس فيها جسر واحد.",
    "عدن (نيوز) - كلمة إنجليزية يكتبها أصحاب المواقع في كل مكان من المدينة اليوم.",
    "المحافظ (أحمد سالم) - كما يعرفه أهل المدينة - يزور الجسر كل صباح مع مساعديه.",
    "وصل إلى عدن (وكالة الضفة للسفر) - وهي شركة محلية - أول فوج من السياح هذا العام.",
]
# The same where there is a date, which may count, but no credit.
DATED_TRAPS = [
    "عدن 7 مارس 2022 - قالت وكالة خبر الجنوب إن الجسر سيفتح قريبا أمام السيارات والمارة.",
    "عدن 7 مارس 2022 - نقلت (وكالة خبر الجنوب) عن المحافظ أن الجسر سيفتح قريبا أمام المارة.",
    "عدن 7 مارس 2022 - المحافظ (أحمد سالم) يزور الجسر كل صباح مع عدد من مساعديه وأصدقائه.",
    "عدن 7 مارس 2022 / المحافظ يفتح الجسر أمام الناس / بعد عامين من العمل فيه ليلا ونهارا.",
    "عدن 7 مارس 2022 (مؤتمر الجسور) - جلسات على ضفتي المدينة يحضرها المهندسون من كل مكان فيها.",
    "عدن 7 مارس 2022 (أحمد سالم) - افتتح المحافظ صباحا الجسر الجديد الذي يربط ضفتي المدينة.",
    "في عدن يوم 7 مارس 2022 (يوم الافتتاح) كان الجسر مزدحما بالناس منذ ساعات الصباح الأولى.",
    "عدن 7 مارس 2022 (يوم الافتتاح) لا ينساه أهل المدينة الذين انتظروا الجسر عامين كاملين.",
    "شهد الجسر في 7 مارس 2022 (الافتتاح) ازدحاما كبيرا، وعاد الناس إلى بيوتهم في المساء.",
    "ولد في 7 مارس 2022 (عدن) وانتقل مع أهله إلى الضفة الأخرى من المدينة بعد عام واحد.",
]


def read(text: str, registry: Registry | None = None) -> Extraction:
    return extract(RawArticle("archive", "a.txt", text), registry or load_registry(), today=TODAY)


@pytest.mark.parametrize("title", [TITLE + "\n", ""], ids=["titled", "untitled"])
@pytest.mark.parametrize(("dateline", "published", "credit"), DATELINES)
def test_an_unknown_agency_keeps_its_credit_and_the_date_counts(
    dateline: str, published: str | None, credit: str | None, title: str
) -> None:
    found = read(f"{title}{dateline}{LEAD}\n{SECOND}")
    assert (found.agencies, found.credit, found.published_text) == ((), credit, published)
    assert found.body == f"{LEAD}\n{SECOND}"
    assert found.title == (TITLE if title else found.title)
    assert found.title_origin == ("line" if title else "lead")
    assert found.title is not None
    assert "عدن" not in found.title
    assert [piece.text for piece in found.removed if piece.kind == "dateline"] == [dateline.strip()]


@pytest.mark.parametrize(
    "dateline", ["عدن 7 مارس 2022 (وكالة خبر الجنوب)", "عدن 7 مارس 2022 (خبر الجنوب) -"]
)
def test_the_dateline_may_have_its_own_line(dateline: str) -> None:
    found = read(f"{TITLE}\n{dateline}\n{LEAD}\n{SECOND}")
    assert (found.agencies, found.published_text, found.title) == ((), DAY, TITLE)
    assert found.credit is not None
    assert found.credit in dateline
    assert found.body == f"{LEAD}\n{SECOND}"


@pytest.mark.parametrize("title", [TITLE + "\n", ""], ids=["titled", "untitled"])
@pytest.mark.parametrize("text", TRAPS)
def test_text_with_a_bracket_or_a_quoted_agency_is_no_dateline(text: str, title: str) -> None:
    found = read(f"{title}{text}\n{SECOND}")
    assert (found.agencies, found.credit, found.published_text) == ((), None, None)
    assert text in found.body


@pytest.mark.parametrize("title", [TITLE + "\n", ""], ids=["titled", "untitled"])
@pytest.mark.parametrize("text", DATED_TRAPS)
def test_beside_a_date_only_a_name_in_its_place_is_a_credit(text: str, title: str) -> None:
    found = read(f"{title}{text}\n{SECOND}")
    assert (found.agencies, found.credit) == ((), None)
    assert text.partition("2022 - ")[2] in found.body


def test_a_persons_byline_stays_a_byline() -> None:
    found = read(f"{TITLE}\nعدن - أحمد سالم\n{LEAD}\n{SECOND}")
    assert (found.agencies, found.author) == ((), "أحمد سالم")


def test_a_known_agency_later_in_the_copy_is_still_the_agency() -> None:
    found = read(f"{TITLE}\nعدن 7 مارس 2022 (وكالة خبر الجنوب) - {LEAD}\n{SECOND}\nالمصدر: رويترز")
    assert (found.agencies, found.published_text) == (("reuters",), DAY)


def test_check_counts_the_credit_and_its_entry_makes_it_known(tmp_path: Path) -> None:
    text = f"{TITLE}\nعدن 7 مارس 2022 (وكالة خبر الجنوب) - {LEAD}\n{SECOND}"
    articles = [RawArticle("archive", f"{number}.txt", text) for number in range(3)]
    summary = Summary()
    for item in check(articles, load_registry(), now=datetime(2026, 6, 1, tzinfo=UTC), today=TODAY):
        assert isinstance(item, Understood)
        summary.add(item)
    assert summary.credits.most_common(2) == [("وكالة خبر الجنوب", 3)]
    own = tmp_path / "own.toml"
    own.write_text(registry_entry("وكالة خبر الجنوب"), encoding="utf-8")
    found = read(text, load_registry(own))
    assert (len(found.agencies), found.credit, found.published_text) == (1, "وكالة خبر الجنوب", DAY)

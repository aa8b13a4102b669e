"""Values beside the text: records, options and paths against what the text says."""

from __future__ import annotations

from datetime import date

import pytest

from loader.extract import Extraction, Rejected, extract
from loader.raw import Given, RawArticle
from mappings.agencies import load_registry

TODAY = date(2026, 6, 1)
BODY = (
    "افتتح وزير النقل الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل فيه، بحضور عدد من "
    "أهالي الحي.\n"
    "وقال الوزير إن الجسر سيخفف الازدحام في ساعات الصباح، وإن كلفته جاءت أقل مما كان مقدرا لها."
)

ALERT = "انهيار سد صغير قرب المدينة القديمة"


def read(
    text: str = BODY, path: str = "a.txt", *, defaults: Given | None = None, **given: str
) -> Extraction:
    raw = RawArticle("archive", path, text, given=Given(**given))
    return extract(raw, load_registry(), today=TODAY, defaults=defaults)


@pytest.mark.parametrize(
    ("given", "agencies", "credit"),
    [
        ({"agency": "tass"}, ("tass",), "تاس"),
        ({"agency": "وكالة رويترز"}, ("reuters",), "وكالة رويترز"),
        ({"credit": "القاهرة - أ ش أ"}, ("mena",), "القاهرة - أ ش أ"),
        ({"credit": "رويترز، أ ف ب"}, ("reuters", "afp"), "رويترز، أ ف ب"),
        ({"credit": "The Associated Press"}, ("ap",), "The Associated Press"),
        ({"credit": "Xinhua News Agency"}, ("xinhua",), "Xinhua News Agency"),
        ({"credit": "Deutsche Presse-Agentur"}, ("dpa",), "Deutsche Presse-Agentur"),
        ({"credit": "«الأناضول للأنباء»"}, ("anadolu",), "«الأناضول للأنباء»"),
        ({"credit": "nprov:AFP"}, ("afp",), "nprov:AFP"),
        ({"credit": "Gulf Desk (WAM)"}, ("wam",), "Gulf Desk (WAM)"),
        ({"credit": "صدى الوادي"}, (), "صدى الوادي"),
        ({"author": "مدريد - فرانس برس"}, ("afp",), "مدريد - فرانس برس"),
        ({"author": "منى الخطيب"}, (), None),
        ({"outlet": "وكالة الأنباء السعودية"}, ("spa",), None),
        ({"url": "https://www.kuna.net.kw/ArticleDetails.aspx?id=1"}, ("kuna",), None),
        ({"outlet": "سكاي نيوز عربية"}, (), None),
    ],
)
def test_agencies_of_a_record(
    given: dict[str, str], agencies: tuple[str, ...], credit: str | None
) -> None:
    found = extract(
        RawArticle("archive", "a.txt", BODY, given=Given(**given)), load_registry(), today=TODAY
    )
    assert found.agencies == agencies
    assert found.credit == credit
    assert found.agency_origin == ("given" if agencies or credit else "none")


def test_a_given_agency_wins_and_the_contradiction_is_told() -> None:
    found = read(f"موسكو (رويترز) - {BODY}", agency="tass")
    assert found.agencies == ("tass",)
    assert len(found.notes) == 1
    assert "reuters" in found.notes[0]


def test_an_outlet_never_displaces_the_agency() -> None:
    found = read(f"موسكو (رويترز) - {BODY}", outlet="سكاي نيوز عربية")
    assert (found.agencies, found.outlet) == (("reuters",), "سكاي نيوز عربية")


def test_an_agency_that_nobody_knows_is_kept_and_told() -> None:
    found = read(agency="صدى الوادي")
    assert (found.agencies, found.credit) == ((), "صدى الوادي")
    assert "صدى الوادي" in found.notes[0]


def test_options_fill_what_the_record_lacks() -> None:
    defaults = Given(agency="tass", published="2020-12-30")
    assert read(defaults=defaults).agencies == ("tass",)
    assert read(defaults=defaults, agency="reuters").agencies == ("reuters",)
    assert read(defaults=defaults).published == date(2020, 12, 30)


@pytest.mark.parametrize(
    ("given", "published", "precision"),
    [
        ("2020-12-30", "2020-12-30", "day"),
        ("2020-12-30T23:10:00Z", "2020-12-30", "day"),
        ("2020-12", "2020-12", "month"),
        ("2020", "2020", "year"),
        ("20201230", "2020-12-30", "day"),
        ("30/12/2020", "2020-12-30", "day"),
        ("الأربعاء 30 كانون الأول/ديسمبر 2020", "2020-12-30", "day"),
        ("Wed, 30 Dec 2020 10:00:00 GMT", "2020-12-30", "day"),
    ],
)
def test_forms_of_a_given_date(given: str, published: str, precision: str) -> None:
    found = read(published=given)
    assert (found.published_text, found.precision, found.date_origin) == (
        published,
        precision,
        "given",
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("2020-02-31", "no such day"),
        ("2031-01-01", "outside 1800 to tomorrow"),
        ("1799-12-31", "outside 1800 to tomorrow"),
        ("soon", "not a date"),
    ],
)
def test_a_given_date_that_cannot_be_is_refused(given: str, says: str) -> None:
    found = read(published=given)
    assert found.published is None
    assert says in found.notes[0]


def test_a_given_date_wins_and_the_contradiction_is_told() -> None:
    found = read(f"بكين 31 ديسمبر 2020 (شينخوا) {BODY}", published="2021-03-01")
    assert found.published_text == "2021-03-01"
    assert "2020-12-31" in found.notes[0]


def test_a_given_title_is_taken_out_of_the_text() -> None:
    found = read(f"افتتاح الجسر\n{BODY}", title="افتتاح الجسر")
    assert (found.title, found.title_origin, found.body) == ("افتتاح الجسر", "given", BODY)


@pytest.mark.parametrize(
    ("path", "agencies", "published", "precision"),
    [
        ("tass/2020/12/30/a.txt", ("tass",), "2020-12-30", "day"),
        ("tass/2020/12/a.txt", ("tass",), "2020-12", "month"),
        ("2020/a.txt", (), "2020", "year"),
        ("reuters_2020-12-30.txt", ("reuters",), "2020-12-30", "day"),
        ("archive/20201230-001.txt", (), "2020-12-30", "day"),
        ("a.zip/spa/2020-12-30/7.txt", ("spa",), "2020-12-30", "day"),
        ("رويترز/خبر.txt", ("reuters",), None, None),
        ("map.txt", (), None, None),
        ("000_d15c007cff71197e.txt", (), None, None),
        ("2020/13/45/a.txt", (), "2020", "year"),
        ("2035/01/01/a.txt", (), None, None),
        ("12345678.txt", (), None, None),
    ],
)
def test_paths_supply_what_the_text_lacks(
    path: str, agencies: tuple[str, ...], published: str | None, precision: str | None
) -> None:
    found = read(path=path)
    assert (found.agencies, found.published_text, found.precision) == (
        agencies,
        published,
        precision,
    )
    assert found.agency_origin == ("path" if agencies else "none")
    assert found.date_origin == ("path" if published else "none")


def test_the_text_wins_over_the_path_and_the_contradiction_is_told() -> None:
    found = read(f"بكين 31 ديسمبر 2020 (شينخوا) {BODY}", path="tass/2019/01/05/a.txt")
    assert (found.agencies, found.published_text) == (("xinhua",), "2020-12-31")
    assert "2019-01-05" in found.notes[0]


def test_the_path_gives_the_year_that_a_dateline_leaves_open() -> None:
    found = read(f"القاهرة 30 ديسمبر (أ ش أ) - {BODY}", path="2020/12/31/a.txt")
    assert (found.published_text, found.date_origin) == ("2020-12-30", "dateline")


def test_an_address_gives_the_date_that_the_text_lacks() -> None:
    assert read(url="https://example.org/2020/12/30/bridge").published_text == "2020-12-30"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  \n \u200f ", "empty"),
        ("--- ***", "empty"),
        ("المصدر: رويترز\nمشاركة\nفيسبوك", "only-boilerplate"),
    ],
)
def test_what_is_no_article_is_rejected_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read(text)
    assert rejected.value.reason == reason


def test_a_single_line_is_an_article() -> None:
    found = read("زلزال بقوة ست درجات يضرب جزيرة غير مأهولة في المحيط")
    assert (found.title_origin, found.body) == (
        "lead",
        "زلزال بقوة ست درجات يضرب جزيرة غير مأهولة في المحيط",
    )


@pytest.mark.parametrize(
    ("text", "title", "body", "agencies"),
    [
        pytest.param(ALERT, ALERT, ALERT, (), id="the headline and the same again"),
        pytest.param(f"{ALERT}.", ALERT, f"{ALERT}.", (), id="the same as a sentence"),
        pytest.param(f"{ALERT}\n\n{ALERT}.", None, f"{ALERT}.", (), id="both in the text"),
        pytest.param("(رويترز)", ALERT, ALERT, ("reuters",), id="a credit instead of a text"),
        pytest.param("مشاركة\nفيسبوك", ALERT, ALERT, (), id="furniture instead of a text"),
        pytest.param(
            f"{ALERT}\nاقرأ أيضا: أمطار غزيرة في الجنوب", ALERT, ALERT, (), id="and a link below it"
        ),
    ],
)
def test_a_headline_alone_is_an_article(
    text: str, title: str | None, body: str, agencies: tuple[str, ...]
) -> None:
    raw = RawArticle("wires", "a.txt", text, given=Given(title=title))
    found = extract(raw, load_registry(), today=TODAY)
    assert (found.title, found.body, found.agencies) == (ALERT, body, agencies)


def test_an_alert_repeats_its_headline_in_what_was_taken_out() -> None:
    found = read(f"{ALERT}\n{ALERT}\n{ALERT}\nالمصدر: رويترز")
    assert (found.title, found.body) == (ALERT, ALERT)
    assert [piece.text for piece in found.removed if piece.kind == "title"] == [ALERT]


def test_one_endless_line_keeps_every_word() -> None:
    line = " ".join(["وقال إن الجسر افتتح في الصباح."] * 20_000)
    assert read(line).body == line


def test_cited_agencies_are_told_from_the_source() -> None:
    found = read(
        f"موسكو (رويترز) - {BODY}\nونقلت وكالة تاس عن مصدر قوله إن «سانا» أكدت الخبر، كما ذكرت "
        f"فرانس برس."
    )
    assert found.agencies == ("reuters",)
    assert found.cited_agencies == ("tass", "sana", "afp")


def test_ordinary_words_are_no_citations() -> None:
    assert (
        read(
            f"{BODY}\nكان وفا لعهده، وهذا بنا أولى، وقد كونا رأيا، ثم واع كل ذلك مهر وفارس."
        ).cited_agencies
        == ()
    )


@pytest.mark.parametrize(
    "url",
    ["http://[abc", "http://\u2100.com/x", "//", "::::", "http://a/\u00b2\u00b2\u00b2\u00b2/01/01"],
)
@pytest.mark.parametrize(
    "published", ["\u00b2\u00b2\u00b2\u00b2", "2020-\u00b2\u00b2", "\u00b2\u00b9" * 4, "99999999"]
)
@pytest.mark.parametrize(
    "path", ["tass/2020/\u00b2\u00b2/30/a.txt", "\u00b2\u00b2\u00b2\u00b2/a.txt"]
)
def test_no_value_beside_the_text_stops_the_reading(url: str, published: str, path: str) -> None:
    """Addresses that are none and digits that are no numbers give nothing, and the article
    stays.
    """
    assert read(path=path, url=url, published=published).body == BODY

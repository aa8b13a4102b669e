"""Names through `_analyze` on the real node: one with their forms, apart from words they met by
stem or lemma.
"""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch

from mappings.analysis import Analyzer
from mappings.index import index_body

VIEWS = (Analyzer.STEM, Analyzer.LEMMA)  # what decides which articles are found

Readings = dict[tuple[str, str], str]

# A name as typed, a form of it that stands in a text.
FORMS = [
    ("سوريا", "سورية"),
    ("سوريا", "والسوريين"),
    ("لبنان", "اللبنانية"),
    ("لبنان", "ولبنان"),
    ("إيران", "الإيراني"),
    ("فلسطين", "للفلسطينيين"),
    ("عمان", "العمانية"),
    ("روسيا", "الروسية"),
    ("روسيا", "الروس"),
    ("الأردن", "والأردن"),
    ("الأردن", "الأردنيين"),
    ("السعودية", "سعودي"),
    ("السعودية", "للسعودية"),
    ("تركيا", "الأتراك"),
    ("المغرب", "المغاربة"),
    ("الكاميرون", "الكاميرونية"),
    ("كوريا", "الكوريتين"),
    ("جدة", "بجدة"),
    ("جدة", "وجدة"),
    ("عمان", "لعمان"),
    ("الرياض", "بالرياض"),
    ("بكين", "وبكين"),
    ("بوتين", "لبوتين"),
    ("نيسان", "ونيسان"),
    ("ترامب", "ترمب"),
]

# What the two mean, the name, another word.
OTHERS = [
    ("Oman and uncle", "عمان", "عم"),
    ("Oman and generally", "عمان", "عموم"),
    ("Tehran and pure", "طهران", "طهر"),
    ("Putin and bot", "بوتين", "بوت"),
    ("Lebanon and milk", "لبنان", "اللبن"),
    ("Nice and April", "نيس", "نيسان"),
    ("Jeddah and very", "جدة", "جدا"),
    ("Jeddah and grandfather", "جدة", "الجد"),
    ("Beijing and Kane", "بكين", "كين"),
    ("December and was", "كانون", "كان"),
    ("Shaaban and people", "شعبان", "الشعب"),
    ("Bahrain and sea", "البحرين", "البحر"),
    ("Turkey and left", "تركيا", "ترك"),
    ("Turkish and left", "تركي", "ترك"),
    ("Sudan and black", "السودان", "السود"),
    ("Cameroon and cameras", "الكاميرون", "كاميرات"),
    ("Gabon and forests", "الغابون", "غابات"),
    ("Riyadh and sport", "الرياض", "الرياضة"),
    ("Mecca and place", "مكة", "مكان"),
    ("Aswan and worst", "أسوان", "أسوأ"),
    ("Dubai and bear", "دبي", "الدب"),
    ("Aden and Adnan", "عدن", "عدنان"),
    ("Taif and sect", "الطائف", "طائفة"),
    ("Hodeidah and iron", "الحديدة", "الحديد"),
    ("Saada and rose", "صعدة", "صعد"),
    ("Dhahran and appeared", "الظهران", "ظهر"),
    ("Jizan and Giza", "جيزان", "الجيزة"),
    ("Basra and sight", "البصرة", "بصر"),
    ("Aleppo and arena", "حلب", "حلبة"),
    ("Jenin and pound", "جنين", "جنيه"),
    ("Qatar and drop", "قطر", "قطرة"),
    ("Egypt and insisting", "مصر", "مصرة"),
    ("Lyon and me", "ليون", "لي"),
    ("Milan and mile", "ميلان", "ميل"),
    ("Valencia and oblivion", "فالنسيا", "نسيان"),
    ("May and what", "ماي", "ما"),
    ("Un and that", "أون", "أن"),
    ("Salman and peace", "سلمان", "سلم"),
    ("Sulaiman and sound", "سليمان", "سليم"),
    ("Hussein and sense", "حسين", "حس"),
    ("Amin and mother", "أمين", "أم"),
    ("Yassin and despair", "ياسين", "يأس"),
    ("Imran and age", "عمران", "عمر"),
    ("Zidane and Zaid", "زيدان", "زيد"),
    ("Macron and cunning", "ماكرون", "ماكر"),
    ("Hariri and silk", "الحريري", "الحرير"),
    ("Maliki and owner", "المالكي", "مالك"),
    ("Lieberman and concluded", "ليبرمان", "أبرم"),
]


@pytest.fixture(scope="module")
def readings(elasticsearch: Elasticsearch, index_prefix: str) -> Readings:
    """The one token of every word of the tables, in both views, from one call a view."""
    index = f"{index_prefix}-names"
    elasticsearch.indices.create(index=index, **index_body())
    words = sorted(
        {word for pair in FORMS for word in pair} | {word for _, *pair in OTHERS for word in pair}
    )
    found: Readings = {}
    for view in VIEWS:
        tokens = elasticsearch.indices.analyze(index=index, analyzer=view, text="\n".join(words))[
            "tokens"
        ]
        found |= {(view, word): token["token"] for word, token in zip(words, tokens, strict=True)}
    return found


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("name", "form"), FORMS)
def test_name_meets_its_forms(readings: Readings, view: str, name: str, form: str) -> None:
    assert readings[view, name] == readings[view, form]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("why", "name", "other"), OTHERS)
def test_name_meets_no_other_word(
    readings: Readings, view: str, why: str, name: str, other: str
) -> None:
    assert readings[view, name] != readings[view, other], why

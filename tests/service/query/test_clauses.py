"""What a query finds, on the real node: words, phrases, exact letters, spelling variants."""

from __future__ import annotations

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from mappings.index import index_body
from service.params import Match, SearchParams
from service.query.clauses import matching_query, ranked_query, rescoring
from service.query.question import understand
from service.query.syntax import parse

# id -> title, body. Each is there for one distinction.
ARTICLES = {
    "minister": ("تعيين", "عين وزير جديد للخارجية في الحكومة"),  # "a minister", bare
    "the-minister": (
        "تصريح",
        "قال الوزير إن الأُمَمَ المتحدة ستعقد جلسة",
    ),  # with the article; the UN with marks
    "ministers": ("جلسة", "اجتمع الرؤساء مع الوزراء في مدن كثيرة"),  # broken plurals
    "visited": ("زيارة", "زار الوفد المصنع أمس"),  # the stock stemmer confuses زار with وزارة
    "bishkek": ("بشكيك", "تشهد قيرغيزستان انتخابات مبكرة"),
    "bishkek-2": ("انتخابات", "زلزال خفيف في قرغيزستان"),
    "afp-letters": ("حريق", "أكد مصدر لمراسلنا (أ ف ب) نشوب حريق"),
    "afp-dots": ("فيضان", "فيضانات في الجنوب - أ.ف.ب"),
    "afp-name": ("مؤتمر", "أفادت وكالة فرانس برس بأن المؤتمر تأجل"),
    "july": ("حر", "درجات حرارة قياسية في تموز الماضي"),
    "december": ("ثلج", "ثلوج في كانون الأول"),
    "abdullah": ("لقاء", "التقى عبدالله الصالح بالسفير"),
    "who-is": ("تعريف", "من هو المدير الجديد للمتحف؟"),
    "number": ("سعر", "بلغ السعر ٣\u066b٥ دولار"),
    "in-title": ("سباق الخيل", "اختتم المهرجان بمشاركة واسعة"),
    "in-body": ("المهرجان", "انطلق سباق الخيل صباحا"),
    "america": ("سفارة", "فتحت السفارة الأميركية أبوابها"),
    "hashtag": ("وسم", "انتشر وسم #متحف_المستقبل بسرعة"),
}


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    name = f"{index_prefix}-matching"
    elasticsearch.indices.create(index=name, **index_body())
    for id_, (title, body) in ARTICLES.items():
        source = {"id": id_, "title": title, "body": body, "loaded_at": "2024-05-01T00:00:00+00:00"}
        elasticsearch.index(index=name, id=id_, document=source)
    elasticsearch.indices.refresh(index=name)
    return name


def _body(q: str, match: Match = "auto", **values: Any) -> dict[str, Any]:
    question = understand(parse(q), SearchParams(q=q, match=match, **values))
    body = {"query": matching_query(question), "track_total_hits": True}
    rescore = rescoring(question)
    return {**body, "rescore": rescore} if rescore else body


def _found(es: Elasticsearch, index: str, body: dict[str, Any]) -> list[str]:
    return [hit["_id"] for hit in es.search(index=index, size=50, **body)["hits"]["hits"]]


FINDS = [
    # Inflection: article, plural, particles.
    ("وزير", {"minister", "the-minister", "ministers"}),
    ("والوزراء", {"minister", "the-minister", "ministers"}),
    ("وبالوزير", {"minister", "the-minister", "ministers"}),
    ("رئيس", {"ministers"}),
    ("مدينة", {"ministers"}),
    ("وزارة", set()),  # of "visited" the stock stemmer makes the same as of "ministry"
    # Keyboards and marks.
    ("ﺍﻟﻮﺯﻳﺮ", {"minister", "the-minister", "ministers"}),
    ("وزیر", {"minister", "the-minister", "ministers"}),
    ("وزي\u200cر\u200f", {"minister", "the-minister", "ministers"}),
    ("الامم المتحده", {"the-minister"}),
    ("الوزرا", {"minister", "the-minister", "ministers"}),  # the final hamza left out
    ("رؤسا", {"ministers"}),
    ("3.5 دولار", {"number"}),
    ("متحف المستقبل", {"hashtag"}),
    # Spelling variants, in both directions, with article and nisba ending, of one word and of
    # several.
    ("قرغيزستان", {"bishkek", "bishkek-2"}),
    ("قيرغيزستان", {"bishkek", "bishkek-2"}),
    ("أ ف ب", {"afp-letters", "afp-dots", "afp-name"}),
    ("أ.ف.ب", {"afp-letters", "afp-dots", "afp-name"}),
    ("فرانس برس", {"afp-letters", "afp-dots", "afp-name"}),
    ("يوليو", {"july"}),
    ("ديسمبر", {"december"}),
    ("عبد الله", {"abdullah"}),
    ("السفارة الأمريكية", {"america"}),
    # Phrases: order, no stems; folded letters.
    ('"وزير"', {"minister"}),
    ('"الوزير"', {"the-minister"}),
    ('"الامم المتحدة"', {"the-minister"}),
    ('"المتحدة الأمم"', set()),
    ("«من هو»", {"who-is"}),
    ("من هو", {"who-is"}),
    ("من", {"who-is"}),
    # Negation, OR, fields, prefixes.
    ("وزير -جديد", {"the-minister", "ministers"}),
    ('وزير -"الأمم المتحدة"', {"minister", "ministers"}),
    (
        "-وزير",
        set(ARTICLES) - {"minister", "the-minister"},
    ),  # "the ministers" is another word: test_exclusion.py
    ("زلزال OR ثلوج", {"bishkek-2", "december"}),
    ('"أ ف ب" أو مصنع', {"afp-letters", "visited"}),
    ("title:سباق", {"in-title"}),
    ("title:وزير", set()),
    ("خيل سباق", {"in-title", "in-body"}),
    ("مهرج*", {"in-title", "in-body"}),
    ("فيضان*", {"afp-dots"}),
    # All of up to three content words, three in four of more, any of many.
    ("وزير زلزال", set()),
    ("وزير زلزال ثلوج فيضانات", set()),
    ("سباق الخيل المهرجان زلزال", {"in-title", "in-body"}),
    (
        "وزير زلزال ثلوج فيضانات جسور طرق موانئ مطارات",
        {"minister", "the-minister", "ministers", "bishkek-2", "december", "afp-dots"},
    ),
]


@pytest.mark.parametrize(("q", "expected"), FINDS)
def test_finds(elasticsearch: Elasticsearch, index: str, q: str, expected: set[str]) -> None:
    assert set(_found(elasticsearch, index, _body(q))) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("وزير", {"minister"}),
        ("الامم", set()),
        ("الأمم", {"the-minister"}),
        ("الأُمـم", {"the-minister"}),
        ("قرغيزستان", {"bishkek-2"}),
        ('"قال الوزير"', {"the-minister"}),
        ('"الوزير قال"', set()),
        ("الوزير قال", {"the-minister"}),
        ("من هو", {"who-is"}),
        ("الأمم -قال", set()),
        ("زلزال OR ثلوج", {"bishkek-2", "december"}),
        ("زلز*", {"bishkek-2"}),
        ("زلز* OR ثلوج", {"bishkek-2", "december"}),
        ("ثلوج OR زلز*", {"bishkek-2", "december"}),
        ("في -زلز* -حري*", {"minister", "ministers", "afp-dots", "july", "december"}),
    ],
)
def test_exact_letters(
    elasticsearch: Elasticsearch, index: str, q: str, expected: set[str]
) -> None:
    assert set(_found(elasticsearch, index, _body(q, "exact"))) == expected


@pytest.mark.parametrize(
    ("within", "expected"),
    [("title", {"in-title"}), ("body", {"in-body"}), (None, {"in-title", "in-body"})],
)
def test_one_field(
    elasticsearch: Elasticsearch, index: str, within: str | None, expected: set[str]
) -> None:
    assert set(_found(elasticsearch, index, _body("سباق الخيل", in_=within))) == expected


def test_stop_words_out_of_order_are_found_by_any(elasticsearch: Elasticsearch, index: str) -> None:
    assert _found(elasticsearch, index, _body("هو من")) == []
    assert "who-is" in _found(elasticsearch, index, _body("هو من", "any"))


def test_typed_spelling_ranks_before_its_variant(elasticsearch: Elasticsearch, index: str) -> None:
    assert _found(elasticsearch, index, _body("زلزال قرغيزستان", "any"))[0] == "bishkek-2"
    assert _found(elasticsearch, index, _body('"أ ف ب" حريق'))[0] == "afp-letters"


@pytest.mark.parametrize("match", ["auto", "any"])
def test_words_that_stand_together_rank(
    elasticsearch: Elasticsearch, index: str, match: Match
) -> None:
    """Of two articles with both words the one where they are neighbours comes first, whatever order
    the words alone would give; none is found by it.
    """
    assert _found(elasticsearch, index, _body("وزير جديد", match))[0] == "minister"
    assert set(_found(elasticsearch, index, _body("وزير الخارجية"))) == {"minister"}


def test_a_prefix_finds_no_less_than_its_word(elasticsearch: Elasticsearch, index: str) -> None:
    for word in ("الوزير", "مدينة", "زلزال"):
        found = set(_found(elasticsearch, index, _body(word)))
        assert found <= set(_found(elasticsearch, index, _body(f"{word}*")))


@pytest.mark.parametrize("match", ["all", "any"])
def test_alternatives_score_alike_in_either_order(
    elasticsearch: Elasticsearch, index: str, match: Match
) -> None:
    def scores(q: str) -> dict[str, float]:
        hits = elasticsearch.search(index=index, **_body(q, match))["hits"]["hits"]
        return {hit["_id"]: hit["_score"] for hit in hits}

    found = scores('"سباق الخيل" OR زلزال')
    assert set(found) == {"in-title", "in-body", "bishkek-2"}
    assert scores('زلزال OR "سباق الخيل"') == pytest.approx(found)


@pytest.mark.parametrize("q", [q for q, _ in FINDS])
def test_one_query_for_both_phases_matches_the_same(
    elasticsearch: Elasticsearch, index: str, q: str
) -> None:
    ranked = ranked_query(understand(parse(q), SearchParams(q=q)))
    assert set(_found(elasticsearch, index, {"query": ranked})) == set(
        _found(elasticsearch, index, _body(q))
    )


# Hardly any of these is a question; each has one sensible answer and none is an error.
ODD_QUERIES = [
    "؟!،؛",
    "ـــ",
    "\u064e\u0650\u0651",
    "*",
    '"',
    "«»",
    "-",
    "--وزير",
    "- -",
    '"غير مغلق',
    "”مقلوب“ „آخر‟",
    "ا",
    "و أو لا",
    "AND OR NOT وزير",
    "OR",
    "أو أو أو",
    "ا" * 512,
    "وزير " * 102,
    "ا " * 256,
    '"ا"' * 170,
    "سنة " + "-".join("ابجدهوزحطي" * 12),
    "أ ف ب " * 60,
    "كانون الأول " * 40,
    '+-&&||!(){}[]^"~*?:\\/',
    "field:x _exists_:title",
    "/(a+)+$/",
    "*وزير* ~99",
    '{"script":{"source":"1"}}',
    "title: agency:",
    "title:title:وزير",
    "title:*",
    "وزير\x00\x01\x1f\u0085\ufeff",
    "\u202bوزير\u202c \u2067جديد\u2069 \u061c",
    "\ue000وزير\ue001",
    "\ufffe\uffff وزير",
    "\U000e0041\U000e0042",
    "ب" + "\u064e" * 200 + "يت",
    "ﷺ ﷲ ﷽",
    "وزیر کبیر",
    "وزيرminister2024٢٠٢٤۲۰۲۴",
    "٢٠٢٤ ۲۰۲۴ 2024",
    "😀 🇸🇦",
    "e\u0301 é ا\u0653 آ",
    "𞸀𞸁",
]


@pytest.mark.parametrize("match", ["auto", "all", "any", "exact"])
@pytest.mark.parametrize("q", ODD_QUERIES)
def test_odd_queries_are_answered(
    elasticsearch: Elasticsearch, index: str, q: str, match: Match
) -> None:
    _found(elasticsearch, index, _body(q, match))


@pytest.mark.parametrize("clean", ["وزير", "الأمم المتحدة"])
@pytest.mark.parametrize(
    "noise", ["{}\x00", "؟{}!", "\u202b{}\u202c", "*{}", "({})", "{}،", "[{}]"]
)
def test_noise_changes_nothing(
    elasticsearch: Elasticsearch, index: str, clean: str, noise: str
) -> None:
    expected = _found(elasticsearch, index, _body(clean))
    assert expected
    assert _found(elasticsearch, index, _body(noise.format(clean))) == expected

"""What `-word` takes out: the word in all its forms, and none of its relatives."""

from __future__ import annotations

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from mappings.analysis import Analyzer
from mappings.arabic.word_lists import spelling_variants
from mappings.index import index_body
from service.params import SearchParams
from service.query.clauses import matching_query
from service.query.exclusion import forms
from service.query.question import Applied, understand
from service.query.syntax import parse

# Word -> forms that are excluded with it, and words that stay.
FORMS = [
    # Tunis(ia): with conjunctions, particles, article; its people and its adjective are other
    # words.
    ("تونس", "تونس بتونس وتونس لتونس وبتونس فتونس كتونس", "التونسية تونسي تونسيون"),
    ("بتونس", "تونس بتونس وتونس", "تونسي"),
    ("الوزير", "وزير الوزير والوزير بالوزير للوزير ولوزير", "الوزراء وزيرة وزارة"),
    ("والوزير", "وزير الوزير للوزير", "وزارة"),
    ("وزير", "وزير الوزير ووزير", "زير وزراء"),
    ("لبنان", "لبنان ولبنان بلبنان للبنان", "بنان لبناني"),
    ("للبنان", "لبنان بلبنان", "بنان"),
    # Jeddah is not "very", Nice not April, Raqqa not paper, a ball no idea, Reem not Karim, Jean no
    # committees.
    ("جدة", "جدة بجدة وجدة والجدة", "جدا جديد"),
    ("نيس", "نيس ونيس", "نيسان"),
    ("الرقة", "الرقة والرقة بالرقة للرقة", "رقة ورقة"),
    ("الإمام", "الإمام والإمام", "أمام"),
    ("ألماني", "ألماني الألماني والألماني", "ألمانيا"),
    ("ألم", "ألم الألم وألم", "سالم"),
    ("كرة", "كرة الكرة بكرة وكرة للكرة", "فكرة"),
    ("ريم", "ريم وريم", "كريم"),
    ("جان", "جان وجان", "لجان"),
    ("سائل", "سائل السائل", "وسائل"),
    ("مصر", "مصر بمصر لمصر ومصر", "مصري"),
    ("دم", "دم الدم للدم", "قدم"),
    # What looks like an article or a particle and is none.
    ("إلهام", "الهام والهام", "هام"),
    ("وسادة", "وسادة الوسادة", "سادة"),
    ("بالي", "بالي وبالي", "إلى"),
    ("سيحضر", "سيحضر وسيحضر يحضر", "حضر"),
    ("يحضر", "يحضر سيحضر وسيحضر", "حضر"),
    # Listed spellings, with the article and the ending that were typed; the final hamza left out.
    ("يوليو", "يوليو تموز وتموز", ""),
    ("الأمريكية", "أمريكية الأمريكية الأميركية", "أمريكي"),
    ("مايو", "مايو أيار", "ماي"),
    ("وزرا", "وزرا وزراء الوزراء", "وزير"),
    # Letters, marks, digits, other alphabets.
    ("الُوَزيـر", "وزير الوزير", ""),
    ("وزیر", "وزير", ""),
    ("مسوول", "مسؤول المسؤول", ""),
    ("٢٠٢٠", "2020", "202"),
    ("Reuters", "reuters", ""),
    # Numbers in their other writings, with a letter in front.
    ("6175", "6,175 6175 ٦٬١٧٥ و6,175 بـ6175", "6.175 175"),
    ("40,000", "40,000 40000 و40,000 ٤٠٬٠٠٠", "40 000 140,000"),
    ("12,5", "12,5 12.5 و12,5", "12 5"),
]


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    """An article for every word above and for a few phrases; the word is the body."""
    name = f"{index_prefix}-exclusion"
    elasticsearch.indices.create(index=name, **index_body())
    bodies = {word for _, excluded, kept in FORMS for word in f"{excluded} {kept}".split()}
    for number, body in enumerate(sorted(bodies | PHRASES)):
        source = {"id": str(number), "body": body, "loaded_at": "2024-05-01T00:00:00+00:00"}
        elasticsearch.index(index=name, id=str(number), document=source)
    elasticsearch.indices.refresh(index=name)
    return name


PHRASES = {
    "لقاح كوفيد-19",
    "الإصابة بكوفيد-19",
    "كوفيد رقم 19",
    "S-300",
    "S300",
    "إس 300",
    "إس300",
    "S-400",
    "300",
    "في كانون الأول",
    "لفرانس برس",
    "أ ف ب",
    "علي",
    "على",
}


def _excluded(
    es: Elasticsearch, index: str, q: str, match: Applied = "all", **params: Any
) -> set[str]:
    everything = es.search(index=index, size=500)["hits"]["hits"]
    query = matching_query(understand(parse(q), SearchParams(q=q, **params)).asking(match))
    kept = {hit["_id"] for hit in es.search(index=index, size=500, query=query)["hits"]["hits"]}
    return {hit["_source"]["body"] for hit in everything if hit["_id"] not in kept}


@pytest.mark.parametrize(("word", "excluded", "kept"), FORMS)
@pytest.mark.parametrize("match", ["all", "any"])
def test_a_word(
    elasticsearch: Elasticsearch, index: str, word: str, excluded: str, kept: str, match: Applied
) -> None:
    gone = _excluded(elasticsearch, index, f"-{word}", match)
    assert set(excluded.split()) <= gone
    assert not set(kept.split()) & gone


@pytest.mark.parametrize(
    ("q", "excluded"),
    [
        ("-كوفيد-19", {"لقاح كوفيد-19", "الإصابة بكوفيد-19"}),  # a joined word in its order
        ("-كوفيد-١٩", {"لقاح كوفيد-19", "الإصابة بكوفيد-19"}),
        ("-S-300", {"S-300", "S300", "إس 300", "إس300"}),  # a designation as copy spells it
        ("-إس-300", {"S-300", "S300", "إس 300", "إس300"}),
        ("-كانون_الأول", {"في كانون الأول"}),
        ("-ديسمبر", {"في كانون الأول"}),
        ("-أ.ف.ب", {"أ ف ب", "لفرانس برس"}),
        ("-علي", {"علي"}),  # Ali: folded it is "on", which every article has
        ("-التونس*", {"التونسية"}),
        ('-"كوفيد رقم"', {"كوفيد رقم 19"}),
        ("-title:تونس", set()),
    ],
)
def test_names_phrases_and_fields(
    elasticsearch: Elasticsearch, index: str, q: str, excluded: set[str]
) -> None:
    assert _excluded(elasticsearch, index, q) == excluded


def test_exact_letters_exclude_these_letters_alone(
    elasticsearch: Elasticsearch, index: str
) -> None:
    assert _excluded(elasticsearch, index, "-تونس", "exact") == {"تونس"}


def test_forms_stand_as_the_index_folds_them(elasticsearch: Elasticsearch, index: str) -> None:
    """Forms are compared as terms, so Python's folding must be Elasticsearch's."""
    listed = [word for word in spelling_variants() if " " not in word]
    made = list(
        dict.fromkeys(
            form for word in [*(word for word, *_ in FORMS), *listed] for form in forms(word)[0]
        )
    )
    for start in range(0, len(made), 2_000):
        text = " ".join(made[start : start + 2_000])
        answer = elasticsearch.indices.analyze(index=index, analyzer=Analyzer.PLAIN, text=text)
        assert [token["token"] for token in answer["tokens"]] == made[start : start + 2_000]

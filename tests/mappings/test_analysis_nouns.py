"""Nouns with pronouns through `_analyze` on the real node: one lemma with the bare noun, apart from
words that only end so.
"""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch

from mappings.analysis import Analyzer
from mappings.index import index_body

# What is met, the noun, a form of it behind particles and with a pronoun: known to the lexicon,
# then by rule alone.
FORMS = [
    ("noun in ta marbuta", "زيارة", "زيارته"),
    ("noun in ta marbuta", "حكومة", "وبحكومتهم"),
    ("noun in ta marbuta", "خطة", "لخطتها"),
    ("noun in ta marbuta", "عائلة", "وعائلاتهم"),
    ("noun in hamza", "أداء", "بأدائهم"),
    ("noun in hamza", "أعضاء", "أعضائه"),
    ("noun in hamza", "أعضاء", "أعضاؤها"),
    ("noun in alef maksura", "مستوى", "مستواها"),
    ("noun with a pronoun", "أطفال", "فأطفالهم"),
    ("noun with a pronoun", "منتخب", "لمنتخبنا"),
    ("noun with a pronoun", "لاعبين", "ولاعبيه"),
    ("rule: ta marbuta", "خوارزمية", "خوارزميته"),
    ("rule: ta marbuta", "حوسبة", "بحوسبتهم"),
    ("rule: plural in ta", "خوارزميات", "لخوارزمياته"),
    ("rule: hamza", "إغواء", "بإغوائهم"),
    ("rule: hamza", "إغواء", "إغواؤها"),
    ("rule: others", "مفاعل", "لمفاعلهم"),
]

# What the two mean, two words that keep apart.
OTHERS = [
    ("recipe and described", "وصفة", "وصفته"),
    ("shareholder and evening", "مساهم", "مساء"),
    ("house and Beta", "بيته", "بيئة"),
    ("Vienna and in", "فيينا", "في"),
    ("Misrata and Egypt", "مصراتة", "مصر"),
    ("courts and erased", "محاكم", "محو"),
]


@pytest.fixture(scope="module")
def lemmas(elasticsearch: Elasticsearch, index_prefix: str) -> dict[str, str]:
    """The lemma of every word of the tables, from one call."""
    index = f"{index_prefix}-nouns"
    elasticsearch.indices.create(index=index, **index_body())
    words = sorted({word for _, *pair in (*FORMS, *OTHERS) for word in pair})
    tokens = elasticsearch.indices.analyze(
        index=index, analyzer=Analyzer.LEMMA, text="\n".join(words)
    )["tokens"]
    return {word: token["token"] for word, token in zip(words, tokens, strict=True)}


@pytest.mark.parametrize(("why", "noun", "form"), FORMS)
def test_noun_meets_its_forms(lemmas: dict[str, str], why: str, noun: str, form: str) -> None:
    assert lemmas[noun] == lemmas[form], why


@pytest.mark.parametrize(("why", "one", "other"), OTHERS)
def test_other_words_keep_apart(lemmas: dict[str, str], why: str, one: str, other: str) -> None:
    assert lemmas[one] != lemmas[other], why

"""Highlights on the real node: whole words of the stored text, escaped, and only what answers the
query.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from elasticsearch import Elasticsearch, helpers

from mappings.analysis import Analyzer
from mappings.arabic.text import clean_text
from mappings.article import Field
from mappings.index import index_body
from service.params import Match, SearchParams
from service.query.clauses import matching_query, rescoring
from service.query.highlight import MARKED_READING, escape, highlight, read_highlight
from service.query.question import understand
from service.query.syntax import parse

MARK = re.compile("<mark>(.*?)</mark>", re.DOTALL)
MARKS_AT_END = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]+$")

BODIES = {
    "marks": "عقدت الأُمَمُ المُتَّحِدَةُ جلسة طارئة",
    "tatweel": "قال الرئيـــس كلمته",
    "wasla": "حفل في ٱلْقَاهِرَة القديمة",
    "forms": "قاعة ﺍﻟﻤﺆﺗﻤﺮ الكبرى",
    "hashtag": "وسم #بطولة_العالم اليوم",
    "html": "شعار <b>الحديقة</b> & 'البيت' \"قديم\" a/b",
    "mark": "كتب <mark>الشاعر</mark> قصيدة",
    "plural": "اجتمع الوزراء ليلا",
    "initials": "بغداد (أ ف ب) - عاصفة من الفئة ب",
    "minister": "قال الوزير ثم قال وزير",
    "latin": "زار Érdoğan المعرض",
    "invisible": "يوم ال\u200cسبت القادم",
}

CASES = [
    ("الأمم المتحدة", "marks", ["الأُمَمُ", "المُتَّحِدَةُ"]),
    ('"الامم المتحدة"', "marks", ["الأُمَمُ", "المُتَّحِدَةُ"]),
    ("الرئيس", "tatweel", ["الرئيـــس"]),
    ("القاهره", "wasla", ["ٱلْقَاهِرَة"]),
    ("مؤتمر", "forms", ["ﺍﻟﻤﺆﺗﻤﺮ"]),
    ("بطولة العالم", "hashtag", ["بطولة", "العالم"]),
    ("حديقة", "html", ["الحديقة"]),
    ("شاعر", "mark", ["الشاعر"]),
    ("وزير", "plural", ["الوزراء"]),
    ("فرانس برس", "initials", ["أ", "ف", "ب"]),
    ('"وزير"', "minister", ["وزير"]),
    ("وزير", "minister", ["الوزير", "وزير"]),
    ("erdogan", "latin", ["Érdoğan"]),
    ("السبت", "invisible", ["ال\u200cسبت"]),
    ("وزير ليلا في", "plural", ["الوزراء", "ليلا"]),  # a stop word is not marked
    ("معر*", "latin", ["المعرض"]),
]


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    name = f"{index_prefix}-highlight"
    elasticsearch.indices.create(index=name, **index_body())
    for id_, body in BODIES.items():
        source = {"id": id_, "title": body, "body": body, "loaded_at": "2024-05-01T00:00:00+00:00"}
        elasticsearch.index(index=name, id=id_, document=source)
    elasticsearch.indices.refresh(index=name)
    return name


def _body(q: str, match: Match = "auto", **values: Any) -> dict[str, Any]:
    question = understand(parse(q), SearchParams(q=q, match=match, **values))
    body = {"query": matching_query(question), "highlight": highlight(question)}
    rescore = rescoring(question)
    return {**body, "rescore": rescore} if rescore else body


@pytest.mark.parametrize(("q", "id_", "marked"), CASES)
def test_marks(
    elasticsearch: Elasticsearch, index: str, q: str, id_: str, marked: list[str]
) -> None:
    hits = elasticsearch.search(index=index, **_body(q, "auto"))["hits"]["hits"]
    found = read_highlight(next(hit for hit in hits if hit["_id"] == id_)["highlight"], BODIES[id_])
    assert found.title is not None
    for text in (found.title, *found.body):
        assert [html.unescape(mark) for mark in MARK.findall(text)] == marked
        assert MARK.sub(r"\1", text) == escape(BODIES[id_])


def test_exact_marks_only_these_letters(elasticsearch: Elasticsearch, index: str) -> None:
    hits = elasticsearch.search(index=index, **_body("وزير", "exact"))["hits"]["hits"]
    found = read_highlight(hits[0]["highlight"], None)
    assert MARK.findall(found.body[0]) == ["وزير"]


def test_body_begins_the_answer_where_nothing_is_marked(
    elasticsearch: Elasticsearch, index: str
) -> None:
    for q in ("", "title:ليلا"):
        hits = elasticsearch.search(index=index, size=20, **_body(q))["hits"]["hits"]
        bodies = {hit["_id"]: read_highlight(hit["highlight"], None).body for hit in hits}
        assert bodies["plural"] == (escape(BODIES["plural"]),)


def test_title_without_marks_is_escaped() -> None:
    assert read_highlight({}, "<b>\"'&/").title == "&lt;b&gt;&quot;&#x27;&amp;&#x2F;"
    assert read_highlight({}, None).title is None


def _articles(path: Path, number: int) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(number), lines, strict=False):
            article = json.loads(line)
            yield {
                "id": article["id"],
                "title": clean_text(article["title"]),
                "body": clean_text(article["text"]),
            }


def _faults(snippet: str, source: str, whole: bool) -> Iterator[str]:
    """What is wrong with one highlighted text. Offsets are of the unescaped text."""
    plain, marks, position = "", [], 0
    for part in re.split("(</?mark>)", snippet):
        if part == "<mark>":
            position = len(plain)
        elif part == "</mark>":
            marks.append((position, len(plain)))
        else:
            plain += html.unescape(part)
    if (plain != source) if whole else (plain not in source):
        yield "not the stored text"
    for start, end in marks:
        after = plain[end : end + 1]
        # Marks belong to the sign they stand on: one typed on a quotation mark is no part of the
        # word that follows.
        before = MARKS_AT_END.sub("", plain[:start])[-1:]
        if not plain[start:end].strip():
            yield "an empty mark"
        if any(near and unicodedata.category(near)[0] in "LMN" for near in (before, after)):
            yield "a split word"
        if after and unicodedata.category(after) in ("Mn", "Cf"):
            yield "a mark of the word left outside"
        if re.search(r"\s", plain[start:end]):
            yield "more than a word"


@pytest.mark.slow
def test_no_fault_in_highlights_of_real_articles(
    elasticsearch: Elasticsearch, index_prefix: str, shared: Path
) -> None:
    """Over 500 queries and their ten best articles: stored text, whole words, one reading shared
    with the query.
    """
    name = f"{index_prefix}-highlight-real"
    elasticsearch.indices.create(index=name, **index_body())
    articles = {one["id"]: one for one in _articles(shared / "corpora" / "ant.jsonl.gz", 2000)}
    helpers.bulk(
        elasticsearch,
        ({"_index": name, "_id": id_, **one} for id_, one in articles.items()),
        refresh=True,
    )
    chance = random.Random(3)
    titled = [one["title"] for one in articles.values() if len(one["title"].split()) >= 4]
    faults: Counter[str] = Counter()
    marked: dict[str, set[str]] = {}
    hits = 0
    asked_for = [
        (title if chance.random() < 0.5 else " ".join(title.split()[:3]))[:512].replace('"', " ")
        for title in chance.sample(titled, 520)
    ]
    searches = [
        orjson.loads(orjson.dumps(part))
        for q in asked_for
        for part in ({}, {**_body(q, "any"), "size": 10, "_source": False})
    ]
    answers = [
        answer
        for start in range(0, len(searches), 100)
        for answer in elasticsearch.msearch(index=name, searches=searches[start : start + 100])[
            "responses"
        ]
    ]
    for q, answer in zip(asked_for, answers, strict=True):
        for hit in answer["hits"]["hits"]:
            hits += 1
            for field, snippets in hit["highlight"].items():
                for snippet in snippets:
                    source = articles[hit["_id"]][field]
                    faults.update(_faults(snippet, source, whole=field == Field.TITLE))
                    marked.setdefault(q, set()).update(
                        html.unescape(mark) for mark in MARK.findall(snippet)
                    )
    assert hits > 4000
    assert faults == Counter()
    for q, words in list(marked.items())[:60]:
        units = understand(parse(q), SearchParams(q=q)).units
        spellings = [q, *(variant for unit in units for variant in unit.variants)]
        asked = _tokens(elasticsearch, name, MARKED_READING, " ".join(spellings))
        for word in words:
            assert _tokens(elasticsearch, name, Analyzer.INDEX, word) & asked, (q, word)


def _tokens(es: Elasticsearch, index: str, analyzer: str, text: str) -> set[str]:
    return {
        token["token"]
        for token in es.indices.analyze(index=index, analyzer=analyzer, text=text)["tokens"]
    }

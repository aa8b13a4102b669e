"""The question as understood: its units, what of it can be found singly, what auto means, and the
names of agencies in it.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from mappings.agencies import load_registry
from service.params import Match, SearchParams
from service.query.body import search_body
from service.query.filters import filters
from service.query.question import Question, interpret, understand
from service.query.syntax import parse

REGISTRY = load_registry()


def understood(q: str, match: Match = "auto") -> Question:
    return understand(parse(q), SearchParams(q=q, match=match), REGISTRY)


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("", 0),
        ("المناخ", 1),
        ("قمة المناخ", 2),
        ("المناخ المناخ", 1),
        ("كوفيد-١٩", 2),  # Covid-19: a joined word is its pieces
        ("#قمة_المناخ", 2),
        ("كانون الأول", 1),  # December: a known name stays whole
        ("قمة -المناخ", 1),
        ("تونس أو عمان", 1),
        ("قمة تونس أو عمان", 2),
        ('"قمة المناخ"', 3),  # the phrase and its words
        ('"في المناخ"', 2),  # a stop word is not looked for singly
        ('"من هو"', 1),
        ('"المناخ"', 1),
        ('-"قمة المناخ"', 0),
        ("القاه*", 1),
    ],
)
def test_what_can_be_found_singly(q: str, count: int) -> None:
    assert understood(q).findable_alone == count
    assert understood(q, "all").can_relax == (count > 1)
    assert not understood(q, "any").can_relax


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("رويترز", {"رويترز": "reuters"}),
        ("النفط رويترز", {"رويترز": "reuters"}),
        ("وكالة رويترز النفط", {"وكالة رويترز": "reuters"}),  # the longest name
        ("فرانس برس", {"فرانس برس": "afp"}),
        ("أ ف ب", {"أ ف ب": "afp"}),  # through its other spellings
        ("أ.ف.ب", {"أ.ف.ب": "afp"}),
        ("شينهوا", {"شينهوا": "xinhua"}),
        ("لرويترز", {"لرويترز": "reuters"}),
        ("رويترز أو شينخوا", {"رويترز": "reuters", "شينخوا": "xinhua"}),
        ("رويترز شينخوا", {"رويترز": "reuters", "شينخوا": "xinhua"}),
        ("#فرانس_برس", {"فرانس برس": "afp"}),
        ('"رويترز"', {}),
        ("-رويترز", {}),
        ("title:رويترز", {}),
        ("رويترز*", {}),
        ('فرانس "النفط" برس', {}),
        ("agency:reuters", {}),
        ("النفط", {}),
    ],
)
def test_names_of_agencies(q: str, names: dict[str, str]) -> None:
    found = interpret(understood(q))["names"]
    assert {name["text"]: name["agency"] for name in found} == names


def test_a_name_is_one_unit() -> None:
    question = understood("وكالة رويترز أسعار النفط")
    assert [(unit.text, unit.agency) for unit in question.units] == [
        ("وكالة رويترز", "reuters"),
        ("أسعار", None),
        ("النفط", None),
    ]
    assert question.match == "all"


@pytest.mark.parametrize(
    ("q", "asked", "applied"),
    [
        ("وزير", "auto", "all"),
        ("وزير في مدينة", "auto", "all"),
        ("وزير مدينة ثلوج", "auto", "all"),
        ("وزير مدينة ثلوج حريق", "auto", "most"),
        ("وزير مدينة ثلوج حريق مصنع سفارة متحف", "auto", "most"),
        ("وزير مدينة ثلوج حريق مصنع سفارة متحف سباق", "auto", "any"),
        ("وزير مدينة ثلوج اليوم", "auto", "all"),  # a word that says when is not asked for
        ("متى زار الوزير المدينة", "auto", "all"),  # an interrogative is no content word
        ("كانون الأول ثلوج حريق", "auto", "all"),  # a month of two words is one
        ("وزير مدينة ثلوج حريق", "all", "all"),
        ("وزير", "any", "any"),
        ("وزير", "exact", "exact"),
    ],
)
def test_what_auto_means(q: str, asked: Match, applied: str) -> None:
    assert understood(q, asked).match == applied


@pytest.mark.parametrize("params", [{"in_": "body"}, {"in_": "title"}, {"match": "exact"}])
def test_the_text_alone_is_meant_with_a_field_or_exact_letters(params: dict[str, str]) -> None:
    q = "رويترز أو شينخوا النفط"
    assert understand(parse(q), SearchParams(q=q, **params), REGISTRY).names == {}


@pytest.mark.parametrize("q", ["وزير", 'قمة "المناخ" -النفط', "تونس أو القاه*", "رويترز", ""])
def test_a_body_can_be_written_down_and_compared(q: str) -> None:
    params, today = SearchParams(q=q), date(2024, 3, 1)
    first, second = (
        search_body(understood(q), params, filters(params, today), today=today) for _ in range(2)
    )
    assert json.loads(json.dumps(first)) == second


def test_what_was_understood_is_told() -> None:
    assert interpret(understood("تونس أو عمان -«دار السلام» القاه* agency:spa")) == {
        "clauses": [
            {
                "terms": [
                    {"kind": "word", "text": "تونس", "field": None},
                    {"kind": "word", "text": "عمان", "field": None},
                ],
                "negated": False,
            },
            {"terms": [{"kind": "phrase", "text": "دار السلام", "field": None}], "negated": True},
            {"terms": [{"kind": "prefix", "text": "القاه", "field": None}], "negated": False},
        ],
        "names": [],
        "agencies": ["spa"],
        "not_agencies": [],
        "ignored_words": 0,
    }

"""Names of agencies in a query: which words are taken for one."""

from __future__ import annotations

import pytest

from mappings.agencies import load_registry
from service.query.agency_names import with_agency_names
from service.query.clauses import applied_match
from service.query.question import plain_units
from service.query.syntax import interpret, parse

REGISTRY = load_registry()


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
def test_names(q: str, names: dict[str, str]) -> None:
    found = interpret(with_agency_names(parse(q), REGISTRY))["names"]
    assert {name["text"]: name["agency"] for name in found} == names


def test_a_name_is_one_unit() -> None:
    parsed = with_agency_names(parse("وكالة رويترز أسعار النفط"), REGISTRY)
    assert [(unit.text, unit.agency) for unit in plain_units(parsed)] == [
        ("وكالة رويترز", "reuters"),
        ("أسعار", None),
        ("النفط", None),
    ]
    assert applied_match(parsed, "auto") == "all"

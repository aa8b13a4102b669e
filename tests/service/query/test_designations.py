"""Abbreviations and designations: one thing each, in Latin letters or as Arabic copy reads them."""

from __future__ import annotations

import pytest

from mappings.arabic.letters import fold
from service.params import SearchParams
from service.query.question import understand
from service.query.syntax import parse


@pytest.mark.parametrize(
    ("q", "words", "also"),
    [
        ("S-300", ("S", "300"), {"S300", "إس 300"}),
        ("F-35", ("F", "35"), {"F35", "إف 35"}),
        ("MH370", ("MH", "370"), {"MH370", "إم إتش 370"}),
        ("A320", ("A", "320"), {"A320", "إيه 320"}),
        ("إس 300", ("إس", "300"), {"S 300", "S300"}),
        ("أف 35", ("أف", "35"), {"F 35", "F35"}),
        ("كوفيد-19", ("كوفيد", "19"), set()),
        ("كوفيد-١٩", ("كوفيد", "١٩"), {"كوفيد19"}),
        ("إس ٣٠٠", ("إس", "٣٠٠"), {"S 300", "S300"}),
        ("سي آي إيه", ("سي", "آي", "إيه"), {"CIA"}),
        ("سي إن إن", ("سي", "إن", "إن"), {"CNN"}),
        ("CIA", ("CIA",), {"سي آي إيه"}),
    ],
)
def test_one_unit_in_all_its_spellings(q: str, words: tuple[str, ...], also: set[str]) -> None:
    [unit] = understand(parse(q), SearchParams(q=q)).units
    assert unit.words == words
    assert set(map(fold, also)) <= set(map(fold, unit.variants))


@pytest.mark.parametrize(
    ("q", "units"),
    [
        ("في 20 دولة", ["20", "دولة"]),  # "in 20 states", though V is read so
        ("قمة العشرين 2019", ["قمة", "العشرين"]),
        ("iPhone 8", ["iPhone", "8"]),
        ("وزير-خارجية", ["وزير", "خارجية"]),
        ("2018-2019", ["2018", "2019"]),
    ],
)
def test_what_is_none(q: str, units: list[str]) -> None:
    assert [unit.text for unit in understand(parse(q), SearchParams(q=q)).units] == units

"""Numbers and names of letters and digits: their other spellings."""

from __future__ import annotations

import pytest

from mappings.arabic.letters import fold, words
from mappings.arabic.numerals import opens_designation, other_designations, other_numbers

NUMBERS = [
    ("6,175", ("6175",)),
    ("40,000", ("40000",)),
    ("1,234,567", ("1234567",)),
    ("40000", ("40,000",)),
    ("1234567", ("1,234,567",)),
    ("3,5", ("3.5",)),
    ("12.5", ("12,5",)),
    # A year has no thousands, a telephone number begins with a nought.
    ("2018", ()),
    ("0123456", ()),
    ("12,3456", ()),
    ("300", ()),
    ("زيارة", ()),
]

# Words as typed, spellings that must be among the others.
DESIGNATIONS = [
    (("S-300",), ("s300", "s 300", "اس 300", "اس300")),
    (("S", "300"), ("s300", "اس 300")),
    (("S300",), ("s 300", "اس 300")),
    (("إس-300",), ("s300", "s 300", "اس 300")),
    (("أس", "300"), ("s300", "s 300")),
    (("إف", "35"), ("f35", "f 35")),
    (("F-35",), ("f35", "اف 35")),
    (("A320",), ("ايه 320", "a 320")),
    (("G20",), ("g 20", "جي 20")),
    (("COP28",), ("cop 28", "سي او بي 28")),
    (("T-90M",), ("t90m", "تي 90m")),
    (("بي", "52"), ("b 52", "b52", "p52")),
    (("كوفيد-19",), ("كوفيد19", "كوفيد 19")),
    (("كوفيد19",), ("كوفيد 19",)),
    (("سي", "آي", "إيه"), ("cia",)),
    (("إف", "بي", "آي"), ("fbi",)),
    (("CIA",), ("سي اي ايه",)),
]

WORDS = [
    # The word في (in), أو (or), إن (that) before a number is no letter.
    ("في", "2018"),
    ("أو", "20"),
    ("إن", "3"),
    # A name and a number are two words.
    ("يناير", "2018"),
    ("مادة", "140"),
    ("زيارة",),
    ("2018",),
    ("Merkel",),
    ("من", "آي", "إيه"),
]


@pytest.mark.parametrize(("number", "others"), NUMBERS)
def test_other_numbers(number: str, others: tuple[str, ...]) -> None:
    assert other_numbers(number) == others


@pytest.mark.parametrize(("run", "wanted"), DESIGNATIONS)
def test_a_designation_has_its_other_spellings(
    run: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    others = other_designations(run)
    assert set(wanted) <= set(others)
    assert " ".join(map(fold, run)) not in others
    assert len(others) == len(set(others))


@pytest.mark.parametrize("run", WORDS)
def test_words_are_no_designation(run: tuple[str, ...]) -> None:
    assert other_designations(run) == ()


@pytest.mark.parametrize("run", [run for run, _ in DESIGNATIONS if len(run) > 1])
def test_a_designation_of_several_words_is_opened_by_its_first(run: tuple[str, ...]) -> None:
    assert opens_designation(run[0])


@pytest.mark.parametrize("typed", ["40,000", "٤٠،٠٠٠", "٤٠,٠٠٠", "٤٠٬٠٠٠", "40،000"])
def test_a_comma_between_digits_is_one(typed: str) -> None:
    assert fold(typed) == "40,000"
    assert words(f"نحو {typed}، قال") == ["نحو", typed, "قال"]

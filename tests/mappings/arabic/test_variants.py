"""The list of spellings holds for every form of its words."""

from __future__ import annotations

import pytest

from mappings.arabic.letters import fold
from mappings.arabic.variants import other_spellings

# A form as typed, another spelling of it.
FORMS = [
    ("مسئول", "مسؤول"),
    ("مسئولين", "مسؤولين"),
    ("بالمسئولين", "مسؤولين"),
    ("والمسئوليات", "مسؤوليات"),
    ("مسئولية", "مسؤولية"),
    ("مسئوليهم", "مسؤوليهم"),
    ("مليشيات", "ميليشيات"),
    ("المليشيا", "ميليشيا"),
    ("لمليشياتها", "ميليشياتها"),
    ("تليفزيونية", "تلفزيونية"),
    ("التليفزيونات", "تلفزيونات"),
    ("كومبيوتر", "كمبيوتر"),
    ("والكومبيوترات", "كمبيوترات"),
    ("كيلوجرامات", "كيلوغرامات"),
    ("كتلونيا", "كتالونيا"),
    ("كتلونيا", "كاتالونيا"),
    ("الكتلونيين", "كتالونيين"),
    ("الأحواز", "أهواز"),
    ("الأحوازيين", "أهوازيين"),
    ("الأمريكية", "أميركية"),
    ("السوفياتية", "سوفيتية"),
    ("الديموقراطيات", "ديمقراطيات"),
    ("مولدوفية", "ملدوفية"),
]

# Forms that a listed word has not: a verb, another word that ends like one.
WORDS = ["مارسه", "مارسها", "لوبي", "زيارة", "تاسع", "الكابلات", "سورية لبنان"]


@pytest.mark.parametrize(("typed", "other"), FORMS)
def test_a_form_has_the_spellings_of_its_word(typed: str, other: str) -> None:
    assert fold(other) in map(fold, other_spellings([typed]))


@pytest.mark.parametrize("typed", WORDS)
def test_other_words_have_none(typed: str) -> None:
    assert other_spellings(typed.split()) == ()


def test_a_name_of_several_words_keeps_its_particles_off() -> None:
    assert "أ ف ب" in other_spellings(["وفرانس", "برس"])
    assert "يناير" in other_spellings(["بكانون", "الثاني"])


@pytest.mark.parametrize("typed", [form for form, _ in FORMS])
def test_no_spelling_is_the_typed_one_or_stands_twice(typed: str) -> None:
    others = [fold(other) for other in other_spellings([typed])]
    assert fold(typed) not in others
    assert len(others) == len(set(others))

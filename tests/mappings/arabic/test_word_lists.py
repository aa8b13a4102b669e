"""The list of names as written, and that the generated lexicon is of this list."""

from __future__ import annotations

from collections import Counter

import pytest

from mappings.arabic.letters import fold
from mappings.arabic.word_lists import Lexicon, known_words, lexicon_rules, names, whole_words


def _ruled(lexicon: Lexicon) -> set[str]:
    return {
        word for rule in lexicon_rules(lexicon) for word in rule.partition(" => ")[0].split(", ")
    }


def test_names_of_a_line_and_forms_of_a_name() -> None:
    written = names()
    assert ["نيس"] in written  # Nice, among others of its line
    assert ["سوريا", "سورية", "سوري"] in written  # Syria, its other spelling, Syrian


def test_no_form_belongs_to_two_names() -> None:
    forms = Counter(fold(form) for family in names() for form in family)
    assert not [form for form, times in forms.items() if times > 1]


def test_names_have_no_rule_as_words() -> None:
    """A failure means that names.txt was edited and the lexicon not written anew."""
    forms = {fold(form) for family in names() for form in family}
    assert not forms & (_ruled("stem") | _ruled("lemma"))


def test_names_that_the_stemmer_would_cut_have_rules() -> None:
    """Every name of four letters or more in ان or ين, which read like a dual or plural: عمان
    (Oman), بوتين (Putin).
    """
    endings = ("\u0627\u0646", "\u064a\u0646")
    folded = {fold(family[0]) for family in names()}
    cut = {name for name in folded if len(name) > 3 and name.endswith(endings)}
    assert len(cut) > 20
    assert cut <= _ruled("names")


def test_names_keep_a_first_letter_that_looks_like_a_particle() -> None:
    """لبنان (Lebanon), فالنسيا (Valencia), بريطانية (British) carry none, so the query takes none
    off.
    """
    assert {fold(name) for name in ("لبنان", "فالنسيا", "بريطانية", "كوريا")} <= whole_words()


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("السعودية", True),  # Saudi: a name
        ("المدارس", True),  # schools: a word with a rule
        ("الأمن", True),  # security: one without
        ("بغداد", True),  # Baghdad: whole
        ("السعوديىة", False),
        ("المدراس", False),
    ],
)
def test_words_of_news_are_known(word: str, known: bool) -> None:
    assert (fold(word) in known_words()) == known

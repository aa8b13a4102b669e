"""Did you mean: what may be corrected, what is a slip, and how a corrected query is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.arabic.letters import fold
from service.params import SearchParams
from service.query.misspelt import MOST_WORDS, corrigible_words, stand_together, unexplained
from service.query.question import understand
from service.query.spelling import (
    TIMES_MORE,
    Correction,
    read_suggestions,
    replaced,
    usual_form,
    written_form,
)
from service.query.syntax import parse


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("الرئيس الفرنسي", ("الرييس", "الفرنسي")),
        ('"الأمم المتحدة" قمة', ("الامم", "المتحده", "قمه")),
        ("قمة -روسيا", ("قمه",)),  # what must not occur needs no correction
        ("سياس* قمة", ("قمه",)),  # nor does the beginning of a word
        ("قمة OR مؤتمر", ("قمه", "موتمر")),
        ("agency:tass", ()),
        ("", ()),
        ("قمة " * (MOST_WORDS + 1), ()),  # a sentence
        ("ا" * 60, ()),
    ],
)
def test_words_that_may_be_corrected(q: str, expected: tuple[str, ...]) -> None:
    assert corrigible_words(understand(parse(q), SearchParams(q=q))) == expected


@pytest.mark.parametrize(
    ("marked", "missing"),
    [
        (["الرئيس", "الفرنسي"], set()),
        (["للرئيس", "فرنسي"], set()),  # with a particle, without the article
        (["الرئيس"], {"الفرنسي"}),
        ([], {"الرييس", "الفرنسي"}),
        (["وَالرَّئِيس", "الفرنسيين"], set()),
    ],
)
def test_words_that_no_hit_has(marked: list[str], missing: set[str]) -> None:
    assert unexplained(("الرييس", "الفرنسي", "في"), marked) == missing


@pytest.mark.parametrize(
    ("titles", "together"),
    [
        ([["الرئيس", "الفرنسي"]], True),
        ([["الفرنسي"], ["زيارة", "الفَرَنْسي", "الرئيس"]], True),  # in any order, whatever the marks
        ([["الرئيس"], ["الفرنسي"]], False),  # in two headlines
        ([["للرئيس", "الفرنسي"]], False),  # another form may be another word
        ([], False),
    ],
)
def test_words_that_stand_together_in_a_headline(titles: list[list[str]], together: bool) -> None:
    assert stand_together(("الرييس", "الفرنسي", "في"), titles) == together


def test_one_word_in_a_headline_may_still_be_misspelt() -> None:
    assert not stand_together(("الرييس",), [["الرئيس"]])


def answer(phrase: str | None = None, **words: str) -> dict[str, Any]:
    """What the suggesters answer: a whole phrase, and words with their replacement."""
    options = [{"text": phrase, "score": 0.1}] if phrase else []
    return {
        "suggest": {
            "phrase": [{"text": "", "options": options}],
            "words": [
                {"text": w, "options": [{"text": r, "score": 0.8, "freq": 3}]}
                for w, r in words.items()
            ],
        }
    }


@pytest.mark.parametrize(
    ("asked", "proposed", "accepted"),
    [
        ("الرييسس", "الرييس", True),  # a letter too many
        ("الفرنيس", "الفرنسي", True),  # swapped
        ("الاحتلال", "الاجتماع", False),  # three other letters
        ("قمهه", "قمه", False),  # an ending, not a slip: found by the stem
        ("سيد", "سعد", True),
        ("سيد", "سعر", False),  # two of three letters
        ("280", "200", False),  # a number
        ("قيرغيزستان", "وقيرغيزستان", False),  # and Kyrgyzstan
        ("قيرغيزستان", "قرغيزستان", False),  # another spelling of the name
        ("كتاب", "كتاب", False),
    ],
)
def test_what_is_a_slip(asked: str, proposed: str, accepted: bool) -> None:
    expected = (Correction(asked, proposed),) if accepted else ()
    assert read_suggestions(answer(proposed), (asked,)) == expected
    assert read_suggestions(answer(None, **{asked: proposed}), (asked,)) == expected


def test_a_proposal_of_other_length_is_not_read() -> None:
    assert read_suggestions(answer("الرييس"), ("الريي", "س")) == ()


def forms(*written: str, total: int | None = None) -> dict[str, Any]:
    """The answer of a search for a word, with the forms that its hits have."""
    hits = [{"highlight": {"title.plain": [f"قبل \ue000{form}\ue001 بعد"]}} for form in written]
    return {"hits": {"total": {"value": len(written) if total is None else total}, "hits": hits}}


def test_the_form_that_articles_write_most() -> None:
    correction = Correction("الاممم", "الامم")
    assert written_form(correction, 0, forms("الأمم", "الامم", "الأمَم")) == "الأمم"


def test_without_evidence_no_correction() -> None:
    correction = Correction("الاممم", "الامم")
    assert written_form(correction, 0, forms()) is None
    assert written_form(correction, 1, forms("الأمم", total=TIMES_MORE - 1)) is None
    assert written_form(correction, 1, forms("الأمم", total=TIMES_MORE)) == "الأمم"


@pytest.mark.parametrize(
    ("typed", "written", "expected"),
    [
        ("الامم", ["الأمم"] * 9, "الأمم"),
        ("المتحده", ["المتحدة"] * 9, "المتحدة"),
        ("علي", ["على"] * 9, None),  # the name Ali is not the word "on"
        ("اعلان", ["إعلان"] * 6 + ["أعلان"] * 4, None),  # they do not agree
        ("سماء", ["سماء"], "سماء"),
        ("غائب", [], None),
    ],
)
def test_a_word_typed_in_haste(typed: str, written: list[str], expected: str | None) -> None:
    assert usual_form(typed, forms(*written)) == expected


def test_a_corrected_query_keeps_its_signs() -> None:
    right = {"الرييسس": "الرئيس"}
    better = replaced(
        "title:الرئيسس «قمة» -روسيا الرَّئيسس", lambda typed, folded: right.get(folded, typed)
    )
    assert better == "title:الرئيس «قمة» -روسيا الرئيس"


@given(st.text(max_size=120))
def test_nothing_is_lost_where_nothing_is_corrected(q: str) -> None:
    assert replaced(q, lambda typed, folded: typed) == q


@given(st.text(st.sampled_from('ابتسيوأ "«»-*:() OR\u064b\u0640'), max_size=80))
def test_any_query_has_words_or_none(q: str) -> None:
    assert all(
        word == fold(word) and word
        for word in corrigible_words(understand(parse(q), SearchParams(q=q)))
    )

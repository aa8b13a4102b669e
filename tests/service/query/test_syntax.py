"""The query syntax: what readers write -> what was understood; never an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.query.syntax import MAX_WORDS, Clause, ParsedQuery, Phrase, Term, Word, parse


def all_of(*terms: Term) -> tuple[Clause, ...]:
    return tuple(Clause((term,)) for term in terms)


CASES: list[tuple[str, tuple[Clause, ...]]] = [
    ("قمة المناخ", all_of(Word("قمة"), Word("المناخ"))),
    ('"قمة المناخ"', all_of(Phrase("قمة المناخ"))),
    ("«قمة المناخ»", all_of(Phrase("قمة المناخ"))),
    ("»قمة المناخ«", all_of(Phrase("قمة المناخ"))),
    ("“قمة المناخ”", all_of(Phrase("قمة المناخ"))),
    ("”قمة المناخ“", all_of(Phrase("قمة المناخ"))),
    ("„قمة المناخ“", all_of(Phrase("قمة المناخ"))),
    ("\u2039قمة المناخ\u203a", all_of(Phrase("قمة المناخ"))),
    ("قبل«قمة المناخ»بعد", all_of(Word("قبل"), Phrase("قمة المناخ"), Word("بعد"))),
    ('"قمة', all_of(Word("قمة"))),
    ("قمة»", all_of(Word("قمة"))),
    ('""', ()),
    ('"؟"', ()),
    ("-تونس", (Clause((Word("تونس"),), True),)),
    ("قمة -تونس", (Clause((Word("قمة"),)), Clause((Word("تونس"),), True))),
    ('قمة -"دار السلام"', (Clause((Word("قمة"),)), Clause((Phrase("دار السلام"),), True))),
    ("كوفيد-19", all_of(Word("كوفيد-19"))),
    ("قمة - تونس", all_of(Word("قمة"), Word("تونس"))),
    ("--تونس", all_of(Word("تونس"))),
    ("تونس OR عمان", (Clause((Word("تونس"), Word("عمان"))),)),
    ("تونس أو عمان أو بغداد", (Clause((Word("تونس"), Word("عمان"), Word("بغداد"))),)),
    ('تونس أو "دار السلام"', (Clause((Word("تونس"), Phrase("دار السلام"))),)),
    ("أو تونس", all_of(Word("أو"), Word("تونس"))),
    ("تونس أو", all_of(Word("تونس"), Word("أو"))),
    ("تونس or عمان", all_of(Word("تونس"), Word("or"), Word("عمان"))),
    ("تونس أو -عمان", (*all_of(Word("تونس"), Word("أو")), Clause((Word("عمان"),), True))),
    ("القاه*", all_of(Word("القاه", prefix=True))),
    ("ال*", ()),
    ("قمة ال*", all_of(Word("قمة"))),
    ("*قاهرة", all_of(Word("قاهرة"))),
    ("title:المناخ", all_of(Word("المناخ", field="title"))),
    ("TITLE:«قمة المناخ»", all_of(Phrase("قمة المناخ", field="title"))),
    ("-title:المناخ", (Clause((Word("المناخ", field="title"),), True),)),
    ("title: المناخ", all_of(Word("title"), Word("المناخ"))),
    ("body:المناخ", all_of(Word("المناخ", field="body"))),
    ("عنوان:المناخ", all_of(Word("المناخ", field="title"))),
    ("المتن:«قمة المناخ»", all_of(Phrase("قمة المناخ", field="body"))),
    ("عنوان: المناخ", all_of(Word("عنوان"), Word("المناخ"))),
    # Operators in capitals, and what is typed for a minus.
    ("القدس NOT السفارة", (Clause((Word("القدس"),)), Clause((Word("السفارة"),), True))),
    ("القدس AND NOT السفارة", (Clause((Word("القدس"),)), Clause((Word("السفارة"),), True))),
    ("القدس AND السفارة", all_of(Word("القدس"), Word("السفارة"))),
    ("القدس \u2212السفارة", (Clause((Word("القدس"),)), Clause((Word("السفارة"),), True))),
    ("القدس \u2013السفارة", (Clause((Word("القدس"),)), Clause((Word("السفارة"),), True))),
    ("القدس \u2013 السفارة", all_of(Word("القدس"), Word("السفارة"))),
    ("القدس NOT", all_of(Word("القدس"), Word("NOT"))),
    ("القدس AND", all_of(Word("القدس"), Word("AND"))),
    ("القدس not السفارة", all_of(Word("القدس"), Word("not"), Word("السفارة"))),
    # A comma inside a number is part of it.
    ("6,175", all_of(Word("6,175"))),
    ('"40,000 لاجئ"', all_of(Phrase("40,000 لاجئ"))),
    ("٤٠,٠٠٠", all_of(Word("٤٠,٠٠٠"))),
    ("12,5%", all_of(Word("12,5"))),
    ("قمة,تونس", all_of(Word("قمة"), Word("تونس"))),
    ("فندق 5*", all_of(Word("فندق"), Word("5"))),
    ("أ.ف.ب", all_of(Word("أ.ف.ب"))),
    ("موسكو،بكين", all_of(Word("موسكو"), Word("بكين"))),
    ("and not و لا", all_of(Word("and"), Word("not"), Word("و"), Word("لا"))),
    ("(تونس || عمان) && بغداد", all_of(Word("تونس"), Word("عمان"), Word("بغداد"))),
    ("10:30", all_of(Word("10"), Word("30"))),
    ("القمح\u200f", all_of(Word("القمح"))),
    # Signs that mean nothing do not part a minus or a field from its word.
    ("-(تونس)", (Clause((Word("تونس"),), negated=True),)),
    ('-"تونس', (Clause((Word("تونس"),), negated=True),)),
    ('-("دار السلام")', (Clause((Phrase("دار السلام"),), negated=True),)),
    ("title:(تونس)", all_of(Word("تونس", field="title"))),
    ("-( تونس", all_of(Word("تونس"))),
    ("قمة -) تونس", all_of(Word("قمة"), Word("تونس"))),
]


@pytest.mark.parametrize(("text", "clauses"), CASES)
def test_understood(text: str, clauses: tuple[Clause, ...]) -> None:
    assert parse(text).clauses == clauses


@pytest.mark.parametrize(
    ("text", "agencies", "not_agencies", "rest"),
    [
        ("agency:tass", ("tass",), (), ""),
        ("وكالة:رويترز قمة", ("رويترز",), (), "قمة"),
        ("قمة agency:تاس المناخ", ("تاس",), (), "قمة المناخ"),
        ("agency:«وكالة تاس» قمة", ("وكالة تاس",), (), "قمة"),
        ("قمة -agency:spa agency:wam", ("wam",), ("spa",), "قمة"),
        ("agency:", (), (), "agency:"),
        ("agency:(تاس) قمة", ("تاس",), (), ") قمة"),
        # Agencies are joined by OR anyway.
        ("agency:tass OR agency:spa", ("tass", "spa"), (), ""),
        ("قمة agency:tass أو agency:spa المناخ", ("tass", "spa"), (), "قمة المناخ"),
        ("agency:tass OR قمة", ("tass",), (), "قمة"),
        ("قمة OR agency:tass", ("tass",), (), "قمة"),
        ("قمة OR المناخ agency:tass", ("tass",), (), "قمة OR المناخ"),
        ("agency:tass قمة OR", ("tass",), (), "قمة OR"),
    ],
)
def test_agencies_are_filters(
    text: str, agencies: tuple[str, ...], not_agencies: tuple[str, ...], rest: str
) -> None:
    parsed = parse(text)
    assert (parsed.agencies, parsed.not_agencies, parsed.rest) == (agencies, not_agencies, rest)
    assert parse(rest).clauses == parsed.clauses


@pytest.mark.parametrize(
    ("text", "only_signs"),
    [
        ("", False),
        ("  ", False),
        ("\u200f", False),
        ("؟!", True),
        ("قمة", False),
        ("agency:spa", False),
    ],
)
def test_signs_alone_are_told_from_nothing(text: str, only_signs: bool) -> None:
    assert parse(text).only_signs == only_signs


def test_words_beyond_the_limit_are_counted() -> None:
    parsed = parse("قمة " * (MAX_WORDS + 6))
    assert (len(parsed.clauses), parsed.ignored_words) == (MAX_WORDS, 6)
    assert parse("قمة " * (MAX_WORDS - 1) + '"دار السلام" تونس').ignored_words == 2


SIGNS = st.sampled_from(
    [*'"«»“”„-*:()أو OR title: agency: قمح \u064e\u200f؟،', "OR ", "أو ", "agency:", "title:"]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=512), st.lists(SIGNS, max_size=60).map("".join)))
def test_it_never_fails_and_invents_nothing(text: str) -> None:
    """Any text is read, and every letter of what was understood stood in it."""
    parsed = parse(text)
    assert isinstance(parsed, ParsedQuery)
    assert sum(len(clause.alternatives) for clause in parsed.clauses) <= MAX_WORDS
    for clause in parsed.clauses:
        assert clause.alternatives
        for term in clause.alternatives:
            assert term.text.strip()


WORDS = st.text(st.sampled_from("قمحأو ORab12\u0640\u064e"), max_size=12)


@given(st.lists(WORDS, max_size=MAX_WORDS + 2).map(" ".join))
def test_words_alone_are_read_as_beside_signs(text: str) -> None:
    """A comma at the end says nothing, but it is no word."""
    alone, beside = parse(text), parse(f"{text} ،")
    assert (alone.clauses, alone.ignored_words) == (beside.clauses, beside.ignored_words)
    assert f"{alone.rest} ،".lstrip() == beside.rest


def test_queries_that_differ_in_their_agency_only_are_told_apart_at_once() -> None:
    """As keys of a cache; else who asks for many agencies makes every search slow."""
    assert len({hash(parse(f"قمة المناخ agency:{number}")) for number in range(100)}) > 90


@pytest.mark.parametrize(
    "text",
    ['"' * 20_000, "-" * 20_000, "agency:" * 3_000, "a OR " * 4_000, "«" * 20_000, "*" * 20_000],
)
def test_time_grows_with_the_length_only(text: str) -> None:
    start = time.perf_counter()
    parse(text)
    assert time.perf_counter() - start < 2

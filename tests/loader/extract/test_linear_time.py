"""Reading an article takes time linear in its length, whatever its lines repeat.

Lines of one to three repeated signs, letters and words, with every sort of ending, stand where a
headline, a credit and a paragraph stand. A pattern that tries one line in exponentially or
quadratically many ways would stop a load; the timer counts processor time, so a busy machine does
not fail the test.
"""

from __future__ import annotations

import itertools
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType

import pytest

from loader.extract import Rejected, extract
from loader.raw import Given, RawArticle
from mappings.agencies import load_registry

TODAY = date(2026, 6, 1)
SIGNS = tuple(" -–.ـ(/[|:،,\"“«»)]#&<>=+*~_؛;\\…·•?؟!%'\u064e")
LETTERS = ("ا", "و", "م", "ه", "a", "x", "1", "0", "٥")
WORDS = (
    "رويترز", "أ ف ب", "القاهرة", "فيسبوك", "المصدر:", "نقلا عن", "كتب", "تحرير", "في", "من", "يوم",
    "اليوم", "الخميس", "5 مايو", "5/5/2020", "2020", "هـ", "الموافق", "وكالة", "الصورة",
    "اقرأ أيضا", "المقال", "تابعنا", "تطبيق", "#وسم", "(انتهى)", "share", "http://a",
    "<a", '="a', "&amp;", "12:30", "م.ع", "عاجل",
)  # fmt: skip
ENDINGS = (
    "",
    " ",
    "ا",
    "a",
    "1",
    ".",
    "!",
    "(",
    ")",
    '"',
    "…",
    " ا ب",
    " رويترز",
    " 2020",
    "\u0640",
)
SHORT, LONG = (60, 120, 240), 1_000_000
SHORT_SECONDS = 0.5  # of an article of seven lines; a plain one takes a thousandth of it
LONG_SECONDS = 12.0  # of a megabyte; a plain one takes a tenth of it

PARAGRAPH = (
    "افتتح وزير النقل صباحا الجسر الجديد الذي يربط ضفتي المدينة بعد عامين من العمل، بحضور عدد من "
    "المسؤولين وأهالي الحي الذين انتظروا هذا المشروع طويلا."
)


class TooSlow(Exception):
    """The processor time of one reading is used up."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Raise TooSlow inside once `seconds` of processor time have passed."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def repeated_lines(lengths: tuple[int, ...], seed: int) -> Iterator[str]:
    """Lines of one to three repeated units with an ending each, without end, the same every run."""
    chance = random.Random(seed)
    units = (*SIGNS, *LETTERS, *WORDS)
    # Signs alone are what patterns of rules and lists are made of: a third of the lines.
    alphabets = (SIGNS, units, (*SIGNS, *LETTERS))
    for alphabet in itertools.cycle(alphabets):
        unit = "".join(chance.choices(alphabet, k=chance.randint(1, 3)))
        opening, ending = chance.choice(("", "", *units)), chance.choice(ENDINGS)
        length = chance.choice(lengths)
        yield (opening + unit * (length // len(unit) + 1))[:length] + ending


def check_short(line: str) -> None:
    """Read the line at every place of an article, and as the values of a record."""
    lines = [line, "عنوان قصير", line, PARAGRAPH, line, PARAGRAPH + " " + line, line]
    given = Given(agency=line, credit=line, author=line, published=line)
    for raw in (
        RawArticle("archive", "a.txt", "\n".join(lines)),
        RawArticle("archive", "a.txt", PARAGRAPH, given=given),
    ):
        read_within(raw, SHORT_SECONDS, line)


def read_within(raw: RawArticle, seconds: float, line: str) -> None:
    registry = load_registry()
    try:
        with processor_time(seconds):
            extract(raw, registry, today=TODAY)
    except Rejected:
        pass
    except TooSlow:
        pytest.fail(f"more than {seconds} s for {line[:60]!r}…{line[-10:]!r} of {len(line)}")


def test_short_lines_take_no_time() -> None:
    for line in itertools.islice(repeated_lines(SHORT, seed=1), 400):
        check_short(line)


def test_a_megabyte_takes_seconds() -> None:
    for line in itertools.islice(repeated_lines((LONG,), seed=2), 4):
        read_within(RawArticle("archive", "a.txt", line), LONG_SECONDS, line)


def test_a_megabyte_in_the_values_of_a_record_takes_no_time() -> None:
    for line in itertools.islice(repeated_lines((LONG,), seed=3), 4):
        given = Given(agency=line, credit=line, author=line, published=line, outlet=line)
        raw = RawArticle("archive", "a.txt", PARAGRAPH, given=given)
        read_within(raw, LONG_SECONDS, line)


@pytest.mark.parametrize("unit", ["5/5/2020 ", "5 مايو 2020 ", "1"])
def test_dates_without_end_are_no_given_date(unit: str) -> None:
    given = Given(published=unit * (LONG // len(unit)))
    raw = RawArticle("archive", "a.txt", PARAGRAPH, given=given)
    read_within(raw, LONG_SECONDS, unit)


@pytest.mark.slow
def test_many_short_lines_take_no_time() -> None:
    for line in itertools.islice(repeated_lines(SHORT, seed=4), 20_000):
        check_short(line)


@pytest.mark.slow
def test_many_megabytes_take_seconds() -> None:
    for line in itertools.islice(repeated_lines((LONG,), seed=5), 60):
        read_within(RawArticle("archive", "a.txt", line), LONG_SECONDS, line)
        # The same in lines of 200 characters: what is linear in a line may not be in their number.
        lines = "\n".join(line[at : at + 200] for at in range(0, LONG, 200))
        read_within(RawArticle("archive", "a.txt", lines), LONG_SECONDS, line)

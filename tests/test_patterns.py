"""Every regular expression takes time in proportion to its text, whatever the text.

The expressions are gathered from the modules of the packages. Each reads lines that repeat one to
three signs, letters or words, with every sort of ending, under a bound of processor time: what
backtracks without end is interrupted, named and reported; it does not hang the run.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import random
import re
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings, strategies

PROJECT = Path(__file__).parents[1]
PACKAGES = ("mappings", "loader", "service", "naba")

SIGNS = [
    *"\t\n -–—_.,،؛:؟!…/\\|*+=~#@&%«»\"'()[]{}<>•ـ",
    "--",
    " - ",
    "...",
    "\u200f",
]
LETTERS = [*"اولبaZ5٥", "\u064e", "\u0300"]
WORDS = ["وكالة ", "رويترز", "الأربعاء ", "2024", "12/5/2024", "من ", "أ ف ب ", "القاهرة", "www."]
UNITS = [*SIGNS, *LETTERS, *WORDS]
ENDINGS = ["", " ", "\n", "ا", " ا", "x", "5", ".", "!", ":", "-", ")", "»", "\u200f", " رويترز"]

# Processor time is counted in ticks of some milliseconds. A linear expression takes microseconds
# for a line and some 50 ms for a megabyte; what backtracks takes minutes, or never ends.
LINE, PAGE, MEGABYTE = 240, 100_000, 1_000_000  # characters
BOUNDS = {LINE: 0.05, PAGE: 1.5, MEGABYTE: 5.0}  # seconds

LONG = (pytest.mark.slow, pytest.mark.timeout(3_600))

Use = tuple[str, "re.Pattern[Any]", str]


class TooSlow(BaseException):
    """The bound was reached; past `except Exception`, which the code under test may hold."""


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def within(seconds: float, work: Callable[[], object]) -> bool:
    """Whether `work` ends before it has taken so many seconds of processor time."""
    before = signal.signal(signal.SIGVTALRM, _interrupt)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        work()
        return True
    except TooSlow:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def modules() -> Iterator[ModuleType]:
    """Every module of the packages."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield package
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(module.name)


def patterns_in(value: Any, name: str, depth: int = 4) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The expressions in a value: itself, in its tables, in its attributes."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth == 0 or isinstance(value, str | bytes | ModuleType):
        return
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from patterns_in(member, f"{name}[{str(key)[:20]}]", depth - 1)
            yield from patterns_in(key, f"{name} key", depth - 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, member in enumerate(value):
            yield from patterns_in(member, f"{name}[{number}]", depth - 1)
    elif type(value).__module__.startswith(PACKAGES) or (
        isinstance(value, type) and value.__module__.startswith(PACKAGES)
    ):
        names = [*getattr(value, "__dict__", ()), *getattr(value, "__slots__", ())]
        for attribute in names:
            member = getattr(value, attribute, None)
            yield from patterns_in(member, f"{name}.{attribute}", depth - 1)


def uses() -> dict[str, set[str]]:
    """The methods by which each name is asked: {"_DESK": {"match"}}; no name, no answer."""
    used: dict[str, set[str]] = defaultdict(set)
    for package in PACKAGES:
        for file in (PROJECT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    used[node.value.id].add(node.attr)
    return used


ASKING = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


def gathered() -> list[Use]:
    """Each expression once, with each way in which it is used (all that differ, where unknown)."""
    used = uses()
    known: dict[tuple[str, int], Use] = {}
    uses_found: list[Use] = []
    for module in modules():
        for attribute, value in vars(module).items():
            for name, pattern in patterns_in(value, f"{module.__name__}.{attribute}"):
                key = (pattern.pattern, pattern.flags)
                known.setdefault(key, (name, pattern, attribute))
    for name, pattern, attribute in known.values():
        ways = [way for way in ASKING if way in used[attribute]] or ["search", "fullmatch"]
        # Walking over all matches is the hardest of the ways that look anywhere.
        if {"finditer", "findall", "sub", "split"} & set(ways):
            ways = [*[way for way in ways if way in ("match", "fullmatch")], "finditer"]
        uses_found += [(name, pattern, way) for way in ways]
    return sorted(uses_found, key=lambda use: (use[0], use[2]))


USES = gathered()


def ask(pattern: re.Pattern[Any], way: str, text: str) -> None:
    """Lets the expression read the text, to the end."""
    subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    if way == "finditer":
        for _ in pattern.finditer(subject):
            pass
    else:
        getattr(pattern, way)(subject)


def of_text(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    """The same expression over text: Hypothesis finds no bytes that differ in case alone."""
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags | re.ASCII)


def ends_within(seconds: float, pattern: re.Pattern[Any], way: str, text: str) -> bool:
    """Whether the expression reads the text in time; asked again, as the tick of another process
    may have been counted as ours.
    """
    return any(within(seconds, partial(ask, pattern, way, text)) for _ in range(2))


def repeated(units: tuple[str, ...], ending: str, length: int) -> str:
    """The units again and again, about `length` characters of them, and the ending."""
    once = "".join(units)
    return once * max(1, length // len(once)) + ending


def lines_of_units(chance: random.Random, number: int, length: int) -> Iterator[str]:
    """`number` lines of one unit, then as many of two or three."""
    alone = [(unit, ending) for unit in UNITS for ending in ENDINGS]
    for unit, ending in chance.sample(alone, min(number, len(alone))):
        yield repeated((unit,), ending, length)
    for _ in range(number):
        units = tuple(chance.choice(UNITS) for _ in range(chance.randint(2, 3)))
        yield repeated(units, chance.choice(ENDINGS), length)


def faults(texts: Callable[[], Iterator[str]], bound: float) -> list[str]:
    """One sentence an expression that takes too long, with a text that shows it."""
    slow = []
    for name, pattern, way in USES:
        for text in texts():
            if not ends_within(bound, pattern, way, text):
                slow.append(f"{name}.{way}: {text[:60]!r} ({len(text)} characters)")
                break
    return slow


def pumped(use: Use, number: int) -> list[tuple[str, str, str]]:
    """Texts that the expression finds, each with one to three of its characters repeated so often
    that it fills a line and a page: the first that is not read in time, as (opening, repeated,
    ending), or none.

    This leads into the depths of an expression, past the words it opens with.
    """
    _, pattern, way = use
    slow: list[tuple[str, str, str]] = []

    @seed(20_231_130)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.from_regex(of_text(pattern)), strategies.randoms(use_true_random=False))
    def pump(text: str, chance: random.Random) -> None:
        if slow or not text:
            return
        start = chance.randrange(min(len(text), LINE))
        unit = text[start : start + chance.randint(1, 3)]
        for ending, length in product(("", "ا", "\0"), (LINE, PAGE)):
            line = text[:start] + repeated((unit,), ending, length)
            if not ends_within(BOUNDS[length], pattern, way, line):
                slow.append((text[:start], unit, ending))
                return

    pump()
    return slow


def test_the_expressions_are_found() -> None:
    """Tables, classes and modules are walked: an expression nobody finds would go untested."""
    names = {name for name, _, _ in USES}
    assert len(names) > 100
    in_source = 0
    for package in PACKAGES:
        for file in (PROJECT / package).rglob("*.py"):
            in_source += file.read_text().count("re.compile(")
    assert len(names) >= 0.9 * in_source


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?:-+ ?)+!", "-" * 60),  # exponential
        (r"\s+$", " " * 20_000 + "x"),  # square
    ],
)
def test_what_backtracks_is_interrupted(pattern: str, text: str) -> None:
    compiled = re.compile(pattern)
    assert not within(0.2, lambda: compiled.search(text))


@pytest.mark.parametrize(
    ("length", "number"),
    [
        (60, 40),
        (LINE, 80),
        (PAGE, 12),
        pytest.param(LINE, 2_000, marks=LONG),
        pytest.param(PAGE, 40, marks=LONG),
        pytest.param(MEGABYTE, 3, marks=LONG),
    ],
)
def test_repeated_units_are_read_in_time(length: int, number: int) -> None:
    """A share of the lines in every run; the seed keeps a failure repeatable."""
    bound = BOUNDS[max(length, LINE)]
    assert faults(lambda: lines_of_units(random.Random(number), number, length), bound) == []


@pytest.mark.parametrize(("every", "examples"), [(4, 4), pytest.param(1, 25, marks=LONG)])
def test_what_an_expression_finds_is_read_in_time_when_a_part_recurs(
    every: int, examples: int
) -> None:
    slow = {use[0]: text for use in USES[::every] if (text := pumped(use, examples))}
    assert slow == {}

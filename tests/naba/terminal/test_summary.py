"""What people read while a load runs and at its end."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from time import monotonic, sleep

import pytest
from rich.console import Console

import naba.terminal.progress
from loader.report import LoadReport, Outcome, Tally
from naba.terminal.progress import line, showing
from naba.terminal.summary import summary

REPORT = LoadReport(
    read=1_234,
    outcomes={
        Outcome.INDEXED: 1_000,
        Outcome.UNCHANGED: 200,
        Outcome.UPDATED: 30,
        Outcome.REJECTED: 3,
        Outcome.FAILED: 1,
    },
    reasons={Outcome.REJECTED: {"empty": 1, "broken-json": 2}, Outcome.FAILED: {"busy": 1}},
    agencies={"none": 900, **{f"agency-{n}": n for n in range(1, 25)}},
    date_origins={"dateline": 1_000, "none": 230},
    seconds=10.0,
    generation="naba-20260101t000000",
    replaced="naba-20250101t000000",
    unloaded=Path("/data/unloaded/1.jsonl"),
    stopped="Elasticsearch is busy.",
    notes=("It was set right.",),
    first_places={"empty": "wires/a\x1b[2J\n.txt", "broken-json": "wires/b.jsonl:7"},
)


def test_the_summary_says_what_became_of_everything() -> None:
    assert summary(REPORT).splitlines() == [
        "1,234 articles read in 10.0 s (123 a second)",
        "  indexed       1,000  new",
        "  unchanged       200  as they were",
        "  updated          30  changed",
        "  rejected          3  broken-json 2, empty 1",
        "                       broken-json: first wires/b.jsonl:7",
        "                       empty: first wires/a\ufffd[2J\ufffd.txt",
        "  failed            1  busy 1",
        "  agencies   none 900, agency-24 24, agency-23 23, agency-22 22, agency-21 21, "
        "agency-20 20, agency-19 19, "
        "agency-18 18, 17 others 153",
        "  dates from dateline 1,000, none 230",
        "Index: naba-20260101t000000 (before: naba-20250101t000000)",
        "It was set right.",
        "Elasticsearch is busy.",
        "What was rejected or failed is in /data/unloaded/1.jsonl: mend it if need be and `naba "
        "load` that file.",
    ]


def test_the_summary_of_nothing() -> None:
    empty = LoadReport(read=0, outcomes={}, reasons={}, agencies={}, date_origins={}, seconds=0.0)
    assert summary(empty) == "0 articles read in 0.0 s (0 a second)"


def test_the_line_of_a_load_under_way() -> None:
    tally = Tally(started=0.0, read=2_000)
    tally.outcomes[Outcome.INDEXED] = 1_500
    tally.waiting = "Elasticsearch is busy."
    assert (
        line(tally, now=10.0)
        == "2,000 read · 200/s · 1,500 indexed · waiting: Elasticsearch is busy."
    )


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "log"])
def test_it_is_shown_although_the_load_itself_stands(
    monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    monkeypatch.setattr(naba.terminal.progress, "LIVE_EVERY", 0.01)
    monkeypatch.setattr(naba.terminal.progress, "PLAIN_EVERY", 0.01)
    output = StringIO()
    console = Console(file=output, force_terminal=terminal, width=120)
    tally = Tally(read=7)
    with showing(tally, console):
        deadline = monotonic() + 10
        while "7 read" not in output.getvalue():
            assert monotonic() < deadline
            sleep(0.02)
    if not terminal:
        assert "\x1b" not in output.getvalue()

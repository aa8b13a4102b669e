"""Every article is counted once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from loader.report import LoadReport, Outcome, Tally
from mappings.article import Article

Make = Callable[..., Article]


def test_counted_by_outcome_reason_agency_and_date(make_article: Make) -> None:
    tally = Tally()
    tally.read = 7
    tally.keep(
        replace(make_article(1), agencies=("tass", "spa"), date_origin="footer"), Outcome.INDEXED
    )
    tally.keep(make_article(2), Outcome.UNCHANGED)
    tally.keep(make_article(3), Outcome.UPDATED)
    tally.lose(Outcome.REJECTED, "empty", "a.txt")
    tally.lose(Outcome.FAILED, "busy")
    tally.lose(Outcome.WITHHELD, "draft")
    tally.leave_out()
    report = tally.report(generation="naba-20260101t000000")
    assert report.outcomes == dict.fromkeys(Outcome, 1)
    assert report.reasons == {
        Outcome.REJECTED: {"empty": 1},
        Outcome.FAILED: {"busy": 1},
        Outcome.WITHHELD: {"draft": 1},
    }
    assert report.first_places == {"empty": "a.txt"}
    assert report.agencies == {"none": 2, "tass": 1}
    assert report.date_origins == {"none": 2, "footer": 1}
    assert (report.in_index, report.rejected, report.failed) == (3, 1, 1)


@pytest.mark.parametrize("settled", [0, 2], ids=["in-no-outcome", "in-two"])
def test_an_article_in_no_outcome_or_in_two_is_noticed(settled: int) -> None:
    tally = Tally()
    tally.read = 1
    for _ in range(settled):
        tally.lose(Outcome.REJECTED, "empty")
    with pytest.raises(
        AssertionError, match=f"1 articles were read but {settled} are accounted for"
    ):
        tally.report(generation=None)


DONE = LoadReport(
    read=2,
    outcomes={Outcome.INDEXED: 1, Outcome.REJECTED: 1},
    reasons={},
    agencies={},
    date_origins={},
    seconds=1.0,
)


@pytest.mark.parametrize(
    ("report", "complete"),
    [
        (DONE, True),
        (replace(DONE, outcomes={Outcome.UNCHANGED: 2}), True),
        (replace(DONE, outcomes={Outcome.INDEXED: 1, Outcome.FAILED: 1}), False),
        (replace(DONE, outcomes={Outcome.REJECTED: 2}), False),
        (replace(DONE, read=0, outcomes={}), False),
        (replace(DONE, stopped="It was interrupted."), False),
    ],
    ids=["rejected-one", "unchanged", "failed-one", "rejected-all", "nothing-there", "stopped"],
)
def test_whether_it_did_what_it_was_asked(report: LoadReport, complete: bool) -> None:
    assert report.complete is complete

"""What became of a load, in plain text for people."""

from __future__ import annotations

from collections.abc import Mapping

from loader.report import LoadReport, Outcome

_LONGEST_LIST = 8  # agencies that are named; the rest is one number

_MEANING = {
    Outcome.INDEXED: "new",
    Outcome.UNCHANGED: "as they were",
    Outcome.UPDATED: "changed",
    Outcome.WITHHELD: "not to be shown, says their sender",
    Outcome.WITHDRAWN: "taken back by the newsroom, and left out",
    Outcome.REJECTED: "no article can be made of them",
    Outcome.FAILED: "could not be written",
}


def summary(report: LoadReport) -> str:
    """Lines of text: articles by outcome and reason, by agency and date found, speed, and what to
    do about the rest.
    """
    lines = [
        f"{report.read:,} articles read in {report.seconds:.1f} s "
        f"({report.articles_per_second:,.0f} a second)",
    ]
    for outcome in Outcome:
        count = report.outcomes.get(outcome, 0)
        if count:
            reasons = report.reasons.get(outcome)
            lines.append(
                f"  {outcome:<10}{count:>9,}  {_counts(reasons) if reasons else _MEANING[outcome]}"
            )
            lines += _first_places(report, reasons or {})
    if report.in_index:
        lines += [
            f"  agencies   {_counts(report.agencies)}",
            f"  dates from {_counts(report.date_origins)}",
        ]
    if report.generation:
        lines.append(
            f"Index: {report.generation}"
            + (f" (before: {report.replaced})" if report.replaced else "")
        )
    lines += report.notes
    if report.stopped:
        lines.append(report.stopped)
    if report.unloaded:
        lines.append(
            f"What was rejected or failed is in {report.unloaded}: mend it if need be and `naba "
            f"load` that file."
        )
    return "\n".join(lines)


def _first_places(report: LoadReport, reasons: Mapping[str, int]) -> list[str]:
    """A line for each reason of which a place is known, the most frequent first."""
    ranked = sorted(reasons, key=lambda reason: (-reasons[reason], reason))[:_LONGEST_LIST]
    return [
        f"{'':<23}{reason}: first {_printable(report.first_places[reason])}"
        for reason in ranked
        if reason in report.first_places
    ]


def _printable(place: str) -> str:
    """File names may hold what a terminal would obey."""
    return "".join(character if character.isprintable() else "\ufffd" for character in place)


def _counts(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} {count:,}" for name, count in ranked[:_LONGEST_LIST]]
    if rest := ranked[_LONGEST_LIST:]:
        shown.append(f"{len(rest)} others {sum(count for _name, count in rest):,}")
    return ", ".join(shown)

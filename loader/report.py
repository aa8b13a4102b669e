"""What became of every article of a load: counted in exactly one outcome, with the reason where it
is not in.

`Tally` counts while loading; `LoadReport` is what was counted, frozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import monotonic

from mappings.article import Article


class Outcome(StrEnum):
    """How an article ends. Withheld: its sender does not allow it to be shown. Withdrawn: the
    newsroom took it back, and it stays out. Rejected: no article can be made of it. Failed: it
    could not be written.
    """

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    FAILED = "failed"


IN_INDEX = (Outcome.INDEXED, Outcome.UNCHANGED, Outcome.UPDATED)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The result of a load. Counts are of articles; `seconds` is wall-clock time."""

    read: int
    outcomes: Mapping[Outcome, int]
    reasons: Mapping[Outcome, Mapping[str, int]]  # of what is not in the index, by stable code
    agencies: Mapping[
        str, int
    ]  # first agency of what is in the index; "none" where nobody is credited
    date_origins: Mapping[str, int]  # how the date was found, of what is in the index
    seconds: float
    generation: str | None = None  # None when nothing was written and no index exists
    replaced: str | None = None  # the generation that served before, after a successful --replace
    unloaded: Path | None = None  # the file with what was rejected or failed
    interrupted: bool = False  # whether somebody ended it early
    stopped: str | None = None  # one sentence when the load did not do what it was asked
    notes: tuple[str, ...] = ()  # what was set right on the way, one sentence each
    first_places: Mapping[str, str] = field(default_factory=dict)  # of each reason, for people

    @property
    def in_index(self) -> int:
        """Articles that are in the index now."""
        return sum(self.outcomes.get(outcome, 0) for outcome in IN_INDEX)

    @property
    def failed(self) -> int:
        """Articles that should be in the index and are not."""
        return self.outcomes.get(Outcome.FAILED, 0)

    @property
    def rejected(self) -> int:
        """Articles that nobody can index as they are."""
        return self.outcomes.get(Outcome.REJECTED, 0)

    @property
    def complete(self) -> bool:
        """Whether the load did what it was asked: it ran to its end, nothing failed and something
        is in.
        """
        withdrawn = self.outcomes.get(Outcome.WITHDRAWN, 0)
        return self.stopped is None and self.failed == 0 and self.in_index + withdrawn > 0

    @property
    def articles_per_second(self) -> float:
        """Over the whole load, reading included."""
        return self.read / self.seconds if self.seconds else 0.0


@dataclass(slots=True)
class Tally:
    """Counts while a load runs; used from one thread."""

    started: float = field(default_factory=monotonic)
    read: int = 0
    waiting: str | None = None  # why nothing moves right now, for the progress display
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: dict[Outcome, Counter[str]] = field(default_factory=dict)
    first_places: dict[str, str] = field(default_factory=dict)
    agencies: Counter[str] = field(default_factory=Counter)
    date_origins: Counter[str] = field(default_factory=Counter)

    def keep(self, article: Article, outcome: Outcome) -> None:
        """Count an article that is in the index."""
        self.outcomes[outcome] += 1
        self.agencies[article.agencies[0] if article.agencies else "none"] += 1
        self.date_origins[article.date_origin] += 1

    def leave_out(self) -> None:
        """Count an article that is withdrawn."""
        self.outcomes[Outcome.WITHDRAWN] += 1

    def lose(self, outcome: Outcome, reason: str, place: str | None = None) -> None:
        """Count an article that is not; `place` is where it came from."""
        self.outcomes[outcome] += 1
        if place is not None:
            self.first_places.setdefault(reason, place)
        self.reasons.setdefault(outcome, Counter())[reason] += 1

    def say_waiting(self, sentence: str | None) -> None:
        """Note why nothing moves; called from the sending threads."""
        self.waiting = sentence

    @property
    def settled(self) -> int:
        """Articles whose outcome is known."""
        return self.outcomes.total()

    def report(
        self,
        *,
        generation: str | None,
        replaced: str | None = None,
        unloaded: Path | None = None,
        interrupted: bool = False,
        stopped: str | None = None,
        notes: tuple[str, ...] = (),
    ) -> LoadReport:
        """The final count. Raises AssertionError, a mistake of ours, when an article is in no
        outcome or in two.
        """
        if self.read != self.settled:
            raise AssertionError(
                f"{self.read} articles were read but {self.settled} are accounted for"
            )
        return LoadReport(
            read=self.read,
            outcomes=dict(self.outcomes),
            reasons={outcome: dict(reasons) for outcome, reasons in self.reasons.items()},
            agencies=dict(self.agencies.most_common()),
            date_origins=dict(self.date_origins.most_common()),
            seconds=monotonic() - self.started,
            generation=generation,
            replaced=replaced,
            unloaded=unloaded,
            interrupted=interrupted,
            stopped=stopped,
            notes=notes,
            first_places=dict(self.first_places),
        )

"""How a load shows that it moves: a live line on a terminal, a plain line now and then
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from rich.console import Console

from loader.report import Outcome, Tally

LIVE_EVERY = 0.2  # seconds between two looks at the counts
PLAIN_EVERY = 10.0  # seconds between two lines in a log


@contextmanager
def showing(tally: Tally, console: Console) -> Iterator[None]:
    """Show `tally` on `console` (stderr) while the block runs, also while the load itself stands
    and waits.
    """
    if console.is_terminal:
        with (
            console.status("Reading…") as status,
            _every(LIVE_EVERY, lambda: status.update(line(tally, monotonic()))),
        ):
            yield
    else:
        with _every(PLAIN_EVERY, lambda: console.out(line(tally, monotonic()), highlight=False)):
            yield


@contextmanager
def _every(seconds: float, work: Callable[[], None]) -> Iterator[None]:
    ended = Event()

    def repeat() -> None:
        while not ended.wait(seconds):
            work()

    thread = Thread(target=repeat, name="naba-progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def line(tally: Tally, now: float) -> str:
    """The state of a load in one line: what was read, how fast, what became of it, and what it
    waits for.
    """
    seconds = max(now - tally.started, 1e-9)
    parts = [f"{tally.read:,} read", f"{tally.read / seconds:,.0f}/s"]
    parts += [
        f"{tally.outcomes[outcome]:,} {outcome}" for outcome in Outcome if tally.outcomes[outcome]
    ]
    if tally.waiting:
        parts.append(f"waiting: {tally.waiting}")
    return " · ".join(parts)

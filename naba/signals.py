"""Ctrl-C, SIGTERM and a closed terminal end a command in the same orderly way.

The first of these signals raises KeyboardInterrupt, so that every `finally` on the way out does its
work; further ones are ignored while that goes on, or a second Ctrl-C would leave behind what the
first was about to stop.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

INTERRUPTED = 130
"""Exit code of a command that a signal ended before its work was done (as shells count: 128 +
SIGINT).
"""


def ending_signals() -> list[signal.Signals]:
    """The signals that mean "end"; SIGHUP is none where it is ignored (nohup)."""
    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signals.append(signal.SIGHUP)
    return signals


@contextmanager
def handled_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Within the block every ending signal calls `handler`.

    SIGINT counts even where it was ignored, as shells arrange for background jobs: an explicit
    `kill -INT` means it.
    """
    before = {number: signal.signal(number, handler) for number in ending_signals()}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


@contextmanager
def raised_once() -> Iterator[None]:
    """Within the block the first ending signal raises KeyboardInterrupt, and later ones do
    nothing.
    """
    interrupted = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal interrupted
        if not interrupted:
            interrupted = True
            raise KeyboardInterrupt

    with handled_by(interrupt):
        yield


@contextmanager
def noted_in(stopping: Event) -> Iterator[None]:
    """Within the block the first ending signal sets the event, and a second one raises
    KeyboardInterrupt.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()

    with handled_by(stop):
        yield

"""A bound in time for reading one article, whoever reads it and in whichever thread.

A thread of its own watches the processor time of the threads that read. Past the bound it raises an
exception in them, which Python delivers between two of its instructions: so a parser that runs in
Python is ended within a tenth of a second. One call into C is waited for; those that are made here
(lxml, regular expressions) are bounded by NABA_MAX_ARTICLE_BYTES. Processor time and not the
clock's, so that a busy machine refuses nothing.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from threading import Lock, Thread, get_ident
from typing import TypeVar

POLL = 0.1  # seconds between two looks at the clocks
# seconds until an exception is raised once more: the first may have come in a destructor, where
# Python drops it
AGAIN = 1.0
_IDLE = 10  # looks without anything to watch, after which the watching thread ends

T = TypeVar("T")


class TookTooLong(Exception):
    """The work was ended because it took more than its time."""


class _OutOfTime(BaseException):
    """Raised inside the work. No Exception: parsers catch those and go on."""


class _Watched:
    """One piece of work: the clock of its thread, and when it has to be over by it."""

    def __init__(self, seconds: float) -> None:
        self.thread = get_ident()
        # macOS tells no thread's processor time to another: there the clock's time counts
        clock_of = getattr(time, "pthread_getcpuclockid", None)
        self.clock: int = clock_of(self.thread) if clock_of else time.CLOCK_MONOTONIC
        self.until = time.clock_gettime(self.clock) + seconds

    def interrupt_if_late(self) -> None:
        """Raise _OutOfTime in the thread when its time is over."""
        if time.clock_gettime(self.clock) >= self.until:
            self.until += AGAIN
            self._raise(_OutOfTime)

    def forget(self) -> None:
        """Take back what was raised and has not arrived yet."""
        self._raise(None)

    def _raise(self, kind: type[BaseException] | None) -> None:
        exception = ctypes.py_object(kind) if kind else None
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), exception)


class _Watcher:
    """Looks after all work under way; its thread lives as long as there is some."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._watched: set[_Watched] = set()
        self._running = False

    def begin(self, seconds: float) -> _Watched:
        """Watch the calling thread from now on."""
        watched = _Watched(seconds)
        with self._lock:
            self._watched.add(watched)
            if not self._running:
                self._running = True
                Thread(target=self._watch, name="naba-time-limit", daemon=True).start()
        return watched

    def end(self, watched: _Watched) -> None:
        """Nothing is raised in the thread from here on. May be called again."""
        with self._lock:
            if watched in self._watched:
                self._watched.remove(watched)
                watched.forget()

    def _watch(self) -> None:
        idle = 0
        while True:
            time.sleep(POLL)
            with self._lock:
                for watched in self._watched:
                    watched.interrupt_if_late()
                idle = 0 if self._watched else idle + 1
                if idle > _IDLE:
                    self._running = False
                    return


_WATCHER = _Watcher()


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises TookTooLong after `seconds` of processor time of this thread, and
    what `work` raises.
    """
    watched = _WATCHER.begin(seconds)
    try:
        try:
            return work()
        finally:
            _WATCHER.end(watched)
    except _OutOfTime:
        # It may have been raised on the way out, before `end` had done its work.
        _WATCHER.end(watched)
        raise TookTooLong(f"It took more than {seconds:g} seconds to read.") from None

"""What reads is ended when its time is over, in any thread, and nothing else is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from loader.time_limit import TookTooLong, within


def spin() -> None:
    while True:
        pass


def spin_and_catch() -> None:
    while True:
        try:
            spin()
        except Exception:  # noqa: BLE001 - as parsers do with what they stumble over
            continue


class _Noisy:
    def __del__(self) -> None:
        deadline = time.thread_time() + 0.6
        while time.thread_time() < deadline:
            pass


def spin_after_a_destructor() -> None:
    _Noisy()
    spin()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("work", [spin, spin_and_catch, spin_after_a_destructor])
def test_work_that_does_not_end_is_ended(work: Callable[[], None]) -> None:
    start = time.thread_time()
    with pytest.raises(TookTooLong, match=r"more than 0\.3 seconds"):
        within(0.3, work)
    assert time.thread_time() - start < 3


def test_work_in_time_returns_what_it_found_and_raises_what_it_raised() -> None:
    def fail() -> None:
        raise ValueError("its own")

    assert within(10, lambda: "found") == "found"
    with pytest.raises(ValueError, match="its own"):
        within(10, fail)


def test_waiting_costs_no_processor_time_and_is_not_counted() -> None:
    within(0.1, lambda: time.sleep(0.5))


def test_each_thread_has_its_own_time() -> None:
    ended: list[str] = []

    def run(name: str, seconds: float) -> None:
        try:
            within(seconds, partial(time.sleep, 0.4))
            ended.append(f"{name} in time")
            within(0.2, spin)
        except TookTooLong:
            ended.append(f"{name} too late")

    threads = [threading.Thread(target=run, args=(name, 20.0)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["one in time", "one too late", "two in time", "two too late"]


def test_nothing_is_raised_after_the_work_is_over() -> None:
    """Work that ends just as its time does, again and again."""
    for _ in range(20):
        deadline = time.thread_time() + 0.1
        with suppress(TookTooLong):
            within(0.1, partial(_spin_until, deadline))
    _spin_until(time.thread_time() + 0.3)


def _spin_until(deadline: float) -> None:
    while time.thread_time() < deadline:
        pass

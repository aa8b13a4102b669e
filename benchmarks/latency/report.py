"""The table of the latency benchmark: Elasticsearch asked straight, through a relay and by Naba."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

Times = tuple[float, float, float]  # milliseconds of one query: straight, relayed, searched
Load = tuple[float, float]  # requests a second, milliseconds of processor time a request


def report(
    times: Sequence[Times], loads: Sequence[Sequence[Load]], exported: tuple[float, float, float]
) -> None:
    """The table. Targets are those that a relay of 0.92 ms was measured with: 1.2 ms are 1.3 of
    it.
    """
    median = statistics.median
    straight, relayed, searched = (median(side) for side in zip(*times, strict=True))
    relay_adds, naba_adds = (median(way[side] - way[0] for way in times) for side in (1, 2))
    bare_rate, relay_rate, rate = (median(load[side][0] for load in loads) for side in (0, 1, 2))
    relay_cpu, cpu = (median(load[side][1] for load in loads) for side in (1, 2))
    print(f"{'measure':42}{'straight':>9}{'relay':>9}{'naba':>9}   target")
    print(f"{'p50, ms':42}{straight:9.2f}{relayed:9.2f}{searched:9.2f}")
    print(f"{'p50, ms added':42}{'':9}{relay_adds:9.2f}{naba_adds:9.2f}   1.2")
    print(f"{'requests a second, 16 clients':42}{bare_rate:9.0f}{relay_rate:9.0f}{rate:9.0f}")
    print(
        f"{'of those of Elasticsearch alone':42}{'':9}"
        f"{relay_rate / bare_rate:9.2f}{rate / bare_rate:9.2f}   0.65"
    )
    print(f"{'CPU of the service, ms a request, no gzip':42}{'':9}{relay_cpu:9.2f}{cpu:9.2f}   1.2")
    print(
        f"{'in relays: p50 added, CPU':42}{'':18}"
        f"{naba_adds / relay_adds:5.2f}{cpu / relay_cpu:5.2f}  1.1, 1.3"
    )
    export, before, peak = exported
    print(f"{'export, articles a second':42}{'':18}{export:9.0f}   5000")
    print(f"{'export, memory before and at most, MB':42}{'':9}{before:9.0f}{peak:9.0f}   flat")

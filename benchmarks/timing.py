"""Works timed in turns, so that what slows the machine for a while slows all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

#: Does some work and gives its seconds.
Timed = Callable[[], float]


def cpu_seconds(work: Callable[[], object]) -> Timed:
    """Time a work of this process by the processor's clock, which stands still while others have the processor."""

    def timed() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return timed


def wall_seconds(work: Callable[[], object]) -> Timed:
    """Time a work of several processes by the clock on the wall."""

    def timed() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return timed


def interleaved(works: Mapping[str, Timed], rounds: int, *, warm_up: bool = True) -> dict[str, list[float]]:
    """Time works in turns.

    Parameters
    ----------
    works : mapping of str to callable
        Each does its work once and gives its seconds.
    rounds : int
        How often.
    warm_up : bool
        Whether each work is done once before, not counted, for its caches to fill.

    Returns
    -------
    dict of str to list of float
        The seconds of each work, a figure a round. The order of the works is turned round in every second one.
    """
    if warm_up:
        for work in works.values():
            work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        for name in sorted(works, reverse=number % 2 == 1):
            seconds[name].append(max(works[name](), 1e-9))
    return seconds


def median_ratio(above: list[float], below: list[float]) -> float:
    """Give the median of the rounds' ratios.

    Examples
    --------
    >>> median_ratio([2.0, 9.0, 4.0], [1.0, 1.0, 1.0])
    4.0
    """
    return median(a / b for a, b in zip(above, below))

"""Two processes against one, on a folder of deal narratives."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median

from benchmarks import command
from benchmarks.corpus import deals
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_least
from benchmarks.timing import interleaved, median_ratio, wall_seconds


def measure(plan: Plan) -> Iterator[Row]:
    """Compare ``--jobs 2`` with ``--jobs 1``, start included."""
    name = f"{plan.batch:,} deal narratives in a folder"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "narratives"
        folder.mkdir()
        for number, (text, _) in enumerate(islice(cycle(deals(plan.batch)), plan.batch)):
            (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        numbers = count()

        def run(jobs: int) -> Callable[[], None]:
            return lambda: command.finish(command.start(folder, Path(place) / f"tables{next(numbers)}", jobs))

        seconds = interleaved({"one": wall_seconds(run(1)), "two": wall_seconds(run(2))}, plan.rounds)
    gained = median_ratio(seconds["one"], seconds["two"])
    if (os.cpu_count() or 1) < 2:
        yield Row(f"{name}: two processes over one", "not measured: one core", "at least 1.8")
    else:
        yield at_least(f"{name}: two processes over one", gained, 1.8)
    yield Row(f"{name}: seconds of one process, of two", f"{median(seconds['one']):.1f}, {median(seconds['two']):.1f}")

"""Two processes against one, on a folder of deal narratives."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median

from benchmarks import command
from benchmarks.corpus import deals
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_least
from benchmarks.timing import Timed, interleaved, median_ratio, wall_seconds


def measure(plan: Plan) -> Iterator[Row]:
    """Compare ``--jobs 2`` with ``--jobs 1``, start included."""
    name = f"{plan.batch:,} deal narratives in a folder"
    if (os.cpu_count() or 1) < 2:
        yield Row(f"{name}: two processes over one", "not measured: one core", "at least 1.8")
        return
    with tempfile.TemporaryDirectory() as place:
        folder, single = Path(place) / "narratives", Path(place) / "single"
        _write(folder, plan.batch)
        _write(single, 1)
        outputs = (Path(place) / f"tables{number}" for number in count())

        def run(source: Path, jobs: int) -> Timed:
            return wall_seconds(lambda: command.finish(command.start(source, next(outputs), jobs)))

        works = {"one": run(folder, 1), "two": run(folder, 2), "start": run(single, 1)}
        seconds = interleaved(works, plan.rounds, warm_up=False)  # each run is a process that knows of no other
    yield at_least(f"{name}: two processes over one", median_ratio(seconds["one"], seconds["two"]), 1.8)
    yield Row(f"{name}: seconds of one process, of two", f"{median(seconds['one']):.1f}, {median(seconds['two']):.1f}")
    yield Row("one deal narrative in a folder: seconds, which is the start", f"{median(seconds['start']):.1f}")


def _write(folder: Path, narratives: int) -> None:
    folder.mkdir()
    for number, (text, _) in enumerate(islice(cycle(deals(narratives)), narratives)):
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")

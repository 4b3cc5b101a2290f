"""How far a long run is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from dealterms.batch.run import Progress

_SECONDS = 30.0


@contextmanager
def watched() -> Iterator[Callable[[Progress], None]]:
    """Give what is told how far a run is, and shows it on standard error."""
    if not sys.stderr.isatty():
        yield _Log().show
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        pace = _Pace()

        def show(progress: Progress) -> None:
            rate = pace.rate(progress)
            bar.update(
                task, total=progress.size or None, completed=progress.read, description=f"{progress.filings:,} filings, {rate:,.0f}/s"
            )

        yield show


class _Pace:
    """How fast a run has gone since it began, without what an earlier one had done."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._read_before = 0

    def rate(self, progress: Progress) -> float:
        """Give filings a second."""
        if progress.filings == progress.before:
            self._began, self._read_before = time.monotonic(), progress.read
            return 0.0
        return (progress.filings - progress.before) / max(time.monotonic() - self._began, 1e-3)

    def left(self, progress: Progress) -> float | None:
        """Give the seconds that are left, by the bytes that are; None where nobody knows."""
        done = progress.read - self._read_before
        if done <= 0 or progress.size <= 0:
            return None
        return max(time.monotonic() - self._began, 0) * max(progress.size - progress.read, 0) / done


class _Log:
    def __init__(self) -> None:
        self._pace = _Pace()
        self._told = time.monotonic()

    def show(self, progress: Progress) -> None:
        rate = self._pace.rate(progress)
        if time.monotonic() - self._told < _SECONDS:
            return
        self._told = time.monotonic()
        left = self._pace.left(progress)
        until = "" if left is None else f", about {duration(left)} left"
        typer.echo(f"dealterms: {progress.filings:,} filings, {rate:,.0f} a second{until}", err=True)


def duration(seconds: float) -> str:
    """Give a time in the two units that matter.

    Examples
    --------
    >>> duration(9), duration(100), duration(4000), duration(100_000)
    ('9 s', '1 min 40 s', '1 h 6 min', '27 h 46 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes_left} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"

"""``dealterms extract`` into a folder: the tables of a whole archive."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typer

from dealterms.commands.reporting import FAILED, INTERRUPTED, MISUSED, interruptible, misuse, report
from dealterms.commands.watching import watched
from dealterms.errors import InputError, ModelError, NotFoundError, PatternError, WorkerError

if TYPE_CHECKING:
    from dealterms.batch.run import Options, Result

_REPORTED = 10
_OUTCOMES = {
    "deal": "with a deal",
    "no_deal": "without",
    "screened": "screened out",
    "no_item": "without an item that can tell of one",
}


def write_tables(paths: list[str], output: str, options: Options) -> None:
    """Write the tables, show how far that is, and end the program with 1 where an input failed."""
    from dealterms.batch.run import extract_tables

    if options.form == "parquet" and find_spec("pyarrow") is None:
        misuse("Parquet needs pyarrow, which is not installed; pip install dealterms[parquet]")
    made = not os.path.exists(output)
    try:
        os.makedirs(output, exist_ok=True)
    except OSError as error:
        misuse(f"cannot be written ({error.strerror}); give a folder, or a place where one can be made", output)
    problems = _Problems(output)
    model = options.settings.model
    try:
        with interruptible(output), _terminable(), watched() as watch:
            result = extract_tables(paths, output, options, watch=watch, report=problems.add)
    except InputError as error:
        misuse(str(error), output)
    except (ModelError, NotFoundError, PatternError, WorkerError) as error:
        report(model or "the installation", error)
        raise typer.Exit(MISUSED if model else FAILED) from None
    except typer.Exit as ended:
        if ended.exit_code == INTERRUPTED:
            report(output, "interrupted; the same command with --resume goes on")
        raise
    finally:
        if made:
            with suppress(OSError):  # unless there is something in it
                os.rmdir(output)
    if result is None:
        report(output, "all is done, there is nothing to resume")
        return
    problems.end("are in the table of errors" if result.rows else "were met")
    report(output, _told(result) if result.rows else "nothing could be read, so no tables are written; check the paths")
    if not result.rows or result.rows["errors"]:
        raise typer.Exit(FAILED)


def _told(result: Result) -> str:
    outcomes = ", ".join(f"{result.outcomes.get(outcome, 0):,} {words}" for outcome, words in _OUTCOMES.items())
    before = f"; {result.before:,} were done before" if result.before else ""
    return f"{result.rows['deals']:,} filings: {outcomes}; {result.rows['errors']:,} inputs failed{before}"


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the run as an interrupt from the keyboard does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Problems:
    """Reports the first few problems, since the table of errors holds them all."""

    def __init__(self, output: str) -> None:
        self._output = output
        self._count = 0

    def add(self, source: str, message: str) -> None:
        self._count += 1
        if self._count <= _REPORTED:
            report(source, message)

    def end(self, where: str) -> None:
        if self._count > _REPORTED:
            report(self._output, f"{self._count - _REPORTED:,} more problems {where}")

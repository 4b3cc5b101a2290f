"""``dealterms extract`` into a folder: the tables of a whole archive."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

import typer

from dealterms.commands.reporting import FAILED, INTERRUPTED, MISUSED, interruptible, report
from dealterms.commands.watching import watched
from dealterms.errors import InputError, ModelError, NotFoundError, PatternError, WorkerError

if TYPE_CHECKING:
    from dealterms.batch.run import Options

_REPORTED = 10


def write_tables(paths: list[str], output: str, options: Options) -> None:
    """Write the tables, show how far that is, and end the program with 1 where an input failed."""
    from dealterms.batch.run import extract_tables

    if options.form == "parquet" and find_spec("pyarrow") is None:
        misuse("Parquet needs pyarrow, which is not installed; pip install dealterms[parquet]")
    try:
        os.makedirs(output, exist_ok=True)
    except OSError as error:
        misuse(f"cannot be written ({error.strerror}); give a folder, or a place where one can be made", output)
    problems = _Problems(output)
    model = options.settings.model
    try:
        with interruptible(), watched() as watch:
            counts = extract_tables(paths, output, options, watch=watch, report=problems.add)
    except InputError as error:
        misuse(str(error), output)
    except (ModelError, NotFoundError, PatternError, WorkerError) as error:
        report(model or "the installation", error)
        raise typer.Exit(MISUSED if model else FAILED) from None
    except typer.Exit as ended:
        if ended.exit_code == INTERRUPTED:
            report(output, "interrupted; the same command with --resume goes on")
        raise
    problems.end()
    if counts is None:
        report(output, "all is done, there is nothing to resume")
        return
    report(output, f"{counts['deals']:,} filings read, {counts['errors']:,} inputs failed")
    if counts["errors"]:
        raise typer.Exit(FAILED)


def misuse(message: str, source: str = "") -> NoReturn:
    """End the program with what was wrong about its use."""
    report(source, message)
    raise typer.Exit(MISUSED)


class _Problems:
    """Reports the first few problems, since the table of errors holds them all."""

    def __init__(self, output: str) -> None:
        self._output = output
        self._count = 0

    def add(self, source: str, message: str) -> None:
        self._count += 1
        if self._count <= _REPORTED:
            report(source, message)

    def end(self) -> None:
        if self._count > _REPORTED:
            report(self._output, f"{self._count - _REPORTED:,} more problems are in the table of errors")

"""How commands tell of problems: one line each on standard error, and an exit code."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import typer

from dealterms.errors import DealtermsError

FAILED, MISUSED, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141


def report(source: str, error: DealtermsError | str) -> None:
    from dealterms.wording import one_line

    typer.echo(one_line(f"dealterms: {f'{source}: ' if source else ''}{error}"), err=True)


def report_internal(source: str, error: Exception) -> None:
    from dealterms.wording import internal_error

    report(source, internal_error(error))


def misuse(message: str, source: str = "") -> NoReturn:
    """End the program with what was wrong about its use."""
    report(source, message)
    raise typer.Exit(MISUSED)


@contextmanager
def reported_warnings() -> Iterator[None]:
    """Write warnings as one line each."""
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_, **__: report("warning", str(message))
        yield


@contextmanager
def interruptible(output: str | None = None) -> Iterator[None]:
    """End quietly where the user or the reader of the output has gone, and in one line that names the output where the disk is full."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        # Python flushes standard output once more at the end, which would fail again and say so.
        with suppress(OSError, ValueError):
            stdout = sys.stdout.fileno()
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout)
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(BROKEN_PIPE) from None
        report(output or "output", f"cannot be written ({error.strerror or error}); free some space or write elsewhere")
        raise typer.Exit(FAILED) from None

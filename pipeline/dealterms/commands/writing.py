"""Where commands write: standard output, or a file that appears whole."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from dealterms.commands.reporting import MISUSED, report

if TYPE_CHECKING:
    from rich.console import Console

_PIPED_WIDTH = 120


@contextmanager
def opened(path: Path | None, chosen: str) -> Iterator[TextIO]:
    """Give standard output, or a temporary file that takes the path's place once everything is written."""
    if path is None or str(path) == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):
            # What programs read is UTF-8 everywhere; a terminal shows what it can.
            sys.stdout.reconfigure(encoding=None if chosen == "table" else "utf-8", errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(os.path.realpath(path))
    special = target.exists() and not target.is_file()  # a pipe or device cannot be replaced
    part = target if special else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        out = part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        report(str(path), f"cannot be written ({error.strerror}); give a file in a folder that exists and that you may write to")
        raise typer.Exit(MISUSED) from None
    try:
        with out:
            yield out
        if not special:
            part.replace(target)
    finally:
        if not special:
            part.unlink(missing_ok=True)


def default_format(output: Path | None) -> str:
    return "table" if output is None and sys.stdout.isatty() else "jsonl"


def dumps(value: Any, indent: int | None = None) -> str:
    told = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        told.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can tell only as an escape
        return json.dumps(value, indent=indent)
    return told


def console_for(out: TextIO) -> Console:
    from rich.console import Console

    return Console(file=out, width=None if out.isatty() else _PIPED_WIDTH)

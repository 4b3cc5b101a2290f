"""Where commands write: standard output, or a file or folder that appears whole."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from dealterms.commands.reporting import MISUSED, misuse, report
from dealterms.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

_PIPED_WIDTH = 120


def refuse_input(paths: list[str], output: Path | None) -> None:
    """End the program where the output is a file that is to be read, under whatever name."""
    if output is None or not output.is_file():
        return
    from dealterms.sources import find_files

    for file in find_files(paths):
        with suppress(OSError, ValueError):  # what is not there is no output; reading it tells
            given = os.fstat(sys.stdin.fileno()) if file.path == "-" else os.stat(file.path)
            if os.path.samestat(given, output.stat()):
                misuse("is one of the inputs, which would be lost; give another name", str(output))


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
    with replaced(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as out:
        yield out


@contextmanager
def replaced(path: Path, mode: str, **how: Any) -> Iterator[Any]:
    """Give a temporary file, opened so, that takes the path's place once everything is written; a pipe or device stays."""
    target = Path(os.path.realpath(path))
    special = target.exists() and not target.is_file()  # a pipe or device cannot be replaced
    part = target if special else _beside(target, "part")
    if not special:
        _clean(target)
    try:
        out = part.open(mode, **how)
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


@contextmanager
def replaced_folder(path: Path) -> Iterator[Path]:
    """Give an empty hidden folder that takes the path's place once everything is written, and else goes away.

    Raises
    ------
    InputError
        It cannot be made.
    """
    target = Path(os.path.realpath(path))
    part, old = _beside(target, "part"), _beside(target, "old")
    _clean(target)
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})", "give a folder that you may write to") from None
    try:
        yield part
        if target.exists():
            target.rename(old)
        try:
            part.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)  # only now, so that whatever happens one of the two is left
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{ending}")


def _clean(target: Path) -> None:
    """Take away what killed runs left beside an output."""
    name = re.compile(rf"\.{re.escape(target.name)}\.(\d{{1,9}})\.part")
    with suppress(OSError):
        for path in list(target.parent.iterdir()):
            left = name.fullmatch(path.name)
            if left and _is_gone(int(left[1])):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _is_gone(process: int) -> bool:
    if os.name != "posix":  # where asking after a process ends it
        return False
    try:
        os.kill(process, 0)
    except OSError as error:
        return isinstance(error, ProcessLookupError)
    return False


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

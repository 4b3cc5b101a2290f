"""Which files a list of paths, folders and patterns means, in an order that is always the same."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dealterms.errors import DealtermsError, InputError
from dealterms.sources.refused import is_output, ours

_NO_TEXTS = frozenset({"_SUCCESS"})  # which Spark leaves beside its files


@dataclass(frozen=True)
class File:
    """A file to read.

    Attributes
    ----------
    path : str
        As it was given, or as it lies in the folder that was given; ``"-"`` is standard input.
    size : int
        Bytes; 0 where it is not known.
    changed : int
        When it was last changed, in nanoseconds; 0 where it is not known.
    regular : bool
        Whether it is a plain file, which can be read twice; no pipe, device or missing file.
    problem : DealtermsError or None
        Why it cannot be read.
    """

    path: str
    size: int = 0
    changed: int = 0
    regular: bool = False
    problem: DealtermsError | None = None


def find_files(paths: Iterable[str | os.PathLike[str]], leave_out: Path | None = None) -> Iterator[File]:
    """Find the files that are meant.

    Parameters
    ----------
    paths : iterable of str or path
        Files, folders (recursively, in the order of names, without hidden files, ``README*``, ``*.md`` and folders of our own
        tables), patterns such as ``"2004/**/*.txt"`` that no shell has replaced, and ``"-"``.
    leave_out : Path, optional
        A folder that is never entered: that of the results.

    Yields
    ------
    File
        What is not there is a file too; reading it tells. A folder or pattern without files is one with a problem, and so is
        a pipe or device, unless it is named itself.

    Examples
    --------
    >>> [(file.path, file.regular) for file in find_files(["missing.txt"])]
    [('missing.txt', False)]
    """
    excluded = os.path.realpath(leave_out) if leave_out else None
    for path in paths:
        name = os.fspath(path)
        if glob.has_magic(name) and not os.path.lexists(name):
            yield from _matching(name, excluded)
        else:
            yield from _below(name, excluded)


def is_wanted(name: str) -> bool:
    """Tell whether a file of a folder or archive is read without being named.

    Examples
    --------
    >>> [is_wanted(name) for name in ("a.txt", ".hidden", "README.rst", "notes.MD", "__MACOSX/._a.txt")]
    [True, False, False, False, False]
    """
    *folders, last = name.split("/")
    return not (
        any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in [*folders, last])
        or last.upper().startswith("README")
        or last.lower().endswith(".md")
        or last in _NO_TEXTS
    )


def _matching(pattern: str, excluded: str | None) -> Iterator[File]:
    found = sorted(glob.glob(pattern, recursive=True))
    empty = True
    inside: list[str] = []
    for name in found:
        if any(os.path.commonpath((name, folder)) == folder for folder in inside):
            continue  # "**" gives a folder and what is in it
        if os.path.isdir(name):
            inside.append(name.rstrip(os.sep) or os.sep)
            if os.path.realpath(name) == excluded:
                continue
        for file in _below(name, excluded, named=False):
            empty = False
            yield file
    if empty:
        yield File(pattern, problem=InputError("no file matches the pattern", "check it; ** stands for folders of any depth"))


def _below(name: str, excluded: str | None, *, named: bool = True) -> Iterator[File]:
    if not os.path.isdir(name):
        yield _file(name, named)
        return
    try:
        entries = sorted(os.listdir(name))
    except OSError as error:
        yield File(name, problem=InputError(f"cannot be read ({error.strerror})", "check who may read it"))
        return
    if is_output(entries):
        if named:
            yield File(name, problem=ours("a folder of tables"))
        return
    empty = True
    for entry in entries:
        path = os.path.join(name, entry)
        is_folder = os.path.isdir(path)
        if entry.startswith(".") or not (is_folder or is_wanted(entry)):
            continue
        if is_folder and (os.path.islink(path) or os.path.realpath(path) == excluded):  # a linked folder may hold its own folder
            continue
        for file in _below(path, excluded, named=False):
            empty = False
            yield file
    if empty:
        yield File(
            name, problem=InputError("the folder holds no filing or narrative", "give a folder of text, HTML or .jsonl files, or archives")
        )


def _file(name: str, named: bool) -> File:
    try:
        found = os.stat(name)
    except (OSError, ValueError):
        return File(name)
    regular = stat.S_ISREG(found.st_mode)
    if not (regular or named):  # a pipe that nobody writes to would be waited for
        return File(name, problem=InputError("no regular file but a pipe, socket or device", "take it away, or name it itself"))
    return File(name, found.st_size, found.st_mtime_ns, regular)

"""The texts that a file holds, as bytes: one, or one a line, a row or a member of an archive."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any

from dealterms.errors import DealtermsError, InputError, NotFoundError
from dealterms.filings import decode
from dealterms.sources.archives import DAMAGED, Member, damaged, gunzipped, tar_members, zip_members
from dealterms.sources.files import File
from dealterms.sources.parquet import parquet_rows
from dealterms.sources.refused import is_table_row, ours, refused

#: Most bytes of one text, or of one line of a ``.jsonl`` file, which is read line by line however long it is.
LARGEST = 50_000_000

STDIN = "stdin"

_TAR, _TAR_GZ, _ZIP, _GZ, _LINES, _PARQUET = ".tar", (".tar.gz", ".tgz"), ".zip", ".gz", ".jsonl", ".parquet"
_EMPTY = "the file is empty", "give a filing or a narrative"


@dataclass(frozen=True)
class Piece:
    """One text as it lies somewhere, not yet decoded: cheap to find, to pass over and to hand to another process.

    Attributes
    ----------
    source : str
        Where it is from, for messages: a path with the number of a line or row, or the name of a member, behind it.
    name : str or None
        Name of the text, where it does not bring its own.
    data : bytes
        Its bytes, where they have been read.
    path : str or None
        The file that holds them, and nothing else, where they have not.
    is_line : bool
        Whether it is a JSON object, or the text itself.
    taken : int
        Bytes of the files given that were read for it.
    problem : DealtermsError or None
        Why it cannot be read.
    """

    source: str
    name: str | None = None
    data: bytes = b""
    path: str | None = None
    is_line: bool = False
    taken: int = 0
    problem: DealtermsError | None = None


def read_pieces(files: Iterable[File]) -> Iterator[Piece]:
    """Go through the texts of files.

    Parameters
    ----------
    files : iterable of File
        As `find_files` gives them. ``.gz``, ``.zip``, ``.tar``, ``.tar.gz`` and ``.tgz`` are unpacked while they are read;
        ``.jsonl`` holds an object a line, ``.parquet`` a row, with ``text`` and perhaps ``id`` and ``registrant``; ``.json``,
        ``.csv`` and other archives are refused; everything else is one text. Standard input is JSON lines if its first line is a JSON object, else one text.

    Yields
    ------
    Piece
        In order. What cannot be read is a piece with a ``problem``; the rest go on.
    """
    for file in files:
        problem = file.problem or (refused(file.path) if file.regular else None)
        if problem:
            yield Piece(file.path, problem=problem, taken=file.size)
        elif file.path == "-":
            yield from _guarded(STDIN, _stdin())
        elif file.regular and not _holds_many(file.path):
            yield Piece(file.path, _stem(file.path), path=os.path.realpath(file.path), taken=file.size)
        else:
            yield from _guarded(file.path, _opened(file))


def read_whole(path: str) -> bytes:
    """Read a file up to a byte more than `LARGEST`."""
    with open(path, "rb") as stream:
        return stream.read(LARGEST + 1)


def failure(error: Exception) -> DealtermsError:
    """Say in our words why something cannot be read."""
    if isinstance(error, DealtermsError):
        return error
    if isinstance(error, FileNotFoundError):
        return NotFoundError("no such file or folder", "check the path")
    if isinstance(error, DAMAGED):
        return damaged("the archive", error)
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"cannot be read ({reason})", "check the path and who may read it")


def too_large(what: str) -> InputError:
    return InputError(f"{what} is larger than {LARGEST // 1_000_000} MB", "give single filings, or a .jsonl file with one narrative a line")


def _guarded(source: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Make every failure of reading a piece with a problem."""
    try:
        yield from pieces
    except (DealtermsError, OSError, ValueError, *DAMAGED) as error:
        yield Piece(source, problem=failure(error))


def _holds_many(name: str) -> bool:
    return name.lower().endswith((_TAR, *_TAR_GZ, _ZIP, _GZ, _LINES, _PARQUET))


def _stem(name: str) -> str:
    """Give a file's name without folders and endings.

    Examples
    --------
    >>> _stem("../2004/0000912057-00-023442.txt.gz"), _stem("story")
    ('0000912057-00-023442', 'story')
    """
    path = PurePosixPath(name.replace(os.sep, "/"))
    return (path.with_suffix("") if path.suffix.lower() == _GZ else path).stem


def _opened(file: File) -> Iterator[Piece]:
    if not file.path:
        raise FileNotFoundError  # Path("") would be the working folder
    with open(file.path, "rb") as stream:
        if file.path.lower().endswith((_ZIP, _PARQUET)):
            yield from _pieces(stream, file.path, file.path, file.size)
            return
        before = 0
        for piece in _pieces(stream, file.path, file.path, file.size):
            now = stream.tell() if file.regular else before
            yield replace(piece, taken=now - before)
            before = now


def _pieces(stream: IO[bytes], source: str, name: str, size: int = 0, *, member: bool = False) -> Iterator[Piece]:
    """Go through a stream by the ending of its name."""
    kind = name.lower()
    problem = refused(kind)
    if problem:
        raise problem
    if member and kind.endswith((_TAR, *_TAR_GZ, _ZIP, _PARQUET)):
        raise InputError("an archive or Parquet file within an archive is not read", "unpack the outer one")
    if kind.endswith(_TAR_GZ):
        yield from _members(source, tar_members(gunzipped(stream), LARGEST))
    elif kind.endswith(_TAR):
        yield from _members(source, tar_members(stream, LARGEST))
    elif kind.endswith(_ZIP):
        yield from _members(source, zip_members(stream, LARGEST))
    elif kind.endswith(_GZ):
        inner = name[: -len(_GZ)]
        if _holds_many(inner) and not inner.lower().endswith(_LINES):
            raise InputError("a packed file within a packed file is not read", "unpack the outer one")
        yield from _pieces(gunzipped(stream), source, inner, member=member)
    elif kind.endswith(_LINES):
        yield from _lines_of(_lines(stream), source, _stem(name))
    elif kind.endswith(_PARQUET):
        yield from _rows_of(stream, source, _stem(name), size)
    else:
        yield Piece(source, _stem(name), stream.read(LARGEST + 1))


def _members(source: str, members: Iterator[Member]) -> Iterator[Piece]:
    empty = True
    for member in members:
        empty = False
        label = f"{source}/{member.name}"
        if member.stream is None:
            yield Piece(label, taken=member.packed, problem=member.problem)
            continue
        taken = member.packed
        for piece in _guarded(label, _pieces(member.stream, label, member.name, member=True)):
            yield replace(piece, taken=taken)
            taken = 0
    if empty:
        raise InputError("the archive holds no filing or narrative", "give one of text, HTML or .jsonl files")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: stream.readline(LARGEST + 1), b"")


def _lines_of(found: Iterable[bytes], source: str, stem: str) -> Iterator[Piece]:
    empty = True
    for number, line in enumerate(found, 1):
        if len(line) > LARGEST:
            raise too_large(f"line {number}")
        if not line.strip():
            continue
        if empty:
            decode(line)  # a PDF or the like that is called .jsonl is one problem, not one for each line
            if is_table_row(_object(line) or ()):
                raise ours("a table")
            empty = False
        yield Piece(f"{source}:{number}", f"{stem}:{number}", line, is_line=True)
    if empty:
        raise InputError(*_EMPTY)


def _rows_of(stream: IO[bytes], source: str, stem: str, size: int) -> Iterator[Piece]:
    before, number = 0, 0
    for number, (row, share) in enumerate(parquet_rows(stream), 1):
        now = int(size * share)
        piece = Piece(f"{source}:{number}", f"{stem}:{number}", json.dumps(row).encode(), is_line=True, taken=now - before)
        yield piece if row["text"] is not None else replace(piece, problem=InputError("the row has no text", "leave it out"))
        before = now
    if not number:
        raise InputError(*_EMPTY)


def _stdin() -> Iterator[Piece]:
    stream = sys.stdin.buffer
    head = bytearray()
    first = b""
    for first in _lines(stream):
        head += first
        if first.strip() or len(head) > LARGEST:
            break
    if _object(first) is not None:
        yield from _lines_of(chain([first], _lines(stream)), STDIN, STDIN)
    else:
        yield Piece(STDIN, None, bytes(head) + stream.read(LARGEST + 1))


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(decode(line))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None

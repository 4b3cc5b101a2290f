"""What the command line is given: files, folders, lines of JSON and standard input, one text after another."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

from dealterms.errors import DealtermsError, InputError, NotFoundError
from dealterms.filings import decode, looks_like_filing

#: Most bytes of one file, or of one line of a ``.jsonl`` file, which is read line by line however long it is.
LARGEST = 50_000_000

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]", re.I)
_STDIN = "stdin"
_EMPTY = "the file is empty", "give a filing or a narrative"


@dataclass(frozen=True)
class Input:
    """One text to extract from, or why there is none.

    Attributes
    ----------
    source : str
        Where it is from, for messages: a path, ``"stdin"``, or either with the number of a line.
    id : str or None
        The line's own id, else the file's name without its ending; of a line also its number.
    text : str
        Empty where there is a problem.
    registrant : str or None
        The company that files, where a line tells it.
    problem : DealtermsError or None
        Why it cannot be read.
    """

    source: str
    id: str | None = None
    text: str = ""
    registrant: str | None = None
    problem: DealtermsError | None = None


def read_inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input]:
    """Read what the command line is given.

    Parameters
    ----------
    paths : iterable of str or path
        Each a file with one filing or narrative; a ``.jsonl`` file of objects with ``text`` and perhaps ``id`` and
        ``registrant``; a folder of such files, read recursively in the order of their names, without hidden files,
        ``README*`` and ``*.md``; or ``"-"``, standard input: JSON lines if its first line is a JSON object, else one text.

    Yields
    ------
    Input
        One for each text, in order. What cannot be read is an input with a ``problem``; the rest go on.

    Examples
    --------
    >>> [(given.source, str(given.problem)) for given in read_inputs(["missing.txt"])]
    [('missing.txt', 'no such file or folder; check the path')]
    """
    for path in paths:
        if os.fspath(path) == "-":
            yield from _guarded(_STDIN, _stdin())
        else:
            yield from _guarded(os.fspath(path), _path(path))


def _guarded(source: str, inputs: Iterator[Input]) -> Iterator[Input]:
    """Make every failure of reading an input with a problem."""
    try:
        yield from inputs
    except DealtermsError as error:
        yield Input(source, problem=error)
    except FileNotFoundError:
        yield Input(source, problem=NotFoundError("no such file or folder", "check the path"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Input(source, problem=InputError(f"cannot be read ({reason})", "check the path and who may read it"))


def _path(path: str | os.PathLike[str]) -> Iterator[Input]:
    if not os.fspath(path):
        raise FileNotFoundError  # Path("") would be the working folder
    path = Path(path)
    if path.is_dir():
        yield from _folder(path)
        return
    with path.open("rb") as stream:
        if path.suffix.lower() == ".jsonl":
            yield from _json_lines(_lines(stream), str(path), path.stem)
        else:
            yield Input(str(path), path.stem, _text(stream.read(LARGEST + 1)))


def _folder(folder: Path) -> Iterator[Input]:
    empty = True
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or (entry.is_symlink() and entry.is_dir()):  # a linked folder may hold its own folder
            continue
        if entry.is_dir() or not (entry.name.upper().startswith("README") or entry.suffix.lower() == ".md"):
            empty = False
            yield from _guarded(str(entry), _path(entry))
    if empty:
        raise InputError("the folder holds no filing or narrative", "give a folder of text, HTML or .jsonl files")


def _stdin() -> Iterator[Input]:
    stream = sys.stdin.buffer
    head = b""
    first = b""
    for first in _lines(stream):
        head += first
        if first.strip() or len(head) > LARGEST:
            break
    if _is_object(first):
        yield from _json_lines(chain([first], _lines(stream)), _STDIN, _STDIN)
    else:
        yield Input(_STDIN, None, _text(head + stream.read(LARGEST + 1)))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(decode(line)), dict)
    except (ValueError, RecursionError):
        return False


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: stream.readline(LARGEST + 1), b"")


def _json_lines(lines: Iterable[bytes], source: str, stem: str) -> Iterator[Input]:
    empty = True
    for number, line in enumerate(lines, 1):
        if len(line) > LARGEST:
            raise _too_large(f"line {number}")
        if not line.strip():
            continue
        if empty:
            decode(line)  # a PDF or the like that is called .jsonl is one problem, not one for each line
            empty = False
        yield from _guarded(f"{source}:{number}", _json_line(line, f"{source}:{number}", f"{stem}:{number}"))
    if empty:
        raise InputError(*_EMPTY)


def _json_line(line: bytes, source: str, name: str) -> Iterator[Input]:
    try:
        row = json.loads(decode(line).strip())
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg.removesuffix(' at')} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise InputError(f"the line is not JSON ({reason})", "give one object a line") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError("the line is no object with a text", 'give {"text": "..."}, and perhaps "id" and "registrant"')
    if not isinstance(row.get("registrant"), (str, type(None))):
        raise InputError(f"the registrant is {_kind(row['registrant'])}", "give a name or null")
    if not isinstance(row.get("id"), (str, int, type(None))):
        raise InputError(f"the id is {_kind(row['id'])}", "give a string or null")
    yield Input(source, name if row.get("id") is None else str(row["id"]), _checked(row["text"]), row.get("registrant"))


def _kind(value: Any) -> str:
    return f"no string but of type {type(value).__name__}"


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise _too_large("the file")
    return _checked(decode(data))


def _checked(text: str) -> str:
    if not text.strip():
        raise InputError("the text is empty", "give a filing or a narrative")
    if _HTML.match(text) and not looks_like_filing(text):
        raise InputError("an HTML page that is no Form 8-K", "give the main document of the filing, or the narrative as plain text")
    return text


def _too_large(what: str) -> InputError:
    return InputError(f"{what} is larger than {LARGEST // 1_000_000} MB", "give single filings, or a .jsonl file with one narrative a line")

"""Files of each format: how they are recognised, read row by row with the line of each, and written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from dealterms.convert import docbin, doccano, label_studio, prodigy
from dealterms.convert.envelope import Returned, checked, opened
from dealterms.convert.marks import Narrative
from dealterms.errors import DealtermsError, ExampleError, InputError
from dealterms.sources.refused import is_table_row, ours
from dealterms.types import GROUPS

FORMATS = ("label-studio", "doccano", "prodigy", "spacy", "jsonl")

_UNPACK: dict[str, Callable[[Any], Returned]] = {
    "label-studio": label_studio.unpack,
    "doccano": doccano.unpack,
    "prodigy": prodigy.unpack,
    "spacy": docbin.unpack,
}
_RECOGNISED: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("jsonl", lambda row: isinstance(row, dict) and all(group in row for group in GROUPS)),
    ("label-studio", label_studio.is_row),
    ("prodigy", prodigy.is_row),
    ("doccano", doccano.is_row),
)


@dataclass(frozen=True)
class Returns:
    """A labelled narrative that was read.

    Attributes
    ----------
    where : str
        File and line, for messages.
    narrative : dict
        As ``training/GUIDE.md`` defines it.
    notes : tuple of str
        What could not be known.
    reviewed : bool or None
        Whether a person has looked at it; None where the format does not say.
    dropped : str
        Why it is to be left out, where a person said so; else empty.
    """

    where: str
    narrative: Narrative
    notes: tuple[str, ...] = ()
    reviewed: bool | None = None
    dropped: str = ""


@dataclass(frozen=True)
class Problem:
    """A row that cannot be read: where, and why."""

    where: str
    error: DealtermsError


def read_file(data: bytes, source: str, format: str | None = None) -> Iterator[Returns | Problem]:
    """Read labelled narratives from a file of any of the formats.

    Parameters
    ----------
    data : bytes
        What the file holds.
    source : str
        Its name, for messages.
    format : str, optional
        One of `FORMATS`; else it is recognised by its content.

    Yields
    ------
    Returns or Problem
        One for each row, in order.

    Raises
    ------
    dealterms.errors.InputError
        Where the file as a whole cannot be read.

    Examples
    --------
    >>> line = b'{"text": "Five years.", "label": [[0, 10, "term:agreement"]]}'
    >>> [given.narrative["terms"][0]["length"] for given in read_file(line, "labels.jsonl")]
    ['P5Y']
    """
    if format == "spacy" or (format is None and docbin.is_file(data)):
        for number, doc in enumerate(docbin.read(data), 1):
            yield _read_row(doc, f"{source}: doc {number}", "spacy")
        return
    format = None if format is None else _known(format)
    empty = True
    for line, row in _rows(_decoded(data)):
        empty = False
        where = f"{source}:{line}"
        if isinstance(row, DealtermsError):
            yield Problem(where, row)
            continue
        format = format or _recognised(row)  # a file is of one format: that of its first row
        yield _read_row(row, where, format)
    if empty:
        raise InputError("the file is empty", "give what the tool exported")


def _read_row(row: Any, where: str, format: str) -> Returns | Problem:
    """Read one row; a text to which nobody gave an id is called by its file and line."""
    try:
        if format == "jsonl":
            return Returns(where, checked(row))
        if format != "spacy" and not isinstance(row, dict):
            raise ExampleError(f"not an object but {type(row).__name__}", "give one object for each text")
        returned = _UNPACK[format](row)
        narrative, notes = opened(returned, PurePath(where).name)
        return Returns(where, narrative, tuple(notes), returned.reviewed, returned.dropped)
    except DealtermsError as error:
        return Problem(where, error)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        return Problem(
            where, ExampleError(f"not of the form of {format} ({reason})", "export it again, or say which form it is with --from")
        )


def _known(format: str) -> str:
    if format not in FORMATS:
        raise InputError(f"the format {format!r} is none of {', '.join(FORMATS)}", "give one of them")
    return format


def _recognised(row: Any) -> str:
    if isinstance(row, dict) and is_table_row(row):
        raise ours("a table")
    for name, is_row in _RECOGNISED:
        if is_row(row):
            return name
    raise InputError(
        "of no format that can be recognised",
        "say which with --from; Label Studio must export as JSON (not JSON-MIN), Doccano as JSONL, Prodigy by db-out",
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start})", "save it as UTF-8") from None


def _rows(text: str) -> Iterator[tuple[int, Any]]:
    """Give each object with its line: those of an array, or one a line, or one over many lines."""
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        yield from _array(text, start + 1)
        return
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if first.strip() and _is_cut(first):  # spread over lines: one object, or several in a row
        yield from _array(text, start)
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, _not_json(error)


def _is_cut(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        return error.pos >= len(line.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def _array(text: str, position: int) -> Iterator[tuple[int, Any]]:
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while True:
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        if position >= len(text) or text[position] == "]":
            return
        line, counted = line + text.count("\n", counted, position), position
        try:
            row, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield line, _not_json(error)  # where the next object would begin cannot be known
            return
        yield line, row


def _not_json(error: Exception) -> InputError:
    reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
    return InputError(f"not JSON ({reason})", "export it again; the file may be cut off")


def to_bytes(narratives: list[Narrative], format: str) -> bytes:
    """Give labelled narratives as a file of a format.

    Parameters
    ----------
    narratives : list of dict
        As ``training/GUIDE.md`` defines them, or output lines of ``extract``.
    format : str
        One of `FORMATS`.

    Returns
    -------
    bytes
        UTF-8 text, or a DocBin for ``spacy``.

    Examples
    --------
    >>> empty = {"text": "Nothing.", "parties": [], "payments": [], "royalties": [], "terms": [], "renewals": []}
    >>> to_bytes([empty], "doccano").decode()[:38]
    '{"text": "Nothing.", "entities": [], "'
    """
    if format == "spacy":
        return docbin.write(narratives)
    if format == "label-studio":
        return _json([label_studio.pack(narrative) for narrative in narratives], "[\n", ",\n", "\n]\n")
    packs: dict[str, Callable[[Narrative], Any]] = {"doccano": doccano.pack, "prodigy": prodigy.pack, "jsonl": dict}
    pack = packs[_known(format)]
    return _json([pack(narrative) for narrative in narratives], "", "\n", "\n" if narratives else "")


def _json(rows: list[Any], head: str, between: str, tail: str) -> bytes:
    def told(row: Any) -> str:
        line = json.dumps(row, ensure_ascii=False)
        return line if line.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in line) else json.dumps(row)

    return (head + between.join(map(told, rows)) + tail).encode()

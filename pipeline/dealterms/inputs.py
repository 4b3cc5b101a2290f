"""What the command line is given, one text after another, decoded and checked."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dealterms.errors import DealtermsError, InputError
from dealterms.filings import decode, looks_like_filing
from dealterms.sources import Piece, contents, find_files, read_pieces

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]", re.I)


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
    row : dict or None
        The whole object, of a line.
    """

    source: str
    id: str | None = None
    text: str = ""
    registrant: str | None = None
    problem: DealtermsError | None = None
    row: dict[str, Any] | None = field(default=None, compare=False, repr=False)


def read_inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input]:
    """Read what the command line is given.

    Parameters
    ----------
    paths : iterable of str or path
        Each a file with one filing or narrative; a ``.jsonl`` or ``.parquet`` file of objects or rows with ``text`` and perhaps
        ``id`` and ``registrant``; any of these packed as ``.gz``, ``.zip``, ``.tar`` or ``.tar.gz``; a folder of such files,
        read recursively in the order of their names, without hidden files, ``README*``, ``*.md`` and folders of the tables
        that ``extract`` writes; a pattern such as ``"2004/**/*.txt"``; or ``"-"``, standard input: JSON lines if its first line is a JSON object, else one text.

    Yields
    ------
    Input
        One for each text, in order. What cannot be read is an input with a ``problem``; the rest go on.

    Examples
    --------
    >>> [(given.source, str(given.problem)) for given in read_inputs(["missing.txt"])]
    [('missing.txt', 'no such file or folder; check the path')]
    """
    return map(read_input, read_pieces(find_files(paths)))


def read_input(piece: Piece) -> Input:
    """Decode and check a text as it was found.

    Parameters
    ----------
    piece : Piece
        One of those of ``dealterms.sources.read_pieces``.

    Returns
    -------
    Input
        With a ``problem`` where it cannot be read.

    Examples
    --------
    >>> read_input(Piece("a.txt", "a", "Société".encode("cp1252"))).text
    'Société'
    """
    if piece.problem:
        return Input(piece.source, problem=piece.problem)
    try:
        if piece.is_line:
            return _from_line(piece)
        data = contents.read_whole(piece.path) if piece.path else piece.data
        if len(data) > contents.LARGEST:
            raise contents.too_large("the file")
        return Input(piece.source, piece.name, checked(decode(data)))
    except (OSError, ValueError) as error:
        return Input(piece.source, problem=contents.failure(error))


def _from_line(piece: Piece) -> Input:
    try:
        row = json.loads(decode(piece.data).strip())
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg.removesuffix(' at')} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise InputError(f"the line is not JSON ({reason})", "give one object a line") from None
    if isinstance(row, dict) and "text" in row and row["text"] is None:
        raise InputError("the line's text is null", "leave the line out")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError("the line is no object with a text", 'give {"text": "..."}, and perhaps "id" and "registrant"')
    if not isinstance(row.get("registrant"), (str, type(None))):
        raise InputError(f"the registrant is {_kind(row['registrant'])}", "give a name or null")
    id = _whole(row.get("id"))
    if not isinstance(id, (str, int, type(None))):
        raise InputError(f"the id is {_kind(id)}", "give a string or null")
    return Input(piece.source, piece.name if id is None else str(id), checked(row["text"]), row.get("registrant"), row=row)


def _whole(id: Any) -> Any:
    """Give a number for a whole one that a table with missing ids has as a float, and None for a missing one."""
    if not isinstance(id, float):
        return id
    return None if math.isnan(id) else int(id) if id.is_integer() else id


def _kind(value: Any) -> str:
    return f"no string but of type {type(value).__name__}"


def checked(text: str) -> str:
    """Refuse what can be seen at once to be neither filing nor narrative.

    Parameters
    ----------
    text : str
        What was given.

    Returns
    -------
    str
        The same.

    Raises
    ------
    InputError
        It is empty, a JSON array or object, or an HTML page that is no Form 8-K.

    Examples
    --------
    >>> checked("Acme licensed a drug to Beta.")
    'Acme licensed a drug to Beta.'
    """
    if not text.strip():
        raise InputError("the text is empty", "give a filing or a narrative")
    if _is_json(text):
        raise InputError("JSON, not a narrative", "give .jsonl with one object a line")
    if _HTML.match(text) and not looks_like_filing(text):
        raise InputError("an HTML page that is no Form 8-K", "give the main document of the filing, or the narrative as plain text")
    return text


def _is_json(text: str) -> bool:
    """Tell whether a text is one JSON array or object; a narrative that begins alike fails to parse at once."""
    if text.lstrip()[:1] not in ("[", "{"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True

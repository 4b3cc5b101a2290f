"""What came of one input, as the line of JSON that travels from a worker to the tables."""

from __future__ import annotations

import json
from typing import Any

from dealterms.batch.rows import Rows, error_rows, whole_characters

_FAILED = b'{"id":null,"rows":{"errors":'


def line(id: str | None, rows: Rows) -> bytes:
    """Give the rows of a filing, and the key that it asks for, without a line end.

    Examples
    --------
    >>> line("a", {"deals": []})
    b'{"id":"a","rows":{"deals":[]}}'
    """
    told: dict[str, Any] = {"id": id if id is None else whole_characters(id), "rows": rows}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def failure_line(source: str, stage: str, message: str) -> bytes:
    """Give the line of an input that failed.

    Examples
    --------
    >>> failure_line("a.txt", "input", "the file is empty")
    b'{"id":null,"rows":{"errors":[{"input":"a.txt","stage":"input","message":"the file is empty"}]}}'
    """
    return line(None, error_rows(whole_characters(source), stage, whole_characters(message)))


def failure_of(told: bytes) -> tuple[str, str] | None:
    """Give the source and the message of a line that `failure_line` gave, None for every other one.

    Examples
    --------
    >>> failure_of(failure_line("a.txt", "input", "the file is empty")), failure_of(line("a", {"deals": []}))
    (('a.txt', 'the file is empty'), None)
    """
    if not told.startswith(_FAILED):
        return None
    (row,) = json.loads(told)["rows"]["errors"]
    return row["input"], row["message"]

"""The documents of a submission, as EDGAR's SGML wraps them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOCUMENT = re.compile(r"<DOCUMENT>", re.I)
_TYPE = re.compile(r"<TYPE>[ \t]*([^\s<]*)", re.I)
_DESCRIPTION = re.compile(r"<DESCRIPTION>[ \t]*([^\r\n<]*)", re.I)
_TEXT = re.compile(r"<TEXT>[ \t]*\r?\n?", re.I)
_END = re.compile(r"</TEXT>|</DOCUMENT>|-----END PRIVACY", re.I)


@dataclass(frozen=True)
class Document:
    """One document of a submission.

    Attributes
    ----------
    type : str
        Such as ``"8-K"`` or ``"EX-99.1"``; empty for a file that is no submission.
    description : str
        What the filer calls it.
    start, end : int
        Where its text stands in the file.
    """

    type: str
    description: str
    start: int
    end: int


def split_documents(text: str) -> tuple[Document, ...]:
    """Find the documents of a submission.

    Parameters
    ----------
    text : str
        A full submission, one wrapped document, or a bare document.

    Returns
    -------
    tuple of Document
        In file order; a bare document is the only one.

    Examples
    --------
    >>> split_documents("<DOCUMENT>\\n<TYPE>EX-99\\n<TEXT>\\nNews\\n</TEXT>\\n</DOCUMENT>")
    (Document(type='EX-99', description='', start=30, end=35),)
    """
    marks = [match.end() for match in _DOCUMENT.finditer(text)]
    if not marks:
        return (Document("", "", 0, len(text)),)
    return tuple(_document(text, start, end) for start, end in zip(marks, [*marks[1:], len(text)]))


def _document(text: str, start: int, end: int) -> Document:
    body = _TEXT.search(text, start, end)
    head = body.start() if body else min(end, start + 2000)
    kind, description = _TYPE.search(text, start, head), _DESCRIPTION.search(text, start, head)
    begin = body.end() if body else max(match.end() for match in (kind, description) if match) if kind or description else start
    stop = _END.search(text, begin, end)
    return Document(
        kind.group(1).upper() if kind else "",
        description.group(1).strip() if description else "",
        begin,
        stop.start() if stop else end,
    )

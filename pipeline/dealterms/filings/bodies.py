"""Where an item's body ends, and what at its ends is no part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dealterms.filings.scan import SPACE, spaced

_SIGNATURE = re.compile(
    rf"""
    ^(?:[^\w\n]|_){{0,60}}
    (?:
        (?:form\s+8-k\s+)?{spaced("signature")}(?:{SPACE}?\(?s\)?)?(?:\s+pages?)?(?:[^\w\n]|_){{0,60}}$
        | (?:pursuant{SPACE}+to|in{SPACE}+accordance{SPACE}+with)\s+the\s+requirements?\s+of\s+(?:the\s+)?
          (?:section\s+\S{{1,12}}\s+(?:or\s+\S{{1,12}}\s+)?of\s+the\s+)?
          (?:securit|exchange\s+act|act\s+of\s+1934)
    )
    """,
    re.I | re.M | re.X,
)
_REQUIREMENTS = re.compile(r"requirements?\s+of|duly\s+(?:caused|authorized)|/s/|signed\s+on", re.I)
_INDEX = re.compile(rf"^[^\w\n]{{0,60}}(?:exhibits?{SPACE}+index|index{SPACE}+(?:to|of){SPACE}+exhibits?)[^\w\n]{{0,60}}$", re.I | re.M)
_PAGE_NUMBER = r"(?:\d{1,3}|[ivx]{1,5})"
_NO_BODY = re.compile(
    rf"""
    (?:[^\w<]|_)*
    (?:
        (?:[-–—\s]*\d{{1,3}}[-–—\s]*)?</?page>(?:[^\w<]|_)*(?:[\divx]{{0,5}}|[a-z]-?\d{{1,3}})
        | (?:form\s+8-k\S*[\s,–—|-]*)?page\s*[-–—]?\s*{_PAGE_NUMBER}(?:\s*(?:of|/)\s*{_PAGE_NUMBER})?(?:\s+pages?)?
        | {_PAGE_NUMBER}(?:\s*(?:of|/)\s*\d{{1,3}})? | [a-z]-\d{{1,3}}
        | (?:back\s+to\s+)?table\s+of\s+contents
        | (?:the\s+)?(?:remainder|rest|balance)\s+of\s+(?:this\s+|the\s+)?page[^\n]{{0,120}}
        | (?:this\s+)?(?:space|page)\s+(?:is\s+)?(?:intentionally|left)[^\n]{{0,60}}
        | (?:the\s+)?signatures?\s+(?:(?:pages?|appears?|is|are)\s+)?
          (?:follows?|to\s+follow|begins?|on\s+(?:the\s+)?(?:following|next))[^\n]{{0,80}}
    )?
    (?:[^\w<]|_)*
    """,
    re.I | re.X,
)
_SECTION = re.compile(r"[^\w\n]*section\s+\d{1,2}\b(?:\.(?!\d))?[^\n.]{0,110}\.?\s*", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_LINE = 200
_REACH = 400


@dataclass(frozen=True)
class Signature:
    """Where the report may be signed.

    Attributes
    ----------
    start : int
        Where the block begins.
    sure : int or None
        Where the words stand that only such a block has; without them it may be a line of a table of contents.
    """

    start: int
    sure: int | None


def find_signatures(text: str) -> list[Signature]:
    """Find the beginnings of signature blocks.

    Parameters
    ----------
    text : str
        The text of a Form 8-K.

    Returns
    -------
    list of Signature
        In order.

    Examples
    --------
    >>> text = "Acme bought Beta.\\n\\nSIGNATURES\\n\\nDuly authorized to sign"
    >>> [text[: signature.start] for signature in find_signatures(text)]
    ['Acme bought Beta.\\n\\n']
    """
    found = []
    for match in _SIGNATURE.finditer(text):
        words = _REQUIREMENTS.search(text, match.start(), match.end() + _REACH)
        found.append(Signature(match.start(), words.start() if words else None))
    return found


def find_index(text: str, start: int, end: int) -> int:
    """Find where the index of exhibits begins at the end of a body; its end where there is none.

    An index right below "(d) Exhibits" or a colon is what the item says, and stays.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The body.

    Returns
    -------
    int
        A place in the body, or ``end``.

    Examples
    --------
    >>> text = "(d) Exhibits are listed below.\\n\\nEXHIBIT INDEX\\n\\n99.1 Press release"
    >>> text[: find_index(text, 0, len(text))]
    '(d) Exhibits are listed below.\\n\\n'
    """
    match = _INDEX.search(text, start, end)
    if match is None or text[start : match.start()].rstrip().endswith(":") or len(_WORD.findall(text, start, match.start())) < 3:
        return end
    return match.start()


def trim(text: str, start: int, end: int, section_follows: bool = False) -> tuple[int, int]:
    """Take from both ends of a body what is no part of it.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The body.
    section_follows : bool, optional
        Whether another item follows, whose "Section 9 - ..." line may stand at the end of this one.

    Returns
    -------
    tuple of int
        The bounds without white space, page numbers, ``<PAGE>`` marks, rules and "[signature page follows]".

    Examples
    --------
    >>> text = "\\n-----\\nAcme bought Beta.\\n\\n   - 2 -\\n<PAGE>   3\\n"
    >>> start, end = trim(text, 0, len(text))
    >>> text[start:end]
    'Acme bought Beta.'
    """
    start, end = _strip(text, start, end)
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        if not _is_no_body(text, start, line_end):
            break
        start, end = _strip(text, line_end, end)
    while start < end:
        line = max(text.rfind("\n", start, end) + 1, start)
        if not (_is_no_body(text, line, end) or (section_follows and end - line < _LONGEST_LINE and _SECTION.fullmatch(text, line, end))):
            break
        start, end = _strip(text, start, line)
    return start, end


def _is_no_body(text: str, start: int, end: int) -> bool:
    return end - start < _LONGEST_LINE and _NO_BODY.fullmatch(text, start, end) is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

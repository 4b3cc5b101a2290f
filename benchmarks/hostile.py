"""Texts that are long, and texts made to be slow: each a function from a length in characters to a text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from benchmarks.corpus import long_narrative, made_name

Maker = Callable[[int], str]

_FILING = "<html><body><p>FORM 8-K</p><p>Item 5. Other Events</p>"
_DEAL = "Acme, Inc. licensed its patents to Beta GmbH for an upfront fee of $5 million and royalties of 5% of net sales for five years."


def repeated(piece: str, before: str = "", after: str = "") -> Maker:
    """Make a text of one piece over and over."""
    return lambda length: before + piece * ((length - len(before) - len(after)) // len(piece) + 1) + after


def numbered(piece: Callable[[int], str]) -> Maker:
    """Make a text of pieces each of which is another."""

    def make(length: int) -> str:
        pieces: list[str] = []
        size = 0
        for number in count():
            if size >= length:
                break
            pieces.append(piece(number))
            size += len(pieces[-1])
        return "".join(pieces)

    return make


#: By what they are called in the results.
CASES: dict[str, Maker] = {
    "deal narratives": long_narrative,
    "one deal sentence": repeated(_DEAL + " "),
    "$1,1,1,": repeated("$1,1,1,"),
    "$5 million, ": repeated("$5 million, "),
    "5% or ": repeated("5% or "),
    "for five years ": repeated("for five years "),
    "May 8, 2000, ": repeated("May 8, 2000, "),
    "digits": repeated("1234567890"),
    "(": repeated("("),
    "quotes": repeated('"'),
    '(the "A")': repeated('(the "A") '),
    "capitals, no space": repeated("ABCDEFGHIJ"),
    "Capitalised Words": repeated("Alpha Beta Gamma "),
    "ALL CAPITALS": repeated("ALPHA PAYS BETA "),
    "one word": repeated("royalty "),
    "one letter": repeated("a"),
    "different companies": numbered(lambda number: f"{made_name(number)}, Inc. paid. "),
    "companies and short names": numbered(lambda number: f'{made_name(number)} Corp. ("{made_name(number)[:6]}") paid $5 million. '),
    "one endless sentence": repeated(_DEAL[:-1] + ", and "),
    "semicolons": repeated(_DEAL[:-1] + "; "),
    "dots": repeated(". "),
    "line breaks": repeated("\n"),
    "nested tables": repeated("<table><tr><td>", _FILING + f"<p>{_DEAL}</p>"),
    "tables of figures": repeated("<tr><td>Acme, Inc.</td><td>$5 million</td></tr>", _FILING + f"<p>{_DEAL}</p><table>", "</table>"),
    "item headings": repeated("Item 5. Other Events\n\n", f"FORM 8-K\n\nItem 5. Other Events\n\n{_DEAL}\n\n"),
}

"""The numbers of items after the word "Item"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dealterms.filings.scan import SPACE, skip
from dealterms.filings.titles import NEW, OLD

_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NUMERALS = {**dict(zip(_CARDINALS, OLD)), **dict(zip(_ROMANS, OLD))}
_NUMBER = re.compile(
    rf"""
    (?P<whole>\d{{1,2}}?)
    (?:
        {SPACE}?\.{SPACE}?(?P<minor>\d\d)(?!\d|(?-i:[a-z]))      # 5.02, "5 .02", "5.02Departure"
        | (?:[.:](?P<tenth>0?\d)|[-,]?(?P<hundredth>0\d))(?![^\W_]|%)  # where a title bears it out: 8.1, 8:01, 801, 8-01
        | (?![^\W_])                                             # 5
    )
    | (?P<word>{"|".join(sorted(_NUMERALS, key=len, reverse=True))})(?![^\W_])
    """,
    re.I | re.X,
)
_BEFORE = re.compile(r"\W{0,12}(?:(?:nos?|numbers?)\b)?\W{0,12}", re.I)
_LETTER = r"\((?:[a-z]|\d|[ivx]{2,4})\)"
_PARTS = re.compile(rf"{SPACE}?{_LETTER}(?:(?:{SPACE}|,|and|&|or|[-–]|through|to|/){{0,4}}{_LETTER}){{0,8}}", re.I)
_AND = re.compile(
    r"""
    [.)]?\s{0,3}
    (?:[,;&/+] | \band\b | \bor\b | (?P<through>-|–|—|\bthrough\b|\bthru\b|\bto\b))
    \s{0,3}(?:(?:and\b|&)\s{0,3})?
    (?:items?\s{0,3}(?:nos?\.?\s)?)?(?=\d)
    """,
    re.I | re.X,
)
_LONGEST = 12


@dataclass(frozen=True)
class Numbers:
    """The items that a heading or a sentence names.

    Attributes
    ----------
    items : tuple of str
        As the form numbers them.
    end : int
        Where the last number ends, without the "(b)" after it.
    sure : bool
        Whether they are written as the form writes them; if not, only the title can tell.
    """

    items: tuple[str, ...]
    end: int
    sure: bool


def read_numbers(text: str, position: int) -> Numbers | None:
    """Read the numbers from ``position`` on.

    Parameters
    ----------
    text : str
        The text.
    position : int
        Where the word "Item" ends.

    Returns
    -------
    Numbers or None
        None where no number of an item follows.

    Examples
    --------
    >>> read_numbers("Items 1.01(a) and 2.03.", 5)
    Numbers(items=('1.01', '2.03'), end=22, sure=True)
    >>> read_numbers("Items 2 through 4:", 5).items
    ('2', '3', '4')
    >>> read_numbers("Item 404(a)", 4) is None
    True
    """
    number = _read(text, skip(_BEFORE, text, position))
    if number is None:
        return None
    item, end, sure = number
    items = [item]
    for _ in range(_LONGEST):
        link = _AND.match(text, skip_parts(text, end))
        number = _read(text, link.end()) if link else None
        if link is None or number is None or not number[2]:
            break
        item, end, _ = number
        if link.group("through"):
            items += _between(items[-1], item)
        items.append(item)
    return Numbers(tuple(dict.fromkeys(items)), end, sure)


def skip_parts(text: str, position: int) -> int:
    """Give the place after the "(b), (c)" that may follow a number.

    Examples
    --------
    >>> skip_parts("5.02(b), (c) Departure", 4)
    12
    """
    return skip(_PARTS, text, position)


def _read(text: str, position: int) -> tuple[str, int, bool] | None:
    """Read one number: the item, where it ends, and whether it is sure."""
    match = _NUMBER.match(text, position)
    if match is None:
        return None
    if match.group("word"):
        return _NUMERALS[match.group("word").lower()], match.end(), False
    whole = str(int(match.group("whole")))
    rest = match.group("minor") or match.group("tenth") or match.group("hundredth")
    item = f"{whole}.{rest.zfill(2)}" if rest else whole
    if item in NEW:
        return item, match.end(), match.group("minor") is not None
    if item in OLD:
        return item, match.end(), True
    # "Item 5. 10 million": the second number is none of the item's.
    if whole in OLD and re.search(r"\s", match.group()):
        return whole, match.end("whole"), True
    return None


def _between(first: str, last: str) -> list[str]:
    for numbers in (list(OLD), list(NEW)):
        if first in numbers and last in numbers:
            return numbers[numbers.index(first) + 1 : numbers.index(last)]
    return []

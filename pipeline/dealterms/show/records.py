"""What is shown of each record: one row of the table, and the places of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from dealterms import wording
from dealterms.types import GROUPS, Deal, Party, Reason, Record

#: A record less sure than this is about as often wrong as right (see the calibration in ``training/RESULTS.md``).
DOUBTFUL = 0.6

_QUOTE_WIDTH = 160


@dataclass(frozen=True)
class Place:
    """Where words of a record are in the text of the deal.

    Attributes
    ----------
    id : str
        Of the element that holds the words.
    start, end : int
        Half-open and not empty.
    row : Row
        The record's.
    """

    id: str
    start: int
    end: int
    row: Row


@dataclass(frozen=True)
class Row:
    """A record as it is shown: every text is one printable line, but for ``reason``.

    Attributes
    ----------
    id : str
        Of the row's element.
    number : int
        From 1, through all groups.
    group : str
        Such as ``"payments"``.
    what, value, who, words : str
        The cells.
    confidence : float
        0 to 1.
    background : bool
        Whether it is of another agreement.
    reason : str
        Why it is what it is; empty where nobody knows.
    spots : tuple of (int, int)
        The places of its words.
    """

    id: str
    number: int
    group: str
    what: str
    value: str
    who: str
    words: str
    confidence: float
    background: bool
    reason: str
    spots: tuple[tuple[int, int], ...]

    @property
    def doubtful(self) -> bool:
        """Whether it should be looked at first."""
        return self.confidence < DOUBTFUL

    @property
    def sure(self) -> str:
        """The confidence in percent."""
        return f"{self.confidence:.0%}"

    @property
    def places(self) -> list[Place]:
        """Where its words are, in order."""
        return [Place(f"{self.id}-words-{number}", start, end, self) for number, (start, end) in enumerate(self.spots, 1)]

    @property
    def told(self) -> str:
        """All of it in one line."""
        parts = [f"{self.number} {self.what}: {self.value}", self.who, f"{self.sure} sure"]
        parts += ["doubtful"] * self.doubtful + ["of another agreement"] * self.background
        return "; ".join(part for part in parts if part)


def rows_of(deal: Deal, prefix: str) -> list[Row]:
    """Give the rows of a deal.

    Parameters
    ----------
    deal : Deal
        Any deal.
    prefix : str
        What the ids begin with.

    Returns
    -------
    list of Row
        Group by group, in the order of the text.

    Examples
    --------
    >>> from dealterms.types import Term
    >>> deal = Deal("It runs five years.", terms=(Term("agreement", "P5Y", quote="five years", start=8, end=18),))
    >>> [(row.id, row.told, row.spots) for row in rows_of(deal, "x")]
    [('x-terms-1', '1 agreement term: 5 years; 100% sure', ((8, 18),))]
    """
    names = wording.short_names(deal.parties)
    numbers = count(1)
    return [
        _row(deal, record, group, names, next(numbers), f"{prefix}-{group}-{place}")
        for group in GROUPS
        for place, record in enumerate(getattr(deal, group), 1)
    ]


def _row(deal: Deal, record: Record, group: str, names: dict[str, str], number: int, id: str) -> Row:
    reason = getattr(record, "reason", Reason())
    return Row(
        id=id,
        number=number,
        group=group,
        what=wording.one_line(wording.what(record)),
        value=wording.one_line(wording.value(record, deal.text)),
        who=wording.one_line(_also(record) if isinstance(record, Party) else wording.who(record, names)).replace("->", "→"),
        words=wording.shorten(getattr(record, "quote", ""), _QUOTE_WIDTH),
        confidence=float(getattr(record, "confidence", 1.0)),
        background=bool(getattr(record, "background", False)),
        reason="" if reason == Reason() else "".join(c for c in str(reason) if c == "\n" or c.isprintable()),
        spots=tuple(sorted({(start, end) for start, end in _spots(deal, record) if 0 <= start < end <= len(deal.text)})),
    )


def _also(party: Party) -> str:
    forms = dict.fromkeys(wording.one_line(alias) for alias in party.aliases)
    return f"also {', '.join(forms)}" if forms else ""


def _spots(deal: Deal, record: Record) -> Iterator[tuple[int, int]]:
    """Give the places of a record's words; a labelled party has none, and its names are looked for."""
    if not isinstance(record, Party):
        yield getattr(record, "start", 0), getattr(record, "end", 0)
    elif record.mentions:
        yield from record.mentions  # type: ignore[misc]
    else:
        forms = sorted(filter(None, {record.name, *record.aliases}), key=len, reverse=True)
        if forms:
            yield from (m.span() for m in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", deal.text))

"""One figure each, beside what was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure.

    Attributes
    ----------
    what : str
        What was measured.
    figure : str
        As it is printed.
    target : str
        What was asked for; ``""`` where nothing was.
    met : bool or None
        Whether it is; None where nothing was asked for, or nothing measured.
    """

    what: str
    figure: str
    target: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "MISSED", None: ""}[self.met]


def at_least(what: str, value: float, target: float) -> Row:
    """Give the row of a ratio that should be high."""
    return Row(what, ratio(value), f"at least {target:g}", value >= target)


def at_most(what: str, value: float, target: float, unit: str) -> Row:
    """Give the row of an amount that should be low."""
    return Row(what, f"{value:,.0f} {unit}", f"at most {target:g} {unit}", value <= target)


def ratio(value: float) -> str:
    """Give a ratio in three digits.

    Examples
    --------
    >>> ratio(0.04234), ratio(1.5), ratio(123.4)
    ('0.042', '1.50', '123')
    """
    return f"{value:#.3g}".rstrip(".")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Give a Markdown table that also reads well on a terminal: columns of even width."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines)]
    told = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    told.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(told)


def figures(rows: Iterable[Row]) -> str:
    """Give rows as a table."""
    return table(("measure", "figure", "target", ""), ((row.what, row.figure, row.target, row.verdict) for row in rows))

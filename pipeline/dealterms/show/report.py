"""Reports: pages that hold all they need, and forbid themselves to ask for anything else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from importlib.metadata import version
from itertools import chain

from markupsafe import Markup

from dealterms import wording
from dealterms.show.fragment import fragment
from dealterms.show.records import DOUBTFUL
from dealterms.show.rendering import fragment_style, render
from dealterms.types import GROUPS, Deal

_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7, "D": 1}  # to sort by, nothing else
_KINDS = (("upfront", "upfront"), ("milestones", "milestone"), ("total", "total"))


@dataclass(frozen=True)
class Cell:
    """A cell of the index: its text, and the number to sort it by where there is one."""

    text: str
    key: float | None = None


@dataclass(frozen=True)
class Entry:
    """A deal in the index.

    Attributes
    ----------
    number : int
        From 1, in the order of the inputs.
    name, registrant : str
        What the deal is called, and who files.
    href : str
        Where it is shown.
    cells : dict of str to Cell
        The columns of `Deal.summary`.
    records, doubtful : int
        How many there are.
    least : float or None
        The lowest confidence; None where there is no record.
    """

    number: int
    name: str
    registrant: str
    href: str
    cells: dict[str, Cell]
    records: int
    doubtful: int
    least: float | None


def entry_of(deal: Deal, number: int, href: str) -> Entry:
    """Give a deal's row of the index.

    Examples
    --------
    >>> from dealterms.types import Term
    >>> entry = entry_of(Deal("", id="a", terms=(Term("agreement", "P2Y", confidence=0.4),)), 1, "#deal-1")
    >>> entry.name, entry.cells["term"], entry.doubtful, entry.least
    ('a', Cell(text='2 years', key=730.5), 1, 0.4)
    """
    keys = {
        **{
            column: _largest(payment for payment in deal.payments if payment.kind == kind and not payment.background)
            for column, kind in _KINDS
        },
        "royalty": _largest(royalty for royalty in deal.royalties if not royalty.background),
        "term": max((_days(term.length) for term in deal.terms if term.length and not term.background), default=None),
    }
    told = deal.summary()
    sure = [record.confidence for group in GROUPS for record in getattr(deal, group)]
    return Entry(
        number=number,
        name=_name(deal, number),
        registrant=wording.one_line(deal.registrant or ""),
        href=href,
        cells={column: Cell(wording.one_line(told[column] or ""), keys.get(column)) for column in told},
        records=len(sure),
        doubtful=sum(value < DOUBTFUL for value in sure),
        least=min(sure, default=None),
    )


def _largest(records: Iterable) -> float | None:
    ends: Iterable[Decimal | None] = chain.from_iterable((record.low, record.high) for record in records)
    return max((float(end) for end in ends if end is not None), default=None)


def _days(length: str) -> float:
    return sum(float(count) * _DAYS[unit] for count, unit in wording.DURATION_PART.findall(length))


def _name(deal: Deal, number: int) -> str:
    return wording.one_line(str(deal.id or deal.registrant or "")) or f"deal {number}"


def deal_section(deal: Deal, number: int) -> Markup:
    """Give a deal as a section of a page; its id is ``deal-`` and the number."""
    return render("section.html", deal=deal, name=_name(deal, number), id=f"deal-{number}", body=fragment(deal, f"deal-{number}"))


def deal_page(deal: Deal, number: int, index: str) -> str:
    """Give a page with one deal.

    Parameters
    ----------
    deal : Deal
        What is shown.
    number : int
        Its number in the index.
    index : str
        Where the index is.

    Returns
    -------
    str
        A whole page of HTML.
    """
    return _page(_name(deal, number), [], [deal_section(deal, number)], back=f"{index}#entry-{number}")


def index_page(entries: Sequence[Entry], sections: Sequence[Markup] = ()) -> str:
    """Give a page with an index, and perhaps the deals.

    Parameters
    ----------
    entries : sequence of Entry
        The deals, in order; of one deal that is on the same page, no index is shown.
    sections : sequence of Markup
        What `deal_section` gave; empty where each deal has a page of its own.

    Returns
    -------
    str
        A whole page of HTML.

    Examples
    --------
    >>> page = index_page([entry_of(Deal("Nothing."), 1, "#deal-1")], [deal_section(Deal("Nothing."), 1)])
    >>> page.startswith("<!doctype html>"), "default-src 'none'" in page
    (True, True)
    """
    single = len(entries) == 1 and bool(sections)
    title = entries[0].name if single else f"{len(entries)} deals"
    return _page(title, [] if single else entries, sections)


def _page(title: str, entries: Sequence[Entry], sections: Sequence[Markup], back: str = "") -> str:
    style = fragment_style() + "\n" + render("page.css").strip()
    script = render("page.js").strip()
    return str(
        render(
            "page.html",
            title=title,
            entries=entries,
            sections=sections,
            back=back,
            style=style,
            script=script,
            policy=_policy(style, script),
            version=version("dealterms"),
            doubt=f"{DOUBTFUL:.0%}",
        )
    )


def _policy(style: str, script: str) -> Markup:
    """Allow the page's own style and script by their hashes, and nothing else: no request, no form, no other script."""
    rules = "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'"
    return Markup(rules).format(_hash(style), _hash(script))


def _hash(source: str) -> str:
    return b64encode(sha256(source.encode()).digest()).decode()

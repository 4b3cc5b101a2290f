"""One row of a deal table."""

from __future__ import annotations

from collections.abc import Iterable

from dealterms import wording
from dealterms.types import Deal

#: The columns, in order.
COLUMNS = ("licensor", "licensee", "upfront", "milestones", "total", "royalty", "term", "renewal")

_GIVING = frozenset({"licensor", "supplier", "seller"})
_TAKING = frozenset({"licensee", "distributor", "purchaser"})
_KINDS = {"upfront": "upfront", "milestones": "milestone", "total": "total"}


def summarize(deal: Deal) -> dict[str, str | None]:
    """Give one row of a deal table.

    Parameters
    ----------
    deal : Deal
        What was extracted.

    Returns
    -------
    dict of str to str or None
        The `COLUMNS`. The licensor's column also names suppliers and sellers, the licensee's distributors and purchasers;
        collaborators fill, in order, whichever of the two would be empty. Several values are joined by "; ", background is
        left out, and what the text does not tell is None.

    Examples
    --------
    >>> from dealterms.types import Party, Term
    >>> row = summarize(Deal("", parties=(Party("Acme Inc.", role="seller"),), terms=(Term("agreement", "P5Y"), Term("supply", "P2Y"))))
    >>> row["licensor"], row["licensee"], row["term"]
    ('Acme Inc.', None, '5 years; 2 years (supply)')
    """
    licensors, licensees = _sides(deal)
    payments = {
        column: [wording.payment(payment) for payment in deal.payments if payment.kind == kind and not payment.background]
        for column, kind in _KINDS.items()
    }
    terms = [
        wording.term(term, deal.text) + ("" if term.kind == "agreement" else f" ({term.kind})")
        for term in deal.terms
        if not term.background
    ]
    columns: dict[str, Iterable[str]] = {
        "licensor": licensors,
        "licensee": licensees,
        **payments,
        "royalty": [wording.royalty(royalty) for royalty in deal.royalties if not royalty.background],
        "term": terms,
        "renewal": [wording.renewal(renewal) for renewal in deal.renewals if not renewal.background],
    }
    return {column: "; ".join(dict.fromkeys(columns[column])) or None for column in COLUMNS}


def _sides(deal: Deal) -> tuple[list[str], list[str]]:
    giving = [wording.one_line(party.name) for party in deal.parties if party.role in _GIVING]
    taking = [wording.one_line(party.name) for party in deal.parties if party.role in _TAKING]
    others = [wording.one_line(party.name) for party in deal.parties if party.role not in _GIVING | _TAKING]
    if not giving:
        # Two collaborators are the two sides; beside a licensee all of them are the other side.
        giving, others = (others, []) if taking else (others[:1], others[1:])
    return giving, taking or others

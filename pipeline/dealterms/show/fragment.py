"""A deal as a fragment of HTML: its narrative with the evidence coloured, above the table of its records."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby

from markupsafe import Markup

from dealterms.show.narrative import narrative
from dealterms.show.records import rows_of
from dealterms.show.rendering import fragment_style, render
from dealterms.types import Deal


def deal_html(deal: Deal) -> str:
    """Give a deal as a notebook shows it.

    Parameters
    ----------
    deal : Deal
        Any deal.

    Returns
    -------
    str
        A style, light and dark, and a ``div``, without scripts and outside requests. Numbers behind the words link
        to the rows of the table, and the rows to the words; the ids are made of the deal, so that other deals have others.

    Examples
    --------
    >>> deal_html(Deal("<script>alert(1)</script>")).count("<script>")
    0
    """
    mark = sha256(deal.to_json().encode("utf-8", "backslashreplace")).hexdigest()[:10]
    return str(render("notebook.html", style=fragment_style(), body=fragment(deal, f"deal-{mark}")))


def fragment(deal: Deal, prefix: str) -> Markup:
    """Give a deal without its style.

    Parameters
    ----------
    deal : Deal
        Any deal.
    prefix : str
        What the ids begin with, another one for each deal of a page.

    Returns
    -------
    Markup
        One ``div``.
    """
    rows = rows_of(deal, prefix)
    groups = [(group, list(members)) for group, members in groupby(rows, lambda row: row.group)]
    return render(
        "deal.html",
        deal=deal,
        prefix=prefix,
        narrative=narrative(deal.text, rows),
        groups=groups,
        doubtful=any(row.doubtful for row in rows),
        background=any(row.background for row in rows),
        explained=any(row.reason for row in rows),
    )

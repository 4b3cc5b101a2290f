"""A deal as HTML for notebooks: the narrative with its evidence coloured, above the table of records. All text is escaped."""

from __future__ import annotations

from html import escape

from dealterms import wording
from dealterms.types import GROUPS, Deal, Party, Payment, Record, Renewal, Royalty, Term

COLORS = {"parties": "#cfe8ff", "payments": "#d6f5d6", "royalties": "#fde2b3", "terms": "#e8d9ff", "renewals": "#ffd6e0"}


def deal_html(deal: Deal) -> str:
    """Give a deal as an HTML fragment.

    Parameters
    ----------
    deal : Deal
        Any deal.

    Returns
    -------
    str
        One ``div``, without scripts and outside requests.

    Examples
    --------
    >>> deal_html(Deal("<script>alert(1)</script>")).count("<script>")
    0
    """
    legend = " ".join(f'<span style="background:{color};color:#000;padding:0 .4em">{group}</span>' for group, color in COLORS.items())
    rows = "".join(_row(deal, group, record) for group in GROUPS for record in getattr(deal, group))
    table = (
        f"<table><tr><th></th><th>kind</th><th>value</th><th>confidence</th><th>words</th></tr>{rows}</table>"
        if rows
        else "<p>no deal found</p>"
    )
    return f'<div><p>{legend}</p><p style="white-space:pre-wrap">{_marked(deal)}</p>{table}</div>'


def _places(deal: Deal) -> list[tuple[int, int, str, str]]:
    places = []
    for group in GROUPS:
        for record in getattr(deal, group):
            spots = record.mentions if isinstance(record, Party) else ((record.start, record.end),)
            places += [(start, end, group, _value(deal, record)) for start, end in spots if start < end]
    return sorted(places, key=lambda place: (place[0], place[1] - place[0]))


def _marked(deal: Deal) -> str:
    """Colour the evidence; of two pieces that overlap the first begun, and of two begun together the shorter, is shown."""
    parts, position = [], 0
    for start, end, group, value in _places(deal):
        if start < position:
            continue
        parts.append(escape(deal.text[position:start]))
        parts.append(
            f'<mark style="background:{COLORS[group]};color:#000" title="{escape(group + ": " + value, quote=True)}">{escape(deal.text[start:end])}</mark>'
        )
        position = end
    return "".join(parts) + escape(deal.text[position:])


def _value(deal: Deal, record: Record) -> str:
    if isinstance(record, Payment):
        return wording.payment(record)
    if isinstance(record, Royalty):
        return wording.royalty(record)
    if isinstance(record, Term):
        return wording.term(record, deal.text)
    if isinstance(record, Renewal):
        return wording.renewal(record)
    return wording.one_line(record.name) if isinstance(record, Party) else ""


def _row(deal: Deal, group: str, record: Record) -> str:
    kind = str(getattr(record, "kind", "") or getattr(record, "role", ""))
    if getattr(record, "background", False):
        kind += " (background)"
    cells = (
        group,
        kind,
        _value(deal, record),
        f"{getattr(record, 'confidence', 1.0):.2f}",
        wording.shorten(getattr(record, "quote", ""), 120),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"

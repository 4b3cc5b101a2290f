"""A deal as rows of the tables."""

from __future__ import annotations

import re
from typing import Any

from dealterms.batch.schema import names
from dealterms.filings import Header
from dealterms.types import GROUPS, Deal, Record, plain

#: The rows of one filing, by table; the key of the filing is added when the tables are written.
Rows = dict[str, list[dict[str, Any]]]

_HEADER = ("form", "filed", "period", "company", "cik", "sic", "accession")
_NAMES = frozenset({"name", "aliases", "payer", "payee", "holder"})
_LONGEST = 1000
_HALVES = re.compile("[\ud800-\udfff]")


def deal_rows(deal: Deal, header: Header, source: str | None, outcome: str) -> Rows:
    """Give the rows of one filing.

    Parameters
    ----------
    deal : Deal
        What was extracted.
    header : Header
        What the filing says of itself.
    source : str or None
        Where it is from.
    outcome : str
        What came of it, where nothing was found in it.

    Returns
    -------
    dict of str to list of dict
        One row of ``deals``, and one for each record in the table of its group, without ``id``.

    Examples
    --------
    >>> rows = deal_rows(Deal("Nothing."), Header(form="8-K"), "a.txt", "no_deal")
    >>> rows["deals"][0]["form"], rows["deals"][0]["n_payments"], "payments" in rows
    ('8-K', 0, False)
    """
    groups = {group: getattr(deal, group) for group in GROUPS}
    found = any(groups.values())
    row = {
        "source": source,
        "registrant": deal.registrant,
        **{name: getattr(header, name) for name in _HEADER},
        "items": list(dict.fromkeys(item.item for item in deal.items)),
        "outcome": "deal" if found else outcome,
        **deal.summary(),
        **{f"n_{group}": len(records) for group, records in groups.items()},
        "text": deal.text if found else None,
    }
    told = {
        group: [_record_row(record, number) for number, record in enumerate(records, 1)] for group, records in groups.items() if records
    }
    return {"deals": [row], **told}


def error_rows(source: str | None, stage: str, message: str) -> Rows:
    """Give the row of an input that failed.

    Examples
    --------
    >>> error_rows("a.txt", "input", "the file is empty")
    {'errors': [{'input': 'a.txt', 'stage': 'input', 'message': 'the file is empty'}]}
    """
    return {"errors": [dict(zip(names("errors"), (source, stage, message[:_LONGEST])))]}


def whole_characters(text: str) -> str:
    """Put U+FFFD for halves of surrogate pairs, which no table can hold; offsets stay what they are.

    Examples
    --------
    >>> whole_characters("a\\ud800b")
    'a\ufffdb'
    """
    return _HALVES.sub("\ufffd", text) if _HALVES.search(text) else text


def _record_row(record: Record, number: int) -> dict[str, Any]:
    row = {"number": number, **record.to_dict()}
    for name, value in row.items():
        if isinstance(value, tuple):
            row[name] = plain(value)
        if name in _NAMES and row[name] is not None:
            row[name] = [_one_line(alias) for alias in row[name]] if name == "aliases" else _one_line(row[name])
    if "count" in row:
        row["successive"] = row["count"] == "successive"
        row["count"] = None if row["successive"] else row["count"]
    return row


def _one_line(name: str) -> str:
    """Join a name that is wrapped in the filing."""
    return " ".join(name.split())

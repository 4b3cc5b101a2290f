"""One narrative with a record of each sort, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from dealterms.convert import Problem, Returns, read_file, to_bytes

TEXT = (
    'Quillon Inc. ("Quillon") will license its resin process from Marrow AG for ten years. Quillon pays Marrow $2 million at signing,\n'
    "up to $6 million in sales milestones and 4% of net sales, and may renew for a further five years."
)
BUYER, OWNER = "Quillon Inc.", "Marrow AG"
SIDES = {"payer": BUYER, "payee": OWNER}
DEAL: dict[str, Any] = {
    "id": "x-1",
    "registrant": BUYER,
    "text": TEXT,
    "parties": [
        {"name": BUYER, "aliases": ["Quillon"], "role": "licensee"},
        {"name": OWNER, "aliases": ["Marrow"], "role": "licensor"},
    ],
    "payments": [
        {"kind": "upfront", "low": 2000000, "high": 2000000, "currency": "USD", "approximate": False, "per": None, "milestone": None}
        | {"contingent": False, **SIDES, "background": False, "quote": "$2 million at signing"},
        {"kind": "milestone", "low": None, "high": 6000000, "currency": "USD", "approximate": False, "per": None, "milestone": "sales"}
        | {"contingent": True, **SIDES, "background": False, "quote": "up to $6 million in sales milestones"},
    ],
    "royalties": [
        {"low": 4, "high": 4, "tiered": False, "amount": None, "currency": None, "per": None, "base": "net sales"}
        | {**SIDES, "background": False, "quote": "4% of net sales"}
    ],
    "terms": [{"kind": "agreement", "length": "P10Y", "ends": None, "event": None, "background": False, "quote": "for ten years"}],
    "renewals": [
        {"length": "P5Y", "count": 1, "automatic": False, "holder": BUYER, "notice": None, "fee": False, "background": False}
        | {"quote": "renew for a further five years"}
    ],
}
EMPTY: dict[str, Any] = {"parties": [], "payments": [], "royalties": [], "terms": [], "renewals": []}


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def back(data: bytes, **options: Any) -> list[Returns]:
    """Read rows none of which may be wrong."""
    found = []
    for given in read_file(data, "labels", **options):
        assert not isinstance(given, Problem), given
        found.append(given)
    return found


def there_and_back(narratives: list[dict[str, Any]], format: str) -> list[Returns]:
    return back(to_bytes(narratives, format), format=format)


def changed(group: str, number: int = 0, /, **fields: Any) -> dict[str, Any]:
    """Give the deal with some fields of one record changed."""
    records = [record | fields if index == number else record for index, record in enumerate(DEAL[group])]
    return DEAL | {group: records}

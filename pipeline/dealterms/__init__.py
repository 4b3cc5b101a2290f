"""Deal terms from the narratives of SEC Form 8-K.

Examples
--------
>>> import dealterms
>>> deal = dealterms.extract("Acme Inc. licensed its patents to Beta GmbH, which paid Acme an upfront fee of $3 million.")
>>> [(party.name, party.role) for party in deal.parties]
[('Acme Inc.', 'licensor'), ('Beta GmbH', 'licensee')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dealterms.types import Deal, Item, Party, Payment, Renewal, Royalty, Term

if TYPE_CHECKING:
    from dealterms.api import extract, extract_many, load, mentions

__version__ = "0.1.0"
__all__ = ["Deal", "Item", "Party", "Payment", "Renewal", "Royalty", "Term", "extract", "extract_many", "load", "mentions"]


def __getattr__(name: str) -> Any:
    # spaCy imports every factory of every installed package: importing dealterms must cost nothing.
    if name in {"extract", "extract_many", "load", "mentions"}:
        from dealterms import api

        return getattr(api, name)
    raise AttributeError(f"module 'dealterms' has no attribute {name!r}")

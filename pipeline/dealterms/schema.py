"""The JSON Schema of what dealterms gives, read off the records themselves."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from dealterms.types import GROUPS, MILESTONES, PARTY_ROLES, PAYMENT_KINDS, TERM_KINDS, Deal, Item, Party, Payment, Record, Royalty, Term

#: ISO 8601 duration in years, months, weeks and days; ISO 8601 date of year, month or day precision; ISO 4217 code.
DURATION = r"^P(?=\d)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?$"
DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
CURRENCY = r"^[A-Z]{3}$"

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number"},
    Decimal: {"type": "number", "minimum": 0},
    type(None): {"type": "null"},
}
_CLOSED: dict[tuple[type, str], tuple[str, ...]] = {
    (Party, "role"): PARTY_ROLES,
    (Payment, "kind"): PAYMENT_KINDS,
    (Payment, "milestone"): MILESTONES,
    (Term, "kind"): TERM_KINDS,
}
_STRICTER: dict[str, dict[str, Any]] = {
    "length": {"pattern": DURATION},
    "notice": {"pattern": DURATION},
    "ends": {"pattern": DATE},
    "currency": {"pattern": CURRENCY},
    "confidence": {"maximum": 1, "minimum": 0},
    "count": {"anyOf": [{"type": "integer", "minimum": 1}, {"const": "successive"}, {"type": "null"}]},
}
_SAID = {
    "aliases": "Every other form of the name in the text.",
    "amount": "Sum per unit, the highest where it steps; null where the royalty is a rate.",
    "approximate": 'Whether the text says "approximately" or the like.',
    "automatic": "Whether it renews unless somebody acts.",
    "background": "Whether it is of an earlier or other agreement, or of one that has ended.",
    "base": "What the rate applies to, in the text's words.",
    "confidence": "How sure the program is, 0 to 1.",
    "contingent": "Whether it depends on an event or a choice.",
    "count": 'How often; "successive" where there is no limit.',
    "currency": "ISO 4217 code.",
    "end": "Where it ends in the text of the deal, exclusive.",
    "ends": "ISO 8601 date, as precise as the text.",
    "event": "Words of an ending that is an event.",
    "fee": "Whether the text says that it costs something.",
    "file_end": "Where it ends in the file, exclusive.",
    "file_start": "Where it begins in the file.",
    "high": "Highest value; null where it is open or not told.",
    "holder": "Party that may choose; null where unsaid, mutual or automatic.",
    "item": "Number of the item, such as 5 or 1.01.",
    "kind": "What it is.",
    "length": "ISO 8601 duration in the units of the text.",
    "low": "Lowest value; null where it is open or not told.",
    "mentions": "Start and end of each mention in the text.",
    "milestone": "What the milestone waits for; null for other kinds.",
    "name": "Fullest form of the name in the text.",
    "notice": "ISO 8601 duration of the notice that stops or exercises it.",
    "payee": "Name of the party that is paid.",
    "payer": "Name of the party that pays.",
    "per": "Unit, where the sum is for each of something.",
    "quote": "Shortest phrase that shows the fact, exactly as in the text.",
    "role": "Side of the deal.",
    "start": "Where it begins in the text of the deal, in characters (code points).",
    "tiered": "Whether the rate has steps.",
    "title": "Heading of the item.",
}
_OF_DEAL = {
    "id": "The caller's name for the narrative.",
    "registrant": "Company that files.",
    "text": "The narrative; offsets point into it.",
}


def deal_schema(payment_kinds: Sequence[str] = PAYMENT_KINDS) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of one output object.

    Parameters
    ----------
    payment_kinds : sequence of str
        The kinds of payment of a model that has learned others than the shipped one (``Models.payment_kinds``).

    Returns
    -------
    dict
        What `dealterms.Deal.to_dict` gives is valid against it.

    Examples
    --------
    >>> deal_schema()["$defs"]["term"]["properties"]["kind"]["enum"]
    ['agreement', 'research', 'option', 'royalty', 'exclusivity', 'supply']
    """
    kinds: dict[str, type[Record]] = {"items": Item, **GROUPS}
    hints = typing.get_type_hints(Deal)
    head = {name: {**_type(hints[name]), "description": said} for name, said in _OF_DEAL.items()}
    lists = {
        group: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__.lower()}"}, "description": _purpose(kind)}
        for group, kind in kinds.items()
    }
    records = {kind.__name__.lower(): _record(kind) for kind in kinds.values()}
    records["payment"]["properties"]["kind"]["enum"] = [*payment_kinds]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Deal",
        "description": "The terms of one narrative or filing, as dealterms extracts them.",
        **_object({**head, **lists}),
        "$defs": records,
    }


def _record(kind: type[Record]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    named = {f.name: _property(kind, f.name, hints[f.name]) for f in fields(kind) if f.name not in kind.hidden}
    return {"description": _purpose(kind), **_object(named)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _property(kind: type[Record], name: str, hint: Any) -> dict[str, Any]:
    values = _CLOSED.get((kind, name))
    if values is not None:
        schema: dict[str, Any] = {"enum": [*values, None] if type(None) in typing.get_args(hint) else [*values]}
    elif name in _STRICTER and "anyOf" in _STRICTER[name]:
        schema = _STRICTER[name]
    else:
        schema = {**_type(hint), **_STRICTER.get(name, {})}
    said = _SAID[name] + (" In percent." if kind is Royalty and name in {"low", "high"} else "")
    return {**schema, "description": said}


def _type(hint: Any) -> dict[str, Any]:
    """Give the schema of a field's type: scalars, optional scalars, tuples of one type, tuples of fixed length."""
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        if inner[-1] is Ellipsis:
            return {"type": "array", "items": _type(inner[0])}
        return {"type": "array", "prefixItems": [_type(part) for part in inner], "minItems": len(inner), "maxItems": len(inner)}
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        parts = [_type(part) for part in inner]
        merged = {key: value for part in parts for key, value in part.items()}
        return {**merged, "type": [part["type"] for part in parts]}
    return dict(_SCALARS[hint])


def _purpose(kind: type[Record]) -> str:
    return (kind.__doc__ or "").partition("\n")[0]

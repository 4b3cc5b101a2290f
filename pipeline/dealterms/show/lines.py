"""Deals out of lines that already hold their records."""

from __future__ import annotations

import sys
from typing import Any

from dealterms.errors import InputError
from dealterms.types import GROUPS, Deal

_MOST_PLACES = 5000
_MALFORMED = "give lines as extract writes them, or without records"


def deal_of_line(row: dict[str, Any] | None) -> Deal | None:
    """Read a line that holds records.

    Parameters
    ----------
    row : dict or None
        An output line of ``dealterms extract``, a labelled narrative, or anything else with a ``text``.

    Returns
    -------
    Deal or None
        None where the five lists of records are not all there.

    Raises
    ------
    dealterms.errors.InputError
        For records that are none.

    Examples
    --------
    >>> deal_of_line({"text": "Nothing."}) is None
    True
    >>> deal_of_line({"text": "Nothing."} | {group: [] for group in GROUPS})
    Deal(text='Nothing.', registrant=None, id=None, items=(), parties=(), payments=(), royalties=(), terms=(), renewals=())
    """
    if row is None or not all(isinstance(row.get(group), list) for group in GROUPS):
        return None
    for group in GROUPS:
        for number, record in enumerate(row[group], 1):
            if fault := _fault(record):
                raise InputError(f"number {number} of its {group} cannot be read ({fault})", _MALFORMED)
    if sum(len(record.get("mentions", "x")) for group in GROUPS for record in row[group]) > _MOST_PLACES:
        raise InputError(f"it tells of more than {_MOST_PLACES} places", _MALFORMED)
    try:
        return Deal.from_dict({key: value for key, value in row.items() if key != "id"})
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"its records cannot be read ({error})", _MALFORMED) from None


def _fault(record: Any) -> str | None:
    """Say what is wrong with a record, of whatever group it is."""
    if not isinstance(record, dict):
        return "no object"
    for name, value in record.items():
        if name in _NEEDED and not _NEEDED[name](value):
            return name
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_text_or_null(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _is_number_or_null(value: Any) -> bool:
    return value is None or _is_number(value)


def _is_offset(value: Any) -> bool:
    return isinstance(value, int)


def _is_count(value: Any) -> bool:
    return value is None or isinstance(value, (int, str))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_spans(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(span, list) and len(span) == 2 and all(map(_is_offset, span)) for span in value)


_NEEDED = {
    **dict.fromkeys(("name", "role", "kind", "quote"), _is_text),
    **dict.fromkeys(
        ("currency", "per", "milestone", "payer", "payee", "base", "length", "ends", "event", "holder", "notice"), _is_text_or_null
    ),
    **dict.fromkeys(("low", "high", "amount"), _is_number_or_null),
    **dict.fromkeys(("start", "end"), _is_offset),
    "count": _is_count,
    "confidence": _is_number,
    "aliases": _are_texts,
    "mentions": _are_spans,
}

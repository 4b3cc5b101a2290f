"""The fields of a record as a form in a tool shows them: figures and words as text, yes and no as flags."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from dealterms.errors import ExampleError
from dealterms.types import MILESTONES

FLAGS = {
    "payments": ("approximate", "contingent", "background"),
    "royalties": ("tiered", "background"),
    "terms": ("background",),
    "renewals": ("automatic", "fee", "background"),
}
TEXTS = {
    "payments": ("low", "high", "currency", "per"),
    "royalties": ("low", "high", "amount", "currency", "per", "base"),
    "terms": ("length", "ends", "event"),
    "renewals": ("length", "count", "notice"),
}
CHOICES = {"payments": {"milestone": MILESTONES}}

_DURATION = re.compile(r"P(?=\d)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+W)?(\d+D)?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def shown(group: str, record: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a record as a form shows them.

    Parameters
    ----------
    group : str
        Such as ``"payments"``.
    record : dict
        A labelled record.

    Returns
    -------
    dict
        ``flags``, the names of the fields that are true, and the text of every other field that is not null.

    Examples
    --------
    >>> shown("renewals", {"length": "P1Y", "count": 2, "notice": None, "automatic": True, "fee": False, "background": False})
    {'flags': ('automatic',), 'length': 'P1Y', 'count': '2'}
    """
    told: dict[str, Any] = {"flags": tuple(name for name in FLAGS.get(group, ()) if record.get(name))}
    for name in (*TEXTS.get(group, ()), *CHOICES.get(group, ())):
        if record.get(name) is not None:
            told[name] = str(record[name])
    return told


def edited(group: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Give the fields that a person changed in a form, as values.

    Parameters
    ----------
    group : str
        Such as ``"payments"``.
    before, after : dict
        As `shown` gives them.

    Returns
    -------
    dict
        Changed fields alone.

    Raises
    ------
    dealterms.errors.ExampleError
        Where what was filled in is no value of its field.

    Examples
    --------
    >>> edited("renewals", {"flags": ("fee",), "length": "P1Y"}, {"flags": (), "length": "two years", "count": "1"})
    {'fee': False, 'length': 'P2Y', 'count': 1}
    """
    changed: dict[str, Any] = {}
    for name in FLAGS.get(group, ()):
        flagged = name in after.get("flags", ())
        if flagged != (name in before.get("flags", ())):
            changed[name] = flagged
    for name in (*TEXTS.get(group, ()), *CHOICES.get(group, ())):
        old, new = before.get(name), after.get(name)
        if _line(old) != _line(new):
            changed[name] = _value(name, new.strip()) if new and new.strip() else None
    return changed


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _value(name: str, text: str) -> Any:
    from dealterms.normalize.dates import parse_date
    from dealterms.normalize.duration import parse_duration

    if name in ("low", "high", "amount"):
        return _number(name, text)
    if name == "count":
        return text if text == "successive" else _whole(name, text)
    if name in ("length", "notice"):
        return text if _DURATION.fullmatch(text) else _told(parse_duration(text), name, text, "P18M or 18 months")
    if name == "ends":
        return text if _DATE.fullmatch(text) else _told(parse_date(text), name, text, "2031, 2031-03 or 2031-03-31")
    return text


def _number(name: str, text: str) -> int | float:
    from dealterms.normalize.numbers import parse_number
    from dealterms.types import plain

    try:
        number: Decimal | None = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = parse_number(text)
    if number is None or not number.is_finite():
        _told(None, name, text, "2500000 or 2.5 million")
    return plain(number)


def _whole(name: str, text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else _told(None, name, text, '2, "successive" or nothing')


def _told(value: Any, name: str, text: str, such: str) -> Any:
    if value is None:
        raise ExampleError(f"{name} is {text!r}, which cannot be read", f"write such as {such}")
    return value

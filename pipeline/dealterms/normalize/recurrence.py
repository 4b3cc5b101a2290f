"""Lengths of renewals that are told without a figure and a unit side by side: "annually", "a third year", "five more"."""

from __future__ import annotations

import re

from dealterms.normalize.duration import ORDINALS
from dealterms.normalize.numbers import parse_number

_ORDINAL = rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_END = r"(?=\s*(?:[.,;:()]|$|(?:if|unless|at|with|upon|on|provided|without|by|when|should|subject|in|through|and|or)\b))"
# Whatever stands between the verb and the length: "it", "the agreement", "automatically".
_GAP = r"^[^.;]{0,45}?\b"
_EACH = (
    (re.compile(r"\byear ?-? ?(?:to|by|after|for) ?-? ?year\b|\bfrom year\b"), "P1Y"),
    (re.compile(r"\bmonth ?-? ?(?:to|by|after|for) ?-? ?month\b"), "P1M"),
)
_RECURRING = (
    (
        re.compile(
            rf"{_GAP}(?:annually|yearly|(?:each|every|per) year|(?:an?|one) year at a time|annual (?:\w+ )?(?:basis|periods?|terms?|increments?))\b"
        ),
        "P1Y",
    ),
    (re.compile(rf"{_GAP}(?:monthly|(?:each|every) month|(?:a|one) month at a time)\b"), "P1M"),
    (re.compile(rf"{_GAP}(?:quarterly|(?:each|every) quarter)\b"), "P3M"),
)
_NTH_YEAR = re.compile(rf"{_GAP}(?:an?|the|its|into) (?:(?:optional|possible) )?{_ORDINAL} (?:\w+ )?year\b")
_NTH = re.compile(rf"{_GAP}(?:for|by|through|into) an? {_ORDINAL}{_END}")
_COUNTED = re.compile(
    rf"{_GAP}(?:for|by|another|further|additional|up to|of|with|in)\s+(?:(?:up to|another|an?|further|additional|maximum of)\s+)*"
    rf"(?P<count>[a-z]+|\d{{1,2}})(?:\s+\(\s*\d+\s*\))?(?:\s+(?:more|further|additional|others?))?{_END}"
)
_MOST = 99


def length_without_unit(behind: str, before: str = "", unit: str | None = None) -> str | None:
    """Read the length of a renewal from the words behind what tells of it.

    Parameters
    ----------
    behind, before : str
        Words of its sentence behind and before it, in lower case.
    unit : str, optional
        ``Y``, ``M`` or ``D``: the unit of the length told last, which "five more" goes on with.

    Returns
    -------
    str or None
        ISO 8601 duration; None where no length is told.

    Examples
    --------
    >>> length_without_unit("annually unless either party objects")
    'P1Y'
    >>> length_without_unit("the research for a third year")
    'P1Y'
    >>> length_without_unit("for another five if sales reach the target", unit="Y")
    'P5Y'
    >>> length_without_unit("it by mutual consent", unit="Y") is None
    True
    """
    if re.search(r"\bannual $", before):
        return "P1Y"
    for pattern, length in _EACH:
        if pattern.search(before) or pattern.search(behind):
            return length
    for pattern, length in _RECURRING:
        if pattern.search(behind):
            return length
    if _NTH_YEAR.search(behind):
        return "P1Y"
    if unit is None:
        return None
    counted = _COUNTED.search(behind)
    number = parse_number(counted.group("count")) if counted else None
    if number is not None and 0 < number <= _MOST:
        return f"P{number:g}{unit}" if isinstance(number, float) else f"P{number}{unit}"
    return f"P1{unit}" if _NTH.search(behind) else None

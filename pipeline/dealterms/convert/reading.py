"""What marked words tell by themselves: the values that our normalisers read, and what stays unknown."""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import lru_cache
from typing import Any

from dealterms.types import GROUPS, plain

# What places a record or tells how sure the program is of it: no part of a label.
_EVIDENCE = frozenset({"start", "end", "mentions", "confidence", "reason"})
_LABELS = ("MONEY", "PERCENT", "DURATION", "DATE", "EVENT")


def blank(group: str) -> dict[str, Any]:
    """Give a record of which nothing is known: null, false and empty, in the order of the guide.

    Examples
    --------
    >>> blank("terms")
    {'kind': None, 'length': None, 'ends': None, 'event': None, 'background': False, 'quote': ''}
    """
    told = [f for f in fields(GROUPS[group]) if f.name not in _EVIDENCE]
    return {f.name: [] if f.default == () else None if f.default is MISSING else f.default for f in told}


def read_words(group: str, text: str, start: int, end: int) -> dict[str, Any]:
    """Read the fields of a record from its words.

    Parameters
    ----------
    group : str
        Such as ``"payments"``.
    text : str
        The narrative.
    start, end : int
        Half-open range of characters.

    Returns
    -------
    dict
        The fields that words alone can tell, None where these do not: sum and currency of a payment, and whether it is about right;
        rates, or sum per unit, of a royalty; length, end and event of a term; length of a renewal.

    Examples
    --------
    >>> text = "a fee of up to $3 million for five years"
    >>> read_words("payments", text, 9, 25)
    {'low': None, 'high': 3000000, 'currency': 'USD', 'approximate': False}
    >>> read_words("terms", text, 26, 40)
    {'length': 'P5Y', 'ends': None, 'event': None}
    """
    from dealterms.assemble.payments import bounds

    mentions, cues = _found(text)
    inside = {label: [m for m in mentions if m.label == label and start <= m.start and m.end <= end] for label in _LABELS}
    money, rates, lengths = inside["MONEY"], inside["PERCENT"], inside["DURATION"]
    if group == "payments":
        if not money or money[0].low is None:
            return {"low": None, "high": None, "currency": None, "approximate": False}
        told = _cues(cues, start, money[0].start)
        low, high = bounds(money[0], told[0] if told else "")
        return {"low": plain(low), "high": plain(high), "currency": money[0].value, "approximate": "approximate" in told}
    if group == "royalties":
        if rates:
            lows, highs = [m.low for m in rates], [m.high for m in rates]
            low = None if None in lows else min(lows)  # type: ignore[type-var]
            high = None if None in highs else max(highs)  # type: ignore[type-var]
            if low == high:
                told = _cues(cues, start, rates[0].start)
                low, high = None if "cap" in told else low, None if "floor" in told else high
            tiered = low is not None and high is not None and low != high
            return {"low": plain(low), "high": plain(high), "tiered": tiered, "amount": None, "currency": None}
        sums = [m for m in money if m.high is not None]
        amount = max((m.high for m in sums), default=None)  # type: ignore[type-var]
        currency = sums[0].value if sums else None
        return {"low": None, "high": None, "tiered": len({m.high for m in sums}) > 1, "amount": plain(amount), "currency": currency}
    length = lengths[0].value if lengths else None
    if group == "terms":
        dates = inside["DATE"]
        events = [m for m in inside["EVENT"] if not any(date.start >= m.start for date in dates)]  # "until 2031" ends with a date
        event = text[events[0].start : end] if events else None
        return {"length": length, "ends": dates[0].value if dates else None, "event": event}
    return {"length": length} if group == "renewals" else {}


@lru_cache(maxsize=4)
def _found(text: str) -> tuple[list[Any], list[tuple[int, int, str]]]:
    """Give the candidates of a text and its cues of bounds ("up to", "at least") by characters."""
    from dealterms.candidates import bound_kind, find_mentions
    from dealterms.words import words_of

    words = words_of(text)
    found = find_mentions(words)
    cues = [(words.starts[first], words.ends[last - 1], bound_kind(pattern)) for first, last, pattern in found.bounds]
    return found.mentions, cues


def _cues(cues: list[tuple[int, int, str]], start: int, before: int) -> list[str]:
    """Give the cues between the start of the marked words and the figure, those of bounds first, the nearest first."""
    told = [kind for begin, end, kind in reversed(cues) if start <= begin and end <= before]
    return sorted(told, key="approximate".__eq__)

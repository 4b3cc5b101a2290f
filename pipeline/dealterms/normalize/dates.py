"""Dates of day, month or year precision as ISO 8601."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.?\s*(?:(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)|,?\s*(?:of\s+)?)?(\d{{4}})\b", re.I | re.A)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:day\s+)?(?:of\s+)?({_MONTH})\b\.?,?\s*(\d{{4}})\b", re.I | re.A)
_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", re.A)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b", re.A)
_END_OF_YEAR = re.compile(r"\b(?:end of|year[ -]end)\s+(?:calendar\s+|fiscal\s+)?(?:year\s+)?((?:19|20)\d{2})\b", re.I | re.A)
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b", re.A)


def parse_date(words: str) -> str | None:
    """Read a date.

    Parameters
    ----------
    words : str
        Such as ``"May 8, 2000"``, ``"14th day of October, 1996"``, ``"12/31/2005"`` (month first, as American filings
        write it), ``"June 2008"``, ``"2012"``.

    Returns
    -------
    str or None
        ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None where there is no date, or an impossible one.

    Examples
    --------
    >>> parse_date("the 14th day of October, 1996")
    '1996-10-14'
    >>> parse_date("June 2008")
    '2008-06'
    >>> parse_date("February 30, 2001") is None
    True
    """
    words = " ".join(words.split())
    day_first = _DAY_FIRST.search(words)
    if day_first:
        return _iso(day_first.group(3), MONTHS[day_first.group(2).lower()], day_first.group(1))
    month_first = _MONTH_FIRST.search(words)
    if month_first:
        return _iso(month_first.group(3), MONTHS[month_first.group(1).lower()], month_first.group(2))
    iso = _ISO.search(words)
    if iso:
        return _iso(iso.group(1), int(iso.group(2)), iso.group(3))
    numeric = _NUMERIC.search(words)
    if numeric:
        year = numeric.group(3)
        if len(year) == 2:
            # EDGAR begins in 1993: two digits from 70 on are of the last century.
            year = ("19" if int(year) >= 70 else "20") + year
        return _iso(year, int(numeric.group(1)), numeric.group(2))
    year_only = _END_OF_YEAR.search(words) or _YEAR.search(words)
    return year_only.group(1) if year_only else None


def _iso(year: str, month: int, day: str | None) -> str | None:
    from datetime import date

    try:
        date(int(year), month, int(day or 1))
    except ValueError:
        return None
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")

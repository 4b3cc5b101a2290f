"""How often an agreement may be renewed, as the words around the renewal tell it."""

from __future__ import annotations

import re

from dealterms.normalize.numbers import parse_number

_NUMBER = r"(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})(?:\s*\(\s*\d+\s*\))?"
_PERIOD = r"(?:terms?|periods?|extensions?|renewals?|options?|times|occasions)"
# "Five more years" is a length, "five option years" a count.
_OPTION = r"(?:option|optional|extension|renewal)\s+(?:contract\s+)?(?:years?|quarters?|months?)"
_COUNTED = re.compile(
    rf"\b{_NUMBER.replace('count', 'count0')}\s+(?:(?:additional|further|successive|consecutive|separate|\w+-year)\s+)*{_OPTION}\b"
    rf"|\b{_NUMBER}\s+(?:(?:additional|further|successive|consecutive|more|subsequent|separate|optional|renewal|option|extension|extra|other|new|equal|like)\s*,?\s*)+(?:[\w()-]+\s+){{0,4}}?{_PERIOD}\b"
    rf"|\b{_NUMBER.replace('count', 'count2')}\s+(?:[\w()-]+[ -]){{1,3}}?(?:year|month)s?\s+(?:(?:additional|extension|option|renewal)\s+)?(?:{_PERIOD})\b"
    rf"|\b{_NUMBER.replace('count', 'count3')}\s+(?:renewals?|extensions?|options?|times|periods?|terms)\b",
    re.I,
)
_ONE = re.compile(
    r"\b(?:another|an additional|a further|a second|a subsequent|an extra|a renewal|once|a third|a fourth|one more|one time|additional\s+\S+[ -]year|a like|a new|one)\b",
    re.I,
)
_SUCCESSIVE = re.compile(
    r"\b(?:successive|consecutive|year[ -]to[ -]year|month[ -]to[ -]month|from year|each year|annually|every|evergreen|recurring|successively|year by year|additional [\w()\s-]{0,24}(?:periods|terms)|renewal terms|further [\w()\s-]{0,24}(?:periods|terms)|(?:year|month)s? (?:periods|terms))\b",
    re.I,
)
_TWICE = re.compile(
    r"\btwice\b|\b(?:then|thereafter|again)\b,? (?:(?:for|by|in) )?(?:another|an? (?:second|third|further|like|similar)|(?:an )?additional|\w+ (?:years? |months? )?(?:more|further)\b)"
    r"|\ba second\b.{0,200}\ba third\b|\bsecond such (?:term|period)|\bfourth\b.{0,40}\bfifth year",
    re.I,
)


def count_of(near: str, automatic: bool) -> int | str | None:
    """Read how often an agreement may be renewed.

    Parameters
    ----------
    near : str
        The words around the renewal's length, in lower case.
    automatic : bool
        Whether it renews unless somebody acts.

    Returns
    -------
    int, "successive" or None
        As the annotation has it.

    Examples
    --------
    >>> count_of("may be renewed for two additional five - year terms", False)
    2
    >>> count_of("renews for successive one - year terms", True)
    'successive'
    >>> count_of("option to extend the term for another three years", False)
    1
    >>> count_of("may be extended for three years and then for another two", False)
    2
    """
    near = near.replace(" - ", "-")
    counted = _COUNTED.search(near)
    if counted:
        number = parse_number(next(group for group in counted.groups() if group))
        word = counted.group(0)
        singular = re.search(r"(?:term|period|extension|renewal|option|year|quarter|month)$", word)
        if number is not None and not (
            singular
            and number > 1
            and not re.search(r"(?:terms|periods|extensions|renewals|options|times|occasions|years|quarters|months)\b", word)
        ):
            return int(number)
    if _TWICE.search(near):
        return 2
    if _SUCCESSIVE.search(near) and not re.search(r"\bone (?:additional|further|successive)\b", near):
        return "successive"
    if _ONE.search(near):
        return 1
    return "successive" if automatic else 1 if re.search(r"\b(?:years?|months?)\b", near) else None

"""Lengths of time as ISO 8601 durations, counted as the text counts them."""

from __future__ import annotations

import re

from dealterms.normalize.numbers import parse_number

UNITS = {"day": "D", "week": "W", "fortnight": "W", "month": "M", "quarter": "M", "year": "Y", "anniversary": "Y", "decade": "Y", "annum": "Y"}
_MULTIPLES = {"quarter": 3, "decade": 10, "fortnight": 2}
ORDINALS = {
    word: number
    for number, words in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
    for word in (words,)
} | {"twenty-first": 21, "twenty-fifth": 25, "thirtieth": 30}
_UNIT = re.compile(r"(?:calendar |business |contract |full |consecutive |additional |more |further |successive |renewal )*"
                   r"(day|week|fortnight|month|quarter|year|anniversary|decade)s?\b", re.I)
_ORDINAL = re.compile(r"\b(" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + r"|\d+(?:st|nd|rd|th))\b", re.I)
_IN_BRACKETS = re.compile(r"\(\s*(\d+(?:\.\d+)?)\s*\)")


def parse_duration(words: str) -> str | None:
    """Read a length of time.

    Parameters
    ----------
    words : str
        Such as ``"five-year"``, ``"eighteen (18) months"``, ``"tenth anniversary"``, ``"one-year"``.

    Returns
    -------
    str or None
        ISO 8601 duration in the unit of the text (eighteen months are ``P18M``); None where there is none.

    Examples
    --------
    >>> parse_duration("eighteen (18) months")
    'P18M'
    >>> parse_duration("fifteenth anniversary")
    'P15Y'
    >>> parse_duration("a long time") is None
    True
    """
    words = " ".join(words.replace("-", " ").split()).lower()
    pieces: list[tuple[float, str]] = []
    position = 0
    for unit in _UNIT.finditer(words):
        before, position = words[position : unit.start()], unit.end()
        count = _count(before, unit.group(1))
        if count is not None:
            pieces.append((count * _MULTIPLES.get(unit.group(1), 1), UNITS[unit.group(1)]))
    if not pieces:
        return None
    order = "YMWD"
    pieces.sort(key=lambda piece: order.index(piece[1]))
    if len({unit for _, unit in pieces}) < len(pieces):
        pieces = pieces[:1]
    return "P" + "".join(f"{count:g}{unit}" for count, unit in pieces)


def _count(before: str, unit: str) -> float | None:
    bracketed = _IN_BRACKETS.search(before)
    if bracketed:
        return float(bracketed.group(1))
    ordinal = _ORDINAL.search(before)
    if ordinal and unit == "anniversary":
        word = ordinal.group(1).lower()
        return float(ORDINALS.get(word) or int(re.sub(r"\D", "", word)))
    before = re.sub(r"^(?:and|of|for|a|an|another|the|period|term|up to|at least)\s+(?=\S)", "", before.strip())
    before = re.sub(r"\b(?:initial|additional|further|successive|more|consecutive|full|calendar|contract|business)\b", " ", before).strip()
    number = parse_number(before if before not in {"", "a", "an", "another"} else "one")
    return None if number is None or number > 10_000 else float(number)

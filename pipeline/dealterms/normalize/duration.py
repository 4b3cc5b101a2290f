"""Lengths of time as ISO 8601 durations, counted as the text counts them."""

from __future__ import annotations

import re

from dealterms.normalize.numbers import one_line, parse_number

UNITS = {
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "M",
    "season": "Y",
    "year": "Y",
    "anniversary": "Y",
    "decade": "Y",
    "annum": "Y",
}
_MULTIPLES = {"quarter": 3, "decade": 10, "fortnight": 2}
ORDINALS = {
    word: number
    for number, words in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
    for word in (words,)
} | {"twenty-first": 21, "twenty-fifth": 25, "thirtieth": 30}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UNIT = re.compile(
    r"(?:calendar |business |contract |crop |fiscal |full |consecutive |additional |more |further |school |successive |renewal )*"
    r"(day|week|fortnight|month|quarter|season|year|anniversary|decade)s?\b"
)
# Hyphens are spaces by then: "twenty fifth anniversary", "third year anniversary".
_ORDINAL = re.compile(rf"\b(?:({'|'.join(_TENS)}) )?({'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b|\b(\d{{1,4}})(?:st|nd|rd|th)\b")
_YEAR_ANNIVERSARY = re.compile(r"\byears? (?=anniversary\b)")
_IN_BRACKETS = re.compile(r"\(\s*(\d{1,9}(?:\.\d+)?)( 1/2)?\s*\)")
_LEADING = re.compile(
    r"^(?:(?:and|of|for|a|an|another|the|first|next|last|following|ensuing|remaining|subsequent|succeeding|period|term|up to|at least)\s+(?=\S))+"
)
_LONGEST = 10_000
# "The 2012 season" is no length.
_MOST_SEASONS = 99


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
    >>> parse_duration("first five years")
    'P5Y'
    >>> parse_duration("a long time") is None
    True
    """
    words = _YEAR_ANNIVERSARY.sub("", one_line(one_line(words).replace("-", " ")).lower())
    pieces: list[tuple[float, str]] = []
    position = 0
    for unit in _UNIT.finditer(words):
        before, position = words[position : unit.start()], unit.end()
        count = _count(before, unit.group(1))
        if count is not None and count <= (_MOST_SEASONS if unit.group(1) == "season" else _LONGEST):
            pieces.append((count * _MULTIPLES.get(unit.group(1), 1), UNITS[unit.group(1)]))
    if not pieces:
        return None
    order = "YMWD"
    pieces.sort(key=lambda piece: order.index(piece[1]))
    if len({unit for _, unit in pieces}) < len(pieces):
        pieces = pieces[:1]
    return "P" + "".join(f"{round(count, 4):.10g}{unit}" for count, unit in pieces)


def _count(before: str, unit: str) -> float | None:
    bracketed = _IN_BRACKETS.search(before)
    if bracketed:
        return float(bracketed.group(1)) + (0.5 if bracketed.group(2) else 0.0)
    ordinal = _ORDINAL.search(before)
    if ordinal and unit == "anniversary":
        tens, word, figures = ordinal.groups()
        return float(figures or _TENS.get(tens, 0) + ORDINALS[word])
    before = _LEADING.sub("", before.strip(" ,;"))
    before = re.sub(
        r"\b(?:initial|additional|further|successive|more|consecutive|full|calendar|contract|crop|fiscal|school|business)\b", " ", before
    ).strip()
    number = parse_number(before if before not in {"", "a", "an", "another"} else "one")
    return None if number is None else float(number)

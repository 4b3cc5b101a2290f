"""Rates in percent, told in figures, in words, in basis points, as a fraction or as a band of digits."""

from __future__ import annotations

import re
from decimal import Decimal

from dealterms.normalize.numbers import one_line, parse_number

# The bands are the annotation's (training/GUIDE.md, "Words for rates").
_TEENS = {"low": (11, 13), "mid": (14, 16), "high": (17, 19), "": (11, 19)}
_SINGLE = {"low": (1, 3), "mid": (4, 6), "high": (7, 9), "": (1, 9)}
_DOUBLE: dict[str, tuple[int, int | None]] = {"low": (10, 13), "mid": (14, 16), "high": (17, 19), "": (10, None), "sub": (10, 12)}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
_LEVEL = r"(?:(?P<level>low(?:er)?|mid(?:dle)?|high(?:er)?|upper|sub[ -]teen)(?:[ -]*(?:to|-|and)[ -]*(?:the )?(?P<level2>mid(?:dle)?|high(?:er)?|upper|low))?[ -]*)?"
_BAND = re.compile(
    _LEVEL + r"(?P<band>(?:single|double)(?:[ -]*digits?)?|(?<![a-z])teens?\b|twenties|thirties|forties|fifties|sixties)", re.I | re.A
)
# "mid-20s", "the low-30% range"
_TENS = re.compile(r"\b(low(?:er)?|mid(?:dle)?|high(?:er)?|upper)-(20|30|40)(?:['’]?s\b|\s*(?:%|percent\b))")
_TENS_WORDS = {"20": "twenties", "30": "thirties", "40": "forties"}
_LEVELS = {"lower": "low", "upper": "high", "higher": "high", "middle": "mid"}
_FIGURES = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<!\w)\.\d+")
_MIXED = re.compile(r"(?<!\d)(\d{1,4})[ -](\d)/(\d{1,2})(?!\d)")
_VULGAR = dict(zip("½⅓⅔¼¾⅛⅜⅝⅞", ("1/2", "1/3", "2/3", "1/4", "3/4", "1/8", "3/8", "5/8", "7/8")))
_SIMPLE = re.compile(r"(\d)\s*/\s*(\d{1,2})\s*(?:%|percent)", re.A)
_PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
}
_FRACTION = re.compile(
    rf"\b(?:equally|equal (?:division|halves|parts|shar)|evenly|fifty[ -]?fifty|half and half)|\b50[/:-]50\b"
    # "two quarters" is half a year, and "third" alone an ordinal.
    rf"|(?!two[ -]?quarters)\b(?P<count>one|an?|two|three|four|five|six|seven|eight|nine)[ -]?(?P<part>{'|'.join(_PARTS)})s?\b"
    r"|\b(?P<alone>half|quarter)\b",
    re.I,
)
# "one-half of one percent", "three-quarters of 1%"
_PART_OF_ONE = re.compile(rf"(?:\b(one|two|three|four|five|seven|nine)[ -])?({'|'.join(_PARTS)})s?\s+of\s+(?:one|a|1)(?![\w.])")
_LARGEST = 1000

Band = tuple[Decimal | None, Decimal | None]


def parse_band(words: str) -> Band | None:
    """Read a rate told as a band of digits.

    Parameters
    ----------
    words : str
        Such as ``"mid-single digit"``, ``"low to mid teens"``.

    Returns
    -------
    (Decimal or None, Decimal or None) or None
        Lowest and highest percent.

    Examples
    --------
    >>> parse_band("mid-single-digit")
    (Decimal('4'), Decimal('6'))
    >>> parse_band("double digits")
    (Decimal('10'), None)
    """
    ends: list[tuple[int, int | None]] = []
    words = _TENS.sub(lambda told: f"{told.group(1)} {_TENS_WORDS[told.group(2)]}", one_line(words).lower())
    for match in _BAND.finditer(words):
        band = re.sub(r"[^a-z]", "", match.group("band").lower())
        if band in {"single", "double"} and "digit" not in words[match.end() :]:
            continue  # "mid single to low double digits" tells of digits once
        told = [level.lower() for level in (match.group("level"), match.group("level2")) if level] or [""]
        ends += [_band(band, "sub" if level.startswith("sub") else _LEVELS.get(level, level)) for level in told]
    if not ends:
        return None
    # "from the low teens down to the high single digits" tells the higher first.
    highs = [high for _, high in ends if high is not None]
    return Decimal(min(low for low, _ in ends)), None if ends[-1][1] is None else Decimal(max(highs))


def _band(band: str, level: str) -> tuple[int, int | None]:
    if band.startswith("single"):
        return _SINGLE.get(level, _SINGLE[""])
    if band.startswith("double"):
        return _DOUBLE.get(level, _DOUBLE[""])
    if band.startswith("teen"):
        return _TEENS.get(level, _TEENS[""])
    start = _DECADES[band]
    return {"low": (start, start + 3), "mid": (start + 4, start + 6), "high": (start + 7, start + 9)}.get(level, (start, start + 9))


def parse_rate(words: str) -> Band | None:
    """Read one rate.

    Parameters
    ----------
    words : str
        Such as ``"7.5%"``, ``"six percent (6%)"``, ``"50 basis points"``, ``"one-half of one percent"``, ``"one-tenth"``,
        ``"high single digits"``.

    Returns
    -------
    (Decimal or None, Decimal or None) or None
        Lowest and highest percent, equal for one rate; None where the words tell none.

    Examples
    --------
    >>> parse_rate("seven and one-half percent (7.5%)")
    (Decimal('7.5'), Decimal('7.5'))
    >>> parse_rate("50 basis points")
    (Decimal('0.5'), Decimal('0.5'))
    """
    words = one_line(words)
    band = parse_band(words)
    if band:
        return band
    words = " ".join("".join(f" {_VULGAR[sign]}" if sign in _VULGAR else sign for sign in words).split())
    simple = _SIMPLE.match(words)
    if simple and int(simple.group(2)):
        return _one_rate(Decimal(simple.group(1)) / Decimal(simple.group(2)))
    mixed = _MIXED.search(words)
    if mixed and int(mixed.group(3)):
        return _one_rate(Decimal(mixed.group(1)) + Decimal(mixed.group(2)) / Decimal(mixed.group(3)))
    lower = words.lower()
    figures = _FIGURES.findall(words)
    per_cent = re.search(r"per\s*cent|%|basis points?", lower)
    part = _PART_OF_ONE.search(lower) if per_cent and figures in ([], ["1"]) else None
    if part:
        value = (parse_number(part.group(1) or "one") or Decimal(1)) / _PARTS[part.group(2)]
    elif figures and per_cent:
        value = Decimal(figures[-1].replace(",", ""))
    elif per_cent:
        told = re.sub(r"\b(?:per\s*cent(?:um)?|percentage|points?|basis|%)\b", " ", lower)
        plus = re.search(r"\band\s+(?:one|a|three)[ -](half|quarter|quarters)\b", told)
        extra = Decimal(0)
        if plus:
            extra = Decimal("0.5") if plus.group(1) == "half" else Decimal("0.75") if "three" in plus.group(0) else Decimal("0.25")
            told = told[: plus.start()]
        number = parse_number(told)
        if number is None:
            return None
        value = number + extra
    else:
        fraction = _FRACTION.search(words)
        if not fraction:
            return None
        value = _share(fraction.group("count"), fraction.group("part") or fraction.group("alone"))
    return _one_rate(value, 100 if "basis point" in lower else 1)


def _share(count: str | None, part: str | None) -> Decimal:
    """Give the percent of so many parts; of equal shares where no part is told."""
    if part is None:
        return Decimal(50)
    many = parse_number(count) if count and count.lower() not in {"a", "an"} else None
    return (100 * (many or Decimal(1)) / _PARTS[part.lower()]).quantize(Decimal("0.0001"))


def _one_rate(value: Decimal, parts: int = 1) -> Band | None:
    if value > _LARGEST * parts:
        return None
    value /= parts
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return value, value

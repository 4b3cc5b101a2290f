"""Numbers in figures and in words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from text_to_num import text2num

SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mm": 1_000_000,
    "mn": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "billions": 1_000_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
FRACTIONS = {"half": Decimal("0.5"), "one-half": Decimal("0.5"), "quarter": Decimal("0.25"), "one-quarter": Decimal("0.25"),
             "three-quarters": Decimal("0.75"), "third": Decimal(1) / 3, "two-thirds": Decimal(2) / 3}
_FIGURES = re.compile(r"(\d[\d,]*(?:\.\d+)?|\.\d+)\s*-?\s*([a-z]+)?", re.I)
_AND_HALF = re.compile(r"\b(?:and )?(?:a|one)[ -]half\b")
_LONGEST = 120


def parse_number(words: str) -> Decimal | None:
    """Read a number told in figures or in English words, with its scale.

    Parameters
    ----------
    words : str
        Such as ``"3,000"``, ``"1.5 million"``, ``"two hundred thirty thousand"``, ``"two and a half million"``.

    Returns
    -------
    Decimal or None
        The number in plain units; None where the words hold none.

    Examples
    --------
    >>> parse_number("1.5 million")
    Decimal('1500000')
    >>> parse_number("two hundred and thirty thousand")
    Decimal('230000')
    >>> parse_number("several") is None
    True
    """
    words = " ".join(words.lower().split())[:_LONGEST]
    figures = _FIGURES.search(words)
    if figures:
        try:
            number = Decimal(figures.group(1).replace(",", ""))
        except InvalidOperation:
            return None
        return _trim(number * SCALES.get((figures.group(2) or "").rstrip("."), 1))
    return _in_words(words)


def _in_words(words: str) -> Decimal | None:
    half = _AND_HALF.search(words)
    words = _AND_HALF.sub(" ", words)
    scale = Decimal(1)
    parts = words.split()
    while parts and parts[-1] in SCALES and parts[-1] != "hundred":
        scale *= SCALES[parts.pop()]
    words = " ".join(parts).strip(" -")
    if words in {"", "a", "an", "one"}:
        number = Decimal(1) if words or scale > 1 else None
    else:
        try:
            number = Decimal(text2num(words.removeprefix("a ").removeprefix("an "), "en"))
        except ValueError:
            number = None
    if half and (number is None or not words):
        number = Decimal(0)
    if number is None:
        return None
    return _trim((number + (Decimal("0.5") if half else 0)) * scale)


def _trim(number: Decimal) -> Decimal:
    """Drop trailing zeros without falling into exponent notation."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()

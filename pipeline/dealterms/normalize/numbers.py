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
_FIGURES = re.compile(r"(\d[\d,]*(?:\.\d+)?|\.\d+)\s*-?\s*([a-z]+)?", re.I)
_AND_HALF = re.compile(r"\b(?:and )?(?:a|one)[ -]half\b")
_HALF_A = re.compile(r"^half (?=(?:of )?an? \w)")
_HYPHENS = str.maketrans(dict.fromkeys("–‑‐−\xad", "-"))
# No number up to a trillion takes more letters.
_LONGEST = 200
# Nothing that an agreement counts comes near it.
_LARGEST = Decimal(10) ** 18


def one_line(words: str) -> str:
    """Make each run of white space one space, and dashes between words and figures hyphens.

    Examples
    --------
    >>> one_line("a ten‑\\n year  term")
    'a ten- year term'
    """
    return " ".join(words.translate(_HYPHENS).split())


def parse_number(words: str) -> Decimal | None:
    """Read a number told in figures or in English words, with its scale.

    Parameters
    ----------
    words : str
        Such as ``"3,000"``, ``"1.5 million"``, ``"two hundred thirty thousand"``, ``"two and a half million"``.

    Returns
    -------
    Decimal or None
        The number in plain units; None where the words hold none, or one larger than any sum.

    Examples
    --------
    >>> parse_number("1.5 million")
    Decimal('1500000')
    >>> parse_number("two hundred and thirty thousand")
    Decimal('230000')
    >>> parse_number("one million five hundred thousand")
    Decimal('1500000')
    >>> parse_number("several") is None
    True
    """
    words = one_line(words.lower())
    figures = _FIGURES.search(words)
    if figures:
        try:
            number = plain_number(Decimal(figures.group(1).replace(",", "")))
        except InvalidOperation:
            return None
        return number and plain_number(number * SCALES.get((figures.group(2) or "").rstrip("."), 1))
    if len(words) > _LONGEST:
        return None
    halved = _HALF_A.sub("", words)
    number = _in_words(halved.removeprefix("of "))
    return number if number is None or halved == words else plain_number(number / 2)


def plain_number(number: Decimal) -> Decimal | None:
    """Drop trailing zeros without falling into exponent notation.

    Parameters
    ----------
    number : Decimal
        A number as it was read.

    Returns
    -------
    Decimal or None
        None for one so large that it is no number of anything.

    Examples
    --------
    >>> plain_number(Decimal("2500000.00")), plain_number(Decimal("1E+30"))
    (Decimal('2500000'), None)
    """
    if number > _LARGEST:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _in_words(words: str) -> Decimal | None:
    half = _AND_HALF.search(words)
    words = _AND_HALF.sub(" ", words)
    number = None if half else _spelled(words)
    if number is not None:
        return plain_number(number)
    scale = Decimal(1)
    parts = words.split()
    while parts and parts[-1] in SCALES and parts[-1] != "hundred":
        scale *= SCALES[parts.pop()]
    words = " ".join(parts).strip(" -")
    if words in {"", "a", "an", "one"}:
        number = Decimal(1) if words or scale > 1 else None
    else:
        number = _spelled(words)
    if half and not words:
        number = Decimal(0)
    if number is None:
        return None
    return plain_number((number + (Decimal("0.5") if half else 0)) * scale)


def _spelled(words: str) -> Decimal | None:
    try:
        return Decimal(text2num(words.removeprefix("a ").removeprefix("an "), "en"))
    except ValueError:
        return None

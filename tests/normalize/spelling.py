"""Numbers in English words, so that what is written can be read back."""

from __future__ import annotations

_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
_SMALL += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))


def spell(number: int) -> str:
    """Spell a whole number.

    Examples
    --------
    >>> spell(1_500_021)
    'one million five hundred thousand twenty-one'
    """
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")
    size, name = next((size, name) for size, name in _SCALES if number >= size)
    whole, rest = divmod(number, size)
    return f"{spell(whole)} {name}" + (f" {spell(rest)}" if rest else "")

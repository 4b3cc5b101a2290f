"""Sums told in thousands or millions: "(dollars in thousands)" over a note holds for all that follows, "(in thousands):" for its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_TOLD = re.compile(
    r"\((?:all\s{1,9})?(?:u\.?s\.?\s{1,9})?(?:dollars?|dollar\s{1,9}amounts|amounts|figures|\$)?"
    r"(?:\s{1,9}(?:are|expressed|presented|shown|stated)){0,2}\s{0,9}in\s{1,9}(?P<scale>thousands|millions)\b[^()]{0,80}\)\s{0,9}(?P<after>[:.,;]?)",
    re.I,
)
_FACTORS = {"thousands": Decimal(1_000), "millions": Decimal(1_000_000)}


def scales_in(text: str) -> Iterator[tuple[int, bool, Decimal]]:
    """Find where a text says that figures are in thousands or millions.

    Parameters
    ----------
    text : str
        A narrative.

    Yields
    ------
    (int, bool, Decimal)
        The character from which it holds, whether for the rest of its sentence only, and what a figure is to be multiplied by.

    Examples
    --------
    >>> list(scales_in("Note 7. Sale of Plant (dollars in thousands)"))
    [(44, False, Decimal('1000'))]
    >>> list(scales_in("The footnote has them (in thousands)."))
    []
    """
    for match in _TOLD.finditer(text):
        if match["after"] in {"", ":"}:
            yield match.end(), match["after"] == ":", _FACTORS[match["scale"].lower()]

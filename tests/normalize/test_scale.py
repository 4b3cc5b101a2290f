"""Sums told in thousands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealterms.candidates import find_mentions
from dealterms.words import words_of

THOUSANDS, MILLIONS = 1_000, 1_000_000


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Note 9. Licences (in thousands)\n\nMarrow paid $250 and owes $1,500 more.", [250 * THOUSANDS, 1_500 * THOUSANDS]),
        ("Sale of Plant (All dollar amounts are stated in thousands)\n\nThe price was $40.", [40 * THOUSANDS]),
        ("12. Supply (US dollars in millions, except share data)\n\nThe price was $40 to $50.", [40 * MILLIONS]),
        # What is told in full stays as it is: scale words, cents, prices of a share, seven figures.
        (
            "Licences ($ in thousands, except per share data)\n\nMarrow paid $2 million, $2,500,000, and $4 per share, or $2.50 a unit.",
            [2 * MILLIONS, 2_500_000, 4, Decimal("2.5")],
        ),
        # Within a sentence it holds for the sentence.
        ("Marrow paid $500. Minimums are (in thousands): 2004, $960; 2005, $1,440. It also paid $700.", [500, 960_000, 1_440_000, 700]),
        ("Marrow paid $500. The footnote shows the rest (in thousands). It also paid $700.", [500, 700]),
        ("Marrow sold in thousands of shops for $500.", [500]),
    ],
)
def test_sums_in_thousands(text: str, sums: list[int]) -> None:
    assert [mention.low for mention in find_mentions(words_of(text)).mentions if mention.label == "MONEY"] == sums

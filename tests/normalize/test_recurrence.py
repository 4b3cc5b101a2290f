"""Lengths of renewals that no figure and unit side by side tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.normalize.spelling import spell

from dealterms.normalize.recurrence import length_without_unit

quick = settings(deadline=None, max_examples=80)


@pytest.mark.parametrize(
    ("behind", "length"),
    [
        ("annually unless one of them objects", "P1Y"),
        ("the contract each year of itself", "P1Y"),
        ("for annual periods", "P1Y"),
        ("on an annual basis", "P1Y"),
        ("it one year at a time", "P1Y"),
        ("from year to year thereafter", "P1Y"),
        ("year - to - year", "P1Y"),
        ("year by year upon notice", "P1Y"),
        ("monthly", "P1M"),
        ("month to month", "P1M"),
        ("every quarter", "P3M"),
        ("the research for a fourth year", "P1Y"),
        ("the program into a third contract year", "P1Y"),
        # The unit is told nowhere.
        ("for another five", None),
        ("for a fourth", None),
        # Years that are no length of a renewal.
        ("it by mutual consent", None),
        ("the licence, if sales of the product have grown in the same way for each year", None),
        ("it upon payment of an annual fee", None),
    ],
)
def test_by_words_alone(behind: str, length: str | None) -> None:
    assert length_without_unit(behind) == length


@pytest.mark.parametrize(
    ("behind", "unit", "length"),
    [
        ("for another five", "Y", "P5Y"),
        ("it by up to two more, if it so chooses", "Y", "P2Y"),
        ("for a further six ( 6 ) unless notice is given", "M", "P6M"),
        ("for a fourth, to the same programs", "Y", "P1Y"),
        ("for two more crops", "Y", None),
        ("for one of the reasons", "Y", None),
        ("by agreement of the parties", "Y", None),
    ],
)
def test_with_the_unit_told_before(behind: str, unit: str, length: str | None) -> None:
    assert length_without_unit(behind, unit=unit) == length


def test_what_stands_before_counts() -> None:
    assert length_without_unit("of the term is automatic", "an annual ") == "P1Y"
    assert length_without_unit("", "on a month - to - month basis ") == "P1M"


@quick
@given(st.integers(1, 99), st.sampled_from("YM"), st.booleans())
def test_any_number_goes_on_with_the_unit(number: int, unit: str, in_words: bool) -> None:
    told = spell(number).split("-")[0] if in_words else str(number)
    if in_words and spell(number) != told:
        return
    assert length_without_unit(f"for another {told}.", unit=unit) == f"P{number}{unit}"


@quick
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    told = length_without_unit(text.lower(), text.lower(), "Y")
    assert told is None or told[0] == "P"

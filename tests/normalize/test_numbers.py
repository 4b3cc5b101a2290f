"""Numbers in figures and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.normalize.spelling import spell

from dealterms.normalize.numbers import SCALES, one_line, parse_number, plain_number

quick = settings(deadline=None, max_examples=80)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7", "7"),
        ("3,000", "3000"),
        ("1,234,567.25", "1234567.25"),
        (".5", "0.5"),
        ("1.50", "1.5"),
        ("1.5 million", "1500000"),
        ("2-million", "2000000"),
        ("40M", "40000000"),
        ("25k", "25000"),
        ("3 MM", "3000000"),
        ("2.5 bn", "2500000000"),
        ("Three", "3"),
        ("twenty-one", "21"),
        ("twenty one", "21"),
        ("one hundred and five", "105"),
        ("twelve hundred", "1200"),
        ("two hundred and thirty thousand", "230000"),
        ("one million five hundred thousand", "1500000"),
        ("three billion two hundred million", "3200000000"),
        ("hundred", "100"),
        ("a hundred thousand", "100000"),
        ("an", "1"),
        ("million", "1000000"),
        ("a million", "1000000"),
        ("six mm", "6000000"),
        ("a half", "0.5"),
        ("two and a half", "2.5"),
        ("two and one-half million", "2500000"),
        ("one-half million", "500000"),
        ("half a million", "500000"),
        ("half of a billion", "500000000"),
        ("FORTY\n  two", "42"),
        ("sixty‑six", "66"),
        ("sixty–six", "66"),
    ],
)
def test_read(words: str, number: str) -> None:
    assert parse_number(words) == Decimal(number)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "-",
        "and",
        "half",
        "first",
        "several",
        "several hundred",
        "several and a half",
        "many million",
        "two dozen",
        "ten to twelve",
        "five six",
        "9" * 40,
        "9" * 27 + " billion",
        "one hundred and " * 20 + "one",
    ],
)
def test_not_a_number(words: str) -> None:
    assert parse_number(words) is None


@pytest.mark.parametrize(
    ("written", "told"), [("10", "10"), ("1000000", "1000000"), ("0.5", "0.5"), ("1.50", "1.5"), ("1E+3", "1000"), ("0.00", "0")]
)
def test_plain(written: str, told: str) -> None:
    assert str(plain_number(Decimal(written))) == told


def test_scales_are_ascending_in_their_own_words() -> None:
    assert SCALES["thousand"] == SCALES["k"] == 1_000
    assert SCALES["million"] == SCALES["mm"] == SCALES["mn"] == SCALES["m"] == SCALES["thousand"] ** 2
    assert SCALES["billion"] == SCALES["bn"] == SCALES["b"] == SCALES["thousand"] ** 3
    assert SCALES["trillion"] == SCALES["thousand"] ** 4


def test_one_line() -> None:
    assert one_line(" a ten\xa0\n year‑long\tterm—5–7 ") == "a ten year-long term—5-7"


@quick
@given(st.integers(0, 10**12))
def test_figures_come_back(number: int) -> None:
    assert parse_number(str(number)) == parse_number(f"{number:,}") == number


@quick
@given(st.integers(0, 999_999_999_999))
@example(1_500_000)
@example(100_000_000_100)
def test_words_come_back(number: int) -> None:
    assert parse_number(spell(number)) == parse_number(spell(number).replace("-", " ").upper()) == number


@quick
@given(st.decimals(0, 999, places=3), st.sampled_from(sorted(SCALES)))
def test_scales_multiply(number: Decimal, scale: str) -> None:
    assert parse_number(f"{number} {scale}") == number * SCALES[scale]


PIECES = ["one", "two", "and", "a", "half", "-", "hundred", "million", "thousand", "9" * 30, "1,000", ".5", "m", "of"]
NUMERIC = st.text(st.sampled_from("0123456789.,-– \n½²٣ſıİKoneahudrtkmil"), max_size=60)
NUMERIC |= st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@quick
@given(st.text() | NUMERIC)
def test_any_text_is_read_or_not(text: str) -> None:
    number = parse_number(text)
    assert number is None or (number.is_finite() and 0 <= number <= Decimal(10) ** 18)

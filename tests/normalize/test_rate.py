"""Rates in percent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.normalize.spelling import spell

from dealterms.normalize.rate import Band, parse_band, parse_rate

quick = settings(deadline=None, max_examples=80)

# The annotation's table, "Words for rates".
BANDS = {
    "low single digit": (1, 3),
    "mid single digit": (4, 6),
    "high single digit": (7, 9),
    "single digit": (1, 9),
    "low double digit": (10, 13),
    "mid double digit": (14, 16),
    "double digit": (10, None),
    "sub-teen double digit": (10, 12),
    "low teens": (11, 13),
    "mid teens": (14, 16),
    "high teens": (17, 19),
    "teens": (11, 19),
    "low twenties": (20, 23),
    "mid twenties": (24, 26),
    "high twenties": (27, 29),
}


def band(low: int, high: int | None) -> Band:
    return Decimal(low), None if high is None else Decimal(high)


@pytest.mark.parametrize("words", BANDS)
@pytest.mark.parametrize("change", [str, str.upper, lambda words: words.replace(" ", "-"), lambda words: words.replace(" ", " \n")])
def test_bands_of_the_annotation(words, change):
    assert parse_band(change(words)) == parse_rate(f"a {change(words)} royalty") == band(*BANDS[words])


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("low single digits", 1, 3),
        ("lower single-digit", 1, 3),
        ("upper single digits", 7, 9),
        ("middle single digits", 4, 6),
        ("mid‑single‑digit", 4, 6),
        ("low to mid single digits", 1, 6),
        ("low- to mid-twenties", 20, 26),
        ("mid to high teens", 14, 19),
        ("mid-to-high teens", 14, 19),
        ("low-to-mid double digits", 10, 16),
        ("high double digits", 17, 19),
        ("into the teens", 11, 19),
        ("twenties", 20, 29),
        ("low thirties", 30, 33),
        ("high forties", 47, 49),
        ("high to low single digits", 1, 9),
        ("low teens down to the high single digits", 7, 13),
        ("mid-single to low-double digits", 4, 13),
        ("high single digits to double digits", 7, None),
    ],
)
def test_other_bands(words, low, high):
    assert parse_band(words) == parse_rate(words) == band(low, high)


@pytest.mark.parametrize("words", ["", "digits", "mid single", "low price", "fourteens", "tens", "7%", "low twentıes"])
def test_no_band(words):
    assert parse_band(words) is None


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("7.5%", "7.5"),
        ("12.50%", "12.5"),
        ("0%", "0"),
        (".5%", "0.5"),
        ("100 %", "100"),
        ("1,000%", "1000"),
        ("12 percent", "12"),
        ("6 per cent", "6"),
        ("ten per centum", "10"),
        ("Twenty-five percent", "25"),
        ("sixty–six percent", "66"),
        ("six percent (6%)", "6"),
        ("five (5) percent", "5"),
        ("one hundred percent (100%)", "100"),
        ("seven and one-half percent (7.5%)", "7.5"),
        ("seven and one-half percent", "7.5"),
        ("twelve and a half percent", "12.5"),
        ("eight and three-quarters percent", "8.75"),
        ("eight and one quarter per cent", "8.25"),
        ("3-1/2%", "3.5"),
        ("12 1/2 percent", "12.5"),
        ("2 3/4%", "2.75"),
        ("one-half of one percent", "0.5"),
        ("one half of 1%", "0.5"),
        ("one-quarter of one percent", "0.25"),
        ("three-quarters of one percent", "0.75"),
        ("one-tenth of one percent", "0.1"),
        ("three eighths of 1%", "0.375"),
        ("half of one percent (0.5%)", "0.5"),
        ("50 basis points", "0.5"),
        ("twenty-five basis points", "0.25"),
        ("1 basis point", "0.01"),
        ("one-half", "50"),
        ("three-tenths", "30"),
        ("four-fifths", "80"),
        ("a quarter of", "25"),
        ("two thirds", "66.6667"),
        ("split evenly", "50"),
        ("fifty-fifty", "50"),
        ("50:50", "50"),
        ("in equal shares", "50"),
        ("half of", "50"),
        ("one third", "33.3333"),
        ("two-thirds", "66.6667"),
        ("three-quarters", "75"),
        ("one-tenth", "10"),
        ("one-twentieth", "5"),
        ("50/50 basis", "50"),
        ("shared equally", "50"),
    ],
)
def test_one_rate(words, rate):
    assert parse_rate(words) == (Decimal(rate), Decimal(rate))


@pytest.mark.parametrize(
    "words",
    ["", "five", "5", "percent", "several percent", "equal", "third", "two quarters", "5 points", "1001%", "9" * 60 + "%", "5000 1/2%"],
)
def test_no_rate(words):
    assert parse_rate(words) is None


@quick
@given(st.decimals(0, 1000, places=3), st.sampled_from(["%", " %", " percent", " per cent", "\npercent"]))
def test_figures_come_back(rate, unit):
    assert parse_rate(f"{rate}{unit}") == (rate, rate)


@quick
@given(st.integers(0, 100))
def test_words_come_back(rate):
    assert parse_rate(f"{spell(rate)} percent") == parse_rate(f"{spell(rate)} percent ({rate}%)") == (rate, rate)


@quick
@given(st.integers(1, 99_999))
def test_basis_points_come_back(points):
    assert parse_rate(f"{points:,} basis points") == (Decimal(points) / 100,) * 2


PIECES = [
    "5",
    "1,000",
    "9" * 30,
    "%",
    "percent",
    "low",
    "mid",
    "to",
    "-",
    "single",
    "digits",
    "teens",
    "twentieſ",
    "one",
    "half",
    "of",
    "1/2",
    "1/0",
    "basis points",
]
RATES = st.text(st.sampled_from("0123456789.,-–/% ½٣"), max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@quick
@given(st.text() | RATES)
def test_any_text_is_read_or_not(text):
    rate = parse_rate(text)
    if rate is not None:
        assert rate[0] is not None and 0 <= rate[0] <= 1000
        assert rate[1] is None or rate[0] <= rate[1] <= 1000
    told = parse_band(text)
    assert told is None or told == rate

"""Lengths of time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.normalize.spelling import spell

from dealterms.normalize.duration import ORDINALS, parse_duration

quick = settings(deadline=None, max_examples=80)


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("five years", "P5Y"),
        ("five-year", "P5Y"),
        ("five‑year", "P5Y"),
        ("Five\n\n Years", "P5Y"),
        ("10-year", "P10Y"),
        ("18 months", "P18M"),
        ("eighteen (18) months", "P18M"),
        ("five ( 5 )-year", "P5Y"),
        ("twelve (24) months", "P24M"),
        ("forty-two months", "P42M"),
        ("one hundred and twenty days", "P120D"),
        ("90 days", "P90D"),
        ("ninety (90) calendar days", "P90D"),
        ("60 business days", "P60D"),
        ("two weeks", "P2W"),
        ("two fortnights", "P4W"),
        ("a quarter", "P3M"),
        ("first eight quarters", "P24M"),
        ("two decades", "P20Y"),
        ("1.5 years", "P1.5Y"),
        ("two and a half years", "P2.5Y"),
        ("six and one-half years", "P6.5Y"),
        ("six and one half (6.5) years", "P6.5Y"),
        ("six and one-half (6 1/2) years", "P6.5Y"),
        ("a year", "P1Y"),
        ("another year", "P1Y"),
        ("an additional year", "P1Y"),
        ("year", "P1Y"),
        ("ten (10) additional years", "P10Y"),
        ("three successive years", "P3Y"),
        ("first five years", "P5Y"),
        ("the next two years", "P2Y"),
        ("last eighteen months", "P18M"),
        ("remaining four years", "P4Y"),
        ("a period of five years", "P5Y"),
        ("up to five years", "P5Y"),
        ("at least ten years", "P10Y"),
        ("three years and six months", "P3Y6M"),
        ("six months and three years", "P3Y6M"),
        ("two years, six months and three days", "P2Y6M3D"),
        ("one year and 2 years", "P1Y"),
        ("tenth anniversary", "P10Y"),
        ("10th anniversary", "P10Y"),
        ("first anniversary", "P1Y"),
        ("twenty-first anniversary", "P21Y"),
        ("twenty-fifth anniversary", "P25Y"),
        ("ninety-ninth anniversary", "P99Y"),
        ("twentieth anniversary", "P20Y"),
        ("31st anniversary", "P31Y"),
        ("ten-year anniversary", "P10Y"),
        ("third-year anniversary", "P3Y"),
        ("10000 days", "P10000D"),
    ],
)
def test_read(words, duration):
    assert parse_duration(words) == duration


@pytest.mark.parametrize(
    "words",
    [
        "",
        "five",
        "a long time",
        "several years",
        "first year",
        "tenth year",
        "half a year",
        "5 yr",
        "yearly",
        "light-years",
        "10001 days",
        "(99999) days",
        "9" * 40 + " years",
        "ſecond anniverſary",
        "second annıversary",
    ],
)
def test_no_duration(words):
    assert parse_duration(words) is None


def test_each_ordinal_counts_anniversaries():
    assert [parse_duration(f"{word} anniversary") for word in ORDINALS] == [f"P{number}Y" for number in ORDINALS.values()]


UNITS = st.sampled_from([("day", "D"), ("week", "W"), ("month", "M"), ("year", "Y")])


@quick
@given(st.integers(1, 9999), UNITS)
def test_figures_come_back(count, unit):
    assert {
        parse_duration(told)
        for told in (
            f"{count} {unit[0]}s",
            f"{count}-{unit[0]}",
            f"{count:,} {unit[0]}s",
            f"for a period of {count}\n{unit[0]}s",
            f"({count}) {unit[0]}s",
        )
    } == {f"P{count}{unit[1]}"}


@quick
@given(st.integers(1, 999), UNITS)
def test_words_come_back(count, unit):
    assert {
        parse_duration(told)
        for told in (
            f"{spell(count)} {unit[0]}s",
            f"{spell(count)}-{unit[0]}",
            f"{spell(count)} ({count}) {unit[0]}s",
            f"first {spell(count)} {unit[0]}s",
        )
    } == {f"P{count}{unit[1]}"}


@quick
@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_parts_come_back_in_any_order(years, months, days):
    expected = f"P{years}Y{months}M{days}D"
    assert parse_duration(f"{spell(years)} years, {months} months and {spell(days)} days") == expected
    assert parse_duration(f"{days} days, {years} years, {spell(months)} ({months}) months") == expected


PIECES = [
    "five",
    "(",
    ")",
    "9" * 30,
    "1e9",
    ".00001",
    "5",
    "-",
    "first",
    "ſecond",
    "th",
    "99999999th",
    "year",
    "days",
    "annıversary",
    "anniversary",
    "and",
    "half",
    "a",
]
LENGTHS = st.text(st.sampled_from("0123456789.,-–() yearsdmonthſ٣"), max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map(
    " ".join
)


@quick
@given(st.text() | LENGTHS)
def test_any_text_is_read_or_not(text):
    duration = parse_duration(text)
    assert duration is None or re.fullmatch(
        r"P(?=.)(?:\d{1,6}(?:\.\d{1,4})?Y)?(?:\d{1,5}(?:\.\d{1,4})?M)?(?:\d{1,5}(?:\.\d{1,4})?W)?(?:\d{1,5}(?:\.\d{1,4})?D)?", duration
    )

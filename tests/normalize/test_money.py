"""Sums of money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.normalize.spelling import spell

from dealterms.normalize.money import CURRENCIES, Money, parse_currency, parse_money

quick = settings(deadline=None, max_examples=80)


def sum_of(low: str, currency: str, high: str | None = None) -> Money:
    return Money(Decimal(low), Decimal(high or low), currency)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("$40", sum_of("40", "USD")),
        ("$0", sum_of("0", "USD")),
        ("$.50", sum_of("0.5", "USD")),
        ("$1,250,000.75", sum_of("1250000.75", "USD")),
        ("$ 3\nmillion", sum_of("3000000", "USD")),
        ("$5million", sum_of("5000000", "USD")),
        ("$40-million", sum_of("40000000", "USD")),
        ("$40‑million", sum_of("40000000", "USD")),
        ("$40M", sum_of("40000000", "USD")),
        ("US$25k", sum_of("25000", "USD")),
        ("$2.5mm", sum_of("2500000", "USD")),
        ("$1.2 billion", sum_of("1200000000", "USD")),
        ("$1.5 trillion", sum_of("1500000000000", "USD")),
        ("two hundred thirty thousand dollars", sum_of("230000", "USD")),
        ("One Million Five Hundred Thousand Dollars", sum_of("1500000", "USD")),
        ("five million U.S. dollars", sum_of("5000000", "USD")),
        ("five million United States dollars", sum_of("5000000", "USD")),
        ("half a million dollars", sum_of("500000", "USD")),
        ("five hundred thousand dollars ($500,000)", sum_of("500000", "USD")),
        ("one million (US$1 million)", sum_of("1000000", "USD")),
        ("twelve million yen (¥12,000,000)", sum_of("12000000", "JPY")),
        ("five million Canadian dollars (Cdn$5,000,000)", sum_of("5000000", "CAD")),
        ("two million Swiss francs (CHF 2 million)", sum_of("2000000", "CHF")),
        ("12.5 cents", sum_of("0.125", "USD")),
        ("three cents", sum_of("0.03", "USD")),
        ("40 pence", sum_of("0.4", "GBP")),
        ("2 to 5 cents", sum_of("0.02", "USD", "0.05")),
        ("fifteen cents ($0.15)", sum_of("0.15", "USD")),
        ("fifteen cents (15 cents)", sum_of("0.15", "USD")),
        ("$2 million to $5 million", sum_of("2000000", "USD", "5000000")),
        ("$2 to $5 million", sum_of("2000000", "USD", "5000000")),
        ("between $1.5 and 2 billion", sum_of("1500000000", "USD", "2000000000")),
        ("$2-$5", sum_of("2", "USD", "5")),
        ("$900 to $1,000 million", sum_of("900000000", "USD", "1000000000")),
        ("$500 to $2 million", sum_of("500", "USD", "2000000")),
        ("$500,000 to $2 million", sum_of("500000", "USD", "2000000")),
        ("$2 million to $500,000", sum_of("500000", "USD", "2000000")),
        ("$[***]", Money(None, None, None)),
        ("$[***] million", Money(None, None, None)),
        ("€ ____", Money(None, None, None)),
        ("$[. . .]", Money(None, None, None)),
    ],
)
def test_read(words: str, expected: Money) -> None:
    assert parse_money(words) == expected


@pytest.mark.parametrize(
    "words", ["", "$", "dollars", "several dollars", "no cents", "5", "5 million", "five million shares", "40%", "$" + "9" * 40]
)
def test_no_sum(words: str) -> None:
    assert parse_money(words) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("ten thousand dollars ($12,000)", "12000"), ("five million ($500,000)", "500000"), ("ten cents ($0.12)", "0.12")],
)
def test_figures_win_over_words(words: str, value: str) -> None:
    assert parse_money(words) == Money(Decimal(value), Decimal(value), "USD", disagree=True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("$5", "USD"),
        ("US$5", "USD"),
        ("U.S.$5", "USD"),
        ("USD7,000", "USD"),
        ("Cdn$2", "CAD"),
        ("C$2", "CAD"),
        ("CAD$2", "CAD"),
        ("5 million Canadian dollars", "CAD"),
        ("A$5", "AUD"),
        ("A$5 (dollars)", "AUD"),
        ("$5 (Australian dollars)", "AUD"),
        ("NZ$5", "NZD"),
        ("HK$5", "HKD"),
        ("5 Hong Kong dollars", "HKD"),
        ("NT$5", "TWD"),
        ("S$5", "SGD"),
        ("R$5", "BRL"),
        ("£5", "GBP"),
        ("5 pounds sterling", "GBP"),
        ("€5", "EUR"),
        ("five million euros", "EUR"),
        ("(euro)5 million", "EUR"),
        ("(pound)5 million", "GBP"),
        ("¥5", "JPY"),
        ("600 million yen", "JPY"),
        ("RMB 30 million", "CNY"),
        ("RMB¥5", "CNY"),
        ("renminbi", "CNY"),
        ("₩5", "KRW"),
        ("Rs 5", "INR"),
        ("CHF 10", "CHF"),
        ("25 million Swiss francs", "CHF"),
        ("25 million French francs", "FRF"),
        ("5 million francs", "FRF"),
        ("Belgian francs", "BEF"),
        ("DM 5", "DEM"),
        ("five million deutsche marks", "DEM"),
        ("DKK 5", "DKK"),
        ("50 million Danish kroner", "DKK"),
        ("Norwegian kroner", "NOK"),
        ("SEK 5", "SEK"),
        ("NIS 3 million", "ILS"),
        ("3 million rubles", "RUB"),
        ("Fees of 5", None),
        ("marksman", None),
        ("", None),
    ],
)
def test_currency(words: str, code: str | None) -> None:
    assert parse_currency(words) == code


def test_currencies_are_iso_codes_of_names_in_lower_case() -> None:
    assert [name for name, code in CURRENCIES.items() if name != name.lower() or not (len(code) == 3 and code.isupper())] == []


SIGNS = st.sampled_from(
    [("$", "USD"), ("US$", "USD"), ("€", "EUR"), ("EUR ", "EUR"), ("CHF ", "CHF"), ("Cdn$", "CAD"), ("RMB ", "CNY"), ("£", "GBP")]
)
NAMES = st.sampled_from([("dollars", "USD"), ("euros", "EUR"), ("yen", "JPY"), ("Swiss francs", "CHF"), ("Canadian dollars", "CAD")])
SCALES = st.sampled_from([("", 1), (" thousand", 10**3), (" million", 10**6), ("-million", 10**6), (" billion", 10**9)])


@quick
@given(SIGNS, st.decimals(0, 999_999, places=2), SCALES)
def test_figures_come_back(sign: tuple[str, str], number: Decimal, scale: tuple[str, int]) -> None:
    told = f"{sign[0]}{number:,}{scale[0]}"
    assert parse_money(told) == Money(number * scale[1], number * scale[1], sign[1])


@quick
@given(NAMES, st.integers(0, 999_999_999))
def test_words_come_back(name: tuple[str, str], number: int) -> None:
    assert parse_money(f"{spell(number)} {name[0]}") == Money(Decimal(number), Decimal(number), name[1])


@quick
@given(st.integers(1, 999_999_999))
def test_words_and_figures_agree(number: int) -> None:
    assert parse_money(f"{spell(number)} dollars (${number:,})") == Money(Decimal(number), Decimal(number), "USD")


@quick
@given(st.integers(1, 999), st.integers(1, 999), SCALES.filter(lambda scale: scale[1] > 1))
def test_ranges_share_a_scale_that_comes_last(one: int, other: int, scale: tuple[str, int]) -> None:
    low, high = sorted((one, other))
    assert parse_money(f"${low} to ${high}{scale[0]}") == Money(Decimal(low * scale[1]), Decimal(high * scale[1]), "USD")
    assert parse_money(f"${low}{scale[0]} to ${high}{scale[0]}") == Money(Decimal(low * scale[1]), Decimal(high * scale[1]), "USD")


PIECES = [
    "$",
    "€",
    "yen",
    "cents",
    "five",
    "hundred",
    "(",
    ")",
    "$5",
    "1,000",
    "9" * 30,
    ".5",
    "to",
    "-",
    "million",
    "mıllion",
    "K",
    "dollarſ",
    "[***]",
]
MONEYED = st.text(st.sampled_from("$€¥¢0123456789.,-–()[]*_ mkKbıſ٣²"), max_size=60)
MONEYED |= st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@quick
@given(st.text() | MONEYED)
def test_any_text_is_read_or_not(text: str) -> None:
    money = parse_money(text)
    if money is None:
        return
    if money.low is None or money.high is None:
        assert money == Money(None, None, None)
        return
    assert Decimal(0) <= money.low <= money.high <= Decimal(10) ** 18
    assert money.currency == parse_currency(text) is not None

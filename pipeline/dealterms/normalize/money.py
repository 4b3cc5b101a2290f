"""Sums of money: amount in plain units and ISO 4217 currency.

A bare ``$`` is read as USD, since Form 8-K is filed in the United States; the text may say otherwise for the whole
narrative ("dollars are Canadian"), which `parse_money` does not see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dealterms.normalize.numbers import SCALES, one_line, parse_number, plain_number

CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "u.s.$": "USD",
    "usd": "USD",
    "u.s. dollars": "USD",
    "us dollars": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "united states dollars": "USD",
    "c$": "CAD",
    "cdn$": "CAD",
    "ca$": "CAD",
    "can$": "CAD",
    "cad": "CAD",
    "cad$": "CAD",
    "canadian dollars": "CAD",
    "canadian": "CAD",
    "australian": "AUD",
    "cdn": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "aud": "AUD",
    "aus$": "AUD",
    "aud$": "AUD",
    "australian dollars": "AUD",
    "nz$": "NZD",
    "nzd": "NZD",
    "hk$": "HKD",
    "hkd": "HKD",
    "nt$": "TWD",
    "ntd": "TWD",
    "twd": "TWD",
    "s$": "SGD",
    "sgd": "SGD",
    "new zealand dollars": "NZD",
    "hong kong dollars": "HKD",
    "singapore dollars": "SGD",
    "r$": "BRL",
    "brl": "BRL",
    "reais": "BRL",
    "mx$": "MXN",
    "mxn": "MXN",
    "pesos": "MXN",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "(pound)": "GBP",
    "pounds sterling": "GBP",
    "pence": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "ecu": "XEU",
    "ecus": "XEU",
    "¥": "JPY",
    "jpy": "JPY",
    "yen": "JPY",
    "japanese yen": "JPY",
    "rmb": "CNY",
    "cny": "CNY",
    "renminbi": "CNY",
    "yuan": "CNY",
    "rmb¥": "CNY",
    "cn¥": "CNY",
    "₩": "KRW",
    "krw": "KRW",
    "won": "KRW",
    "₹": "INR",
    "inr": "INR",
    "rs": "INR",
    "rupees": "INR",
    "rupee": "INR",
    "chf": "CHF",
    "sfr": "CHF",
    "swiss francs": "CHF",
    "swiss franc": "CHF",
    "francs": "FRF",
    "french francs": "FRF",
    "ff": "FRF",
    "ffr": "FRF",
    "frf": "FRF",
    "belgian francs": "BEF",
    "bef": "BEF",
    "bf": "BEF",
    "bfr": "BEF",
    "dm": "DEM",
    "dem": "DEM",
    "deutsche marks": "DEM",
    "deutschmarks": "DEM",
    "deutsche mark": "DEM",
    "marks": "DEM",
    "german marks": "DEM",
    "lire": "ITL",
    "lira": "ITL",
    "itl": "ITL",
    "guilders": "NLG",
    "dutch guilders": "NLG",
    "nlg": "NLG",
    "dfl": "NLG",
    "hfl": "NLG",
    "pesetas": "ESP",
    "dkk": "DKK",
    "dkr": "DKK",
    "danish kroner": "DKK",
    "danish krone": "DKK",
    "sek": "SEK",
    "skr": "SEK",
    "swedish kronor": "SEK",
    "kronor": "SEK",
    "swedish krona": "SEK",
    "nok": "NOK",
    "nkr": "NOK",
    "norwegian kroner": "NOK",
    "kroner": "DKK",
    "fim": "FIM",
    "ats": "ATS",
    "ils": "ILS",
    "nis": "ILS",
    "shekels": "ILS",
    "new israeli shekels": "ILS",
    "zar": "ZAR",
    "rand": "ZAR",
    "rub": "RUB",
    "rubles": "RUB",
    "roubles": "RUB",
    "aed": "AED",
    "dirhams": "AED",
    "sar": "SAR",
    "thb": "THB",
    "baht": "THB",
    "myr": "MYR",
    "ringgit": "MYR",
    "cents": "USD",
    "cent": "USD",
    "¢": "USD",
}
_NAME = "|".join(re.escape(name) for name in sorted(CURRENCIES, key=len, reverse=True))
_CURRENCY = re.compile(
    rf"(?<![a-z])({_NAME})(?![a-z])|({'|'.join(re.escape(s) for s in ('$', '£', '€', '¥', '₩', '₹', '¢'))})", re.I | re.A
)
_SCALE_WORD = re.compile(r"\b(thousand|million|billion|trillion|mm|mn|bn|m|k)\b", re.I | re.A)
_SCALED = re.compile(r"[\s-]*(thousand|million|billion|trillion|mm|mn|bn|m|k|b)\b", re.I | re.A)
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?|(?<![\w.])\.\d+")
_CENTS = re.compile(r"\bcents?\b|¢|\bpence\b", re.I)
_REDACTED = re.compile(r"\[?\*+\]?|\[[\s_.•·…-]*\]|_{2,}|X{3,}")
_WORDS_THEN_FIGURES = re.compile(r"^(?P<words>[a-z ,.-]+?)\s*\((?P<figures>[^)]*\d[^)]*)\)", re.I)


@dataclass(frozen=True)
class Money:
    """One sum, or a range of two.

    Attributes
    ----------
    low, high : Decimal or None
        Plain units of the currency; equal for a single sum, None for a redacted one.
    currency : str or None
        ISO 4217 code; None for a redacted sum.
    disagree : bool
        True where a sum told in words and in figures differs; the figures are kept.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    disagree: bool = False


# "Five Hundred Thousand and No/100 Dollars"
_NO_CENTS = re.compile(r"\band\s+(?:no|00|xx)\s*/\s*100\b", re.I)


def parse_currency(words: str) -> str | None:
    """Find the currency that a sum is told in.

    Parameters
    ----------
    words : str
        The words of the sum.

    Returns
    -------
    str or None
        ISO 4217 code.

    Examples
    --------
    >>> parse_currency("Cdn$2 million"), parse_currency("3 million Swiss francs"), parse_currency("six")
    ('CAD', 'CHF', None)
    """
    found = None
    for match in _CURRENCY.finditer(words):
        code = CURRENCIES[match.group(0).lower()]
        # A named or prefixed currency is more telling than a bare sign beside it: "A$5 (dollars)", "$5 Canadian".
        if found is None or (found == "USD" and code != "USD"):
            found = code
    return found


def parse_money(words: str) -> Money | None:
    """Read a sum of money.

    Parameters
    ----------
    words : str
        Such as ``"$1.5 million"``, ``"five hundred thousand dollars ($500,000)"``, ``"$2 to $5 million"``, ``"$[***]"``.

    Returns
    -------
    Money or None
        None where the words tell of no currency.

    Examples
    --------
    >>> parse_money("five hundred thousand dollars ($500,000)").low
    Decimal('500000')
    >>> parse_money("$2 to $5 million").high
    Decimal('5000000')
    >>> parse_money("$[***] million").currency is None
    True
    """
    words = _NO_CENTS.sub(" ", one_line(words))
    currency = parse_currency(words)
    if currency is None:
        return None
    figures = list(_FIGURES.finditer(words))
    if not figures:
        if _REDACTED.search(words):
            return Money(None, None, None)
        number = parse_number(_CURRENCY.sub(" ", words).replace(" of ", " "))
        if number is not None and _CENTS.search(words):
            number /= 100
        return None if number is None else Money(number, number, currency)
    # "fifteen cents ($0.15)": the words count cents, the figures dollars.
    cents = Decimal(100) if _CENTS.search(words) else Decimal(1)
    figured = Decimal(1) if "$" in words or "£" in words else cents
    together = _WORDS_THEN_FIGURES.match(words)
    if together:
        told = parse_number(_CURRENCY.sub(" ", together.group("words")).replace(" of ", " "))
        value = _scaled(figures[0], words)
        if value is None:
            return None
        return Money(value / figured, value / figured, currency, disagree=told is not None and told / cents != value / figured)
    values = [value for match in figures[:2] if (value := _scaled(match, words)) is not None]
    if not values:
        return None
    if len(values) == 2 and _SCALE_WORD.search(words[figures[0].end() : figures[1].start()]) is None:
        # "$2 to $5 million": the scale at the end serves both; not so in "$500 to $2 million".
        scale = _SCALE_WORD.search(words[figures[1].end() :])
        shared = values[0] * SCALES[scale.group(1).lower()] if scale else values[0]
        if shared <= values[1]:
            values[0] = shared
    return Money(min(values) / figured, max(values) / figured, currency)


def _scaled(match: re.Match[str], words: str) -> Decimal | None:
    scale = _SCALED.match(words, match.end())
    number = plain_number(Decimal(match.group(0).replace(",", "")))
    return number and plain_number(number * SCALES[scale.group(1).lower()] if scale else number)

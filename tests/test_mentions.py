"""Candidates in marked-up texts: everything between tags must be found, with the value that the tag tells, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.markup import Marked, read_markup

from dealterms import candidates
from dealterms.candidates import MOST_MENTIONS, PHRASE_LABELS, VALUE_LABELS, find_mentions
from dealterms.words import words_of

# A single sum or rate has only ``low``; ``none`` is a missing end.
TAGS = {
    "MONEY": frozenset({"low", "high", "value"}),
    "PERCENT": frozenset({"low", "high"}),
    "DURATION": frozenset({"value"}),
    "DATE": frozenset({"value"}),
    "ORG": frozenset(),
}
PHRASE_TAGS = {label: frozenset({"by"}) for label in PHRASE_LABELS}

MONEY = """
a fee of <MONEY low=1500000 value=USD>one and a half million dollars</MONEY>
a fee of <MONEY low=5000000 value=CHF>five million Swiss francs</MONEY>
a fee of <MONEY low=5000000 value=CAD>$5 million Canadian</MONEY>
It pays a fee of <MONEY low=3000000 value=USD>$3 million</MONEY>.
It owes <MONEY low=40 value=USD>$40</MONEY>, or <MONEY low=0.07 value=USD>$0.07</MONEY> each.
a prize of <MONEY low=1250000.5 value=USD>$1,250,000.50</MONEY>
a loan of <MONEY low=750000 value=USD>$750 thousand</MONEY>
<MONEY low=1200000000 value=USD>$1.2 billion</MONEY> in sales
<MONEY low=40000000 value=USD>$40M</MONEY> or <MONEY low=25000 value=USD>US$25k</MONEY>
<MONEY low=2500000 value=USD>$2.5mm</MONEY> in all
a <MONEY low=40000000 value=USD>$40-million</MONEY> plant
it cost <MONEY low=5000000 value=USD>$5million</MONEY> to build
it is owed <MONEY low=3000000 value=USD>$ 3 million</MONEY> more
it is owed <MONEY low=4000000 value=USD>U.S.$4 million</MONEY> less
it is owed <MONEY low=6000000 value=USD>USD 6 million</MONEY> at least
exactly <MONEY low=500000 value=USD>five hundred thousand dollars ($500,000)</MONEY> at once
and <MONEY low=1000000 value=USD>one million (US$1 million)</MONEY> later
as <MONEY low=12000 value=USD>ten thousand dollars ($12,000)</MONEY> shows, figures win
<MONEY low=230000 value=USD>two hundred thirty thousand dollars</MONEY> in advance
<MONEY low=25 value=USD>twenty-five dollars</MONEY> apiece
<MONEY low=1500000 value=USD>one million five hundred thousand U.S. dollars</MONEY>
<MONEY low=5000000 value=USD>five million United States dollars</MONEY>
<MONEY low=1000000 value=USD>a million dollars</MONEY> or <MONEY low=500000 value=USD>half a million dollars</MONEY>
the <MONEY low=3000000 value=USD>three million dollar</MONEY> fee
it gets <MONEY low=0.125 value=USD>12.5 cents</MONEY> a pound
it gets <MONEY low=0.03 value=USD>three cents</MONEY> a copy
at <MONEY low=0.15 value=USD>fifteen cents ($0.15)</MONEY> per unit
it gets <MONEY low=2500000 value=CAD>Cdn$2.5 million</MONEY> and <MONEY low=400000 value=CAD>C$400,000</MONEY>
it gets <MONEY low=9 value=CAD>CAD 9</MONEY> or <MONEY low=250000 value=CAD>250,000 Canadian dollars</MONEY>
<MONEY low=30000000 value=CNY>RMB 30 million</MONEY> or <MONEY low=5000000 value=CNY>RMB5,000,000</MONEY>
it gets <MONEY low=12000000 value=CNY>12 million renminbi</MONEY>
<MONEY low=40000000 value=EUR>EUR 40 million</MONEY> or <MONEY low=2500000 value=EUR>€2.5 million</MONEY>
<MONEY low=12500000 value=EUR>(euro)12.5 million</MONEY> or <MONEY low=300000000 value=JPY>Yen 300 million</MONEY>
<MONEY low=3 value=EUR>3 euros</MONEY> or <MONEY low=500000 value=EUR>500,000 EUR</MONEY>
<MONEY low=5000000 value=EUR>five million euros</MONEY>, less tax
<MONEY low=10000000 value=CHF>CHF 10 million</MONEY> or <MONEY low=25000000 value=CHF>25 million Swiss francs</MONEY>
<MONEY low=600000000 value=JPY>600 million yen</MONEY> or <MONEY low=600000000 value=JPY>¥600 million</MONEY>
<MONEY low=2000000 value=JPY>two million yen</MONEY> or <MONEY low=7000 value=JPY>JPY 7,000</MONEY>
<MONEY low=2000000 value=GBP>£2 million</MONEY> or <MONEY low=3000000 value=GBP>3 million pounds sterling</MONEY>
<MONEY low=5 value=AUD>A$5</MONEY>, <MONEY low=70 value=HKD>HK$70</MONEY>, <MONEY low=8 value=TWD>NT$8</MONEY>
<MONEY low=50000000 value=DKK>50 million Danish kroner</MONEY> or <MONEY low=1500000 value=SEK>SEK 1.5 million</MONEY>
<MONEY low=2 value=USD>$2</MONEY>, <MONEY low=3 value=USD>$3</MONEY> and <MONEY low=4 value=USD>$4</MONEY>
it costs <MONEY low=2000000 high=5000000 value=USD>between $2 million and $5 million</MONEY>
it costs <MONEY low=2000000 high=5000000 value=USD>between $2 and $5 million</MONEY>
it costs <MONEY low=2000000 high=5000000 value=USD>from $2 million to $5 million</MONEY>
it costs <MONEY low=2000000 high=5000000 value=USD>$2-$5 million</MONEY> now
it costs <MONEY low=2000000 high=5000000 value=USD>$2 to 5 million</MONEY> now
it costs <MONEY low=500000 high=2000000 value=EUR>€500,000 to €2 million</MONEY> now
it costs <MONEY low=500 high=2000000 value=USD>$500 to $2 million</MONEY> now
the <MONEY low=5000000 value=USD>$5 million</MONEY> and <MONEY low=10000000 value=USD>$10 million</MONEY> fees
on <DATE value=2014>2014</DATE> <MONEY low=30000 value=USD>$30,000</MONEY>, on <DATE value=2015>2015</DATE> <MONEY low=35000 value=CAD>CDN$35,000</MONEY>
it takes <MONEY low=50000 value=CAD>50,000 CDN$</MONEY> and <MONEY low=6000000 value=BEF>BF 6,000,000</MONEY> or <MONEY low=90000 value=NLG>Dfl 90,000</MONEY>
what it must order in the year that begins then goes from <MONEY low=6000000 value=USD>$6 million</MONEY> to <MONEY low=3750000 value=USD>$3.75 million</MONEY>
the fee increased from <MONEY low=2000000 value=USD>$2 million</MONEY> to <MONEY low=5000000 value=USD>$5 million</MONEY>
it was reduced, as agreed, from <MONEY low=50 value=USD>$50</MONEY> to <MONEY low=20 value=USD>$20</MONEY>
it raises the fee to <MONEY low=9 value=USD>$9</MONEY> from <MONEY low=7 value=USD>$7</MONEY>
a fee of <MONEY low=none>$[***]</MONEY> or <MONEY low=none>$[***] million</MONEY>
a fee of <MONEY low=none>$***</MONEY> or <MONEY low=none>$[...] million</MONEY>
an amount of <MONEY low=1000000000 value=JPY>¥1 billion</MONEY> (<MONEY low=9000000 value=USD>$9 million</MONEY>)
"""
PERCENT = """
<PERCENT low=7.5>7.5%</PERCENT>, <PERCENT low=12>12 percent</PERCENT> and <PERCENT low=6>6 per cent</PERCENT> of sales
<PERCENT low=0.5>.5%</PERCENT> or <PERCENT low=100>100 %</PERCENT> of it
a royalty of <PERCENT low=0.25>twenty-five basis points</PERCENT>
a royalty of <PERCENT low=8.75>eight and three-quarters percent</PERCENT>
a fee of <MONEY low=500000 value=USD>Five Hundred Thousand and No/100 Dollars ($500,000.00)</MONEY>
a royalty of <PERCENT low=6>six percent (6%)</PERCENT>
a royalty of <PERCENT low=7.5>seven and one-half percent (7.5%)</PERCENT>
a royalty of <PERCENT low=7.5>seven and one-half percent</PERCENT>
at <PERCENT low=5>five (5) percent</PERCENT> or <PERCENT low=25>twenty-five percent</PERCENT>
at <PERCENT low=10>ten per centum</PERCENT> or <PERCENT low=6>six per cent</PERCENT>
at <PERCENT low=3.5>3-1/2%</PERCENT> or <PERCENT low=12.5>12 1/2 percent</PERCENT>
at <PERCENT low=0.5>one-half of one percent</PERCENT> of sales
at <PERCENT low=0.5>50 basis points</PERCENT> or <PERCENT low=0.1>ten basis points</PERCENT>
<PERCENT low=50>one-half</PERCENT>, <PERCENT low=33.3333>one third</PERCENT> or <PERCENT low=66.6667>two-thirds</PERCENT>
<PERCENT low=50>half of</PERCENT> the profits and <PERCENT low=10>one-tenth</PERCENT> of the income
on a <PERCENT low=50>50/50 basis</PERCENT>, or <PERCENT low=50>split 50/50</PERCENT>
it is shared <PERCENT low=50>equally</PERCENT>
it is <PERCENT low=5 high=10>between 5 and 10 percent</PERCENT>
it is <PERCENT low=5 high=10>5% to 10%</PERCENT> or <PERCENT low=15 high=20>15-20%</PERCENT>
it is <PERCENT low=4.5 high=12>from 4.5% to 12%</PERCENT>
the rate rises from <PERCENT low=5>5%</PERCENT> to <PERCENT low=10>10%</PERCENT>
it was lowered last month from <PERCENT low=12>12 percent</PERCENT> to <PERCENT low=8>8 percent</PERCENT>
<PERCENT low=5>5%</PERCENT>, <PERCENT low=7>7%</PERCENT> and <PERCENT low=9>9%</PERCENT> of three tiers
a <PERCENT low=4 high=6>mid-single digit</PERCENT> royalty
a <PERCENT low=7 high=9>high-single-digit</PERCENT> royalty
it is in the <PERCENT low=1 high=9>single digits</PERCENT>
it is in the <PERCENT low=1 high=6>low to mid single digits</PERCENT>
it goes up in <PERCENT low=10 high=none>double-digit</PERCENT> steps
from the <PERCENT low=4 high=13>mid single digits to the low teens</PERCENT>
a royalty of <PERCENT low=5 high=10>between five and ten percent</PERCENT>
a royalty of <PERCENT low=0.5>1/2%</PERCENT>
from the <PERCENT low=4 high=13>mid-single to low-double digits</PERCENT>
a <PERCENT low=10 high=12>sub-teen double-digit</PERCENT> rate
it goes to the <PERCENT low=20 high=26>low- to mid-twenties</PERCENT>
it may rise <PERCENT low=11 high=19>into the teens</PERCENT>
a <PERCENT low=14 high=16>mid-teen</PERCENT> percentage or <PERCENT low=24 high=26>mid-20s</PERCENT>
from the <PERCENT low=10 high=16>low double digit to mid-teen</PERCENT> percentages
from the <PERCENT low=17 high=23>high teens to the low twenties</PERCENT>
from a <PERCENT low=4 high=13>mid-single digit to a low double-digit</PERCENT> percentage
from <PERCENT low=10 high=16>double-digit to the mid-teens</PERCENT>
a rate of <PERCENT low=4 high=6>4 to 6 per cent</PERCENT> or <PERCENT low=7.5>7½%</PERCENT>
at <PERCENT low=0.75>three quarters of one percent (0.75%)</PERCENT> or <PERCENT low=0.5>½ percent</PERCENT>
it is <PERCENT low=none>[***]%</PERCENT>, <PERCENT low=none>***%</PERCENT> or <PERCENT low=none>[**] percent</PERCENT>
"""
DURATION = """
a <DURATION value=P5Y>five-year</DURATION> or <DURATION value=P10Y>10-year</DURATION> term
for <DURATION value=P18M>eighteen (18) months</DURATION>, then it ends
a <DURATION value=P5Y>five (5)-year</DURATION> term
within <DURATION value=P90D>90 days</DURATION> or <DURATION value=P120D>one hundred twenty days</DURATION>
within <DURATION value=P2W>two weeks</DURATION> or <DURATION value=P42M>forty-two months</DURATION>
on <DURATION value=P60D>sixty days</DURATION>' notice
<DURATION value=P60D>60 business days</DURATION> at most
<DURATION value=P2.5Y>two and a half years</DURATION> or <DURATION value=P3.5Y>three and one-half years</DURATION>
for <DURATION value=P1Y>another year</DURATION> or <DURATION value=P1Y>an additional year</DURATION>
each <DURATION value=P6M>two quarters</DURATION> or <DURATION value=P20Y>two decades</DURATION>
for <DURATION value=P10Y>ten (10) additional years</DURATION>
for two additional <DURATION value=P1Y>one-year</DURATION> terms
for two <DURATION value=P5Y>5-year</DURATION> periods
with two <DURATION value=P5Y>five-year</DURATION> renewal options and twelve <DURATION value=P1M>one-month</DURATION> extensions
for three <DURATION value=P5Y>five (5) year</DURATION> terms
for <DURATION value=P25Y>twenty five years</DURATION> or <DURATION value=P3Y>three crop years</DURATION>
for <DURATION value=P7Y>seven seasons</DURATION>, beginning with the next
<DURATION value=P3Y>three years</DURATION> and <DURATION value=P6M>six months</DURATION>
in the <DURATION value=P5Y>first five years</DURATION> and the <DURATION value=P2Y>next two years</DURATION>
it will <DURATION value=P40M>last forty months</DURATION>
until the <DURATION value=P10Y>tenth anniversary</DURATION> of it
until the <DURATION value=P12Y>12th anniversary</DURATION> of it
until its <DURATION value=P25Y>twenty-fifth anniversary</DURATION>
until its <DURATION value=P10Y>ten-year anniversary</DURATION>
until its <DURATION value=P3Y>third-year anniversary</DURATION>
"""
DATE = """
on <DATE value=2000-05-08>May 8, 2000</DATE> or <DATE value=1995-12-31>Dec. 31 1995</DATE>
on <DATE value=2012-03-31>31 March 2012</DATE>, at noon
on the <DATE value=1996-10-14>14th day of October, 1996</DATE>, at noon
from the <DATE value=2004-06-01>1st of June 2004</DATE> to <DATE value=2005-06-02>June 2nd, 2005</DATE>
by <DATE value=2008-06>June 2008</DATE>, in <DATE value=2004-12>December of 2004</DATE>, or in <DATE value=2012>2012</DATE>
on <DATE value=2005-12-31>12/31/2005</DATE> or <DATE value=1999-01-05>1/5/99</DATE>
<DURATION value=P12M>12 months</DURATION> to <DATE value=2005-12-31>December 31, 2005</DATE>
between <DATE value=1998>1998</DATE> and <DATE value=2005>2005</DATE>
"""
ORG = """
<ORG>Ibis Labs</ORG>, <ORG>Inc</ORG>. pays <ORG>Marrow-Brill GmbH</ORG>
it buys from <ORG>3M Works</ORG>, <ORG>drinkwell.com</ORG>, <ORG>uniQure</ORG> and <ORG>Marrow & Brill</ORG>
<ORG>Ibis</ORG> paid <MONEY low=5 value=USD>$5</MONEY> to <ORG>Marrow</ORG>'s owners for <DURATION value=P5Y>five years</DURATION>
in <DATE value=2004-03>March 2004</DATE>, <ORG>Ibis</ORG> gave <ORG>A&B</ORG> <PERCENT low=5>5%</PERCENT>
The fee, which <ORG>we</ORG> owe, is due at the end
"""
CASES = [line for block in (MONEY, PERCENT, DURATION, DATE, ORG) for line in block.strip().splitlines()]

# Look-alikes that hold no value.
NOTHING = [
    "",
    " \n ",
    "no sum at all",
    "5 million shares and 3 million units",
    "several million dollars in a multi-million dollar deal",
    "the dollar fell, the euro rose",
    "a percentage of sales, some percent, and 7 percentage points",
    "one hundred units, ten to twelve of them",
    "two third parties went halfway",
    "tens of digits",
    "several years, years ago, yearly, in the first year",
    "in the quarter that ended",
    "from year-to-year",
    "for 10,001 days",
    "it may, and it did march on",
    "on February 30, 2001",
    "on 31 June 2001 or 13/45/2001",
    "in 2,012 or 20121 units",
    "section 12/31 and rule 300",
    "a fee of $" + "9" * 40,
]

# What is read wrongly today; when one is mended, it moves up.
PHRASES = """
a <PAYMENT by=payment.license>license fee</PAYMENT> and a <PAYMENT by=payment.milestone>milestone payment</PAYMENT>
an <PAYMENT by=payment.upfront>up-front payment</PAYMENT>, a <PAYMENT by=payment.other>lump sum</PAYMENT>
<PAYMENT by=payment.research>research funding</PAYMENT> and an <PAYMENT by=payment.option>option exercise fee</PAYMENT>
it carries a <ROYALTY by=royalty.word>royalty</ROYALTY>
it carries a <ROYALTY by=royalty.share>share of worldwide profits</ROYALTY>
<PAYMENT by=payment.upfront>Up-front</PAYMENT> and <PAYMENT by=payment.milestone>milestone payments</PAYMENT>
a <PAYMENT by=payment.minimum>minimum guarantee</PAYMENT>, or <PAYMENT by=payment.equity>equity</PAYMENT>
<EVENT by=event.phrase>until</EVENT> the <EVENT by=event.phrase>last to expire</EVENT> of them
it <RENEW by=renewal.verb>renews</RENEW> from <RENEW by=renewal.from_to>year to year</RENEW>
with an <RENEW by=renewal.noun>option to extend</RENEW> it
""".strip().splitlines()

Row = tuple[str, int, int, Decimal | None, Decimal | None, str | None]


def expected(marked: list[Marked]) -> list[Row]:
    """Turn tags into what `found` gives."""
    rows = []
    for mark in marked:
        low = mark.attributes.get("low", "none")
        high = mark.attributes.get("high", low)
        ends = [None if end == "none" else Decimal(end) for end in (low, high)]
        rows.append((mark.label, mark.start, mark.end, ends[0], ends[1], mark.attributes.get("value")))
    return rows


def found(text: str) -> list[Row]:
    """Give every candidate with a value, in order; names are their own value."""
    mentions = find_mentions(words_of(text)).mentions
    names = [m for m in mentions if m.label == "ORG"]
    assert [m.value for m in names] == [" ".join(text[m.start : m.end].split()) for m in names]
    return [(m.label, m.start, m.end, m.low, m.high, None if m.label == "ORG" else m.value) for m in mentions if m.label in VALUE_LABELS]


@pytest.mark.parametrize("source", CASES)
def test_values(source: str) -> None:
    text, marked = read_markup(source, TAGS)
    assert found(text) == expected(marked)


CHANGES = {
    "wrapped": lambda text: text.replace(" ", "\n"),
    "wrapped and indented": lambda text: text.replace(" ", "\r\n    "),
    "double spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "no-break hyphens": lambda text: text.replace("-", "‑"),
    "dashes": lambda text: text.replace("-", "–"),
    "soft hyphens": lambda text: text.replace("-", "\xad"),
    "curly quotes": lambda text: text.replace("'", "’"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("source", CASES)
def test_values_in_other_setting(source: str, change: str) -> None:
    """Offsets hold for the text as it is given, however it is set."""
    text, marked = read_markup(source, TAGS, change=CHANGES[change])
    assert found(text) == expected(marked)


@pytest.mark.parametrize("source", CASES)
def test_values_within_a_text(source: str) -> None:
    text, marked = read_markup(f"It is said (“{source}”) that it is so.\n\nThe rest: {source}", TAGS)
    assert found(text) == expected(marked)


@pytest.mark.parametrize("source", NOTHING)
def test_look_alikes_yield_nothing(source: str) -> None:
    text, _ = read_markup(source, TAGS, none=True)
    assert found(text) == []


@pytest.mark.parametrize("source", PHRASES)
def test_phrases(source: str) -> None:
    text, marked = read_markup(source, PHRASE_TAGS)
    mentions = [m for m in find_mentions(words_of(text)).mentions if m.label in PHRASE_LABELS]
    assert [(m.label, m.start, m.end, m.pattern) for m in mentions] == [(m.label, m.start, m.end, m.attributes["by"]) for m in marked]


def test_defined_terms_are_found_beside_names() -> None:
    text = "the Company pays the University of Oregon"
    mentions = find_mentions(words_of(text)).mentions
    assert [(m.pattern, m.value) for m in mentions if m.label == "ORG"] == [
        ("org.defined", "the Company"),
        ("org.name", "Company"),
        ("org.defined", "the University"),
        ("org.name", "University"),
        ("org.name", "Oregon"),
    ]


def test_bounds_and_cues() -> None:
    words = words_of("up to approximately $5 million in net sales, not less than $2 million")
    bounds = find_mentions(words).bounds
    assert [(words.slice(first, last), bound) for first, last, bound in bounds] == [
        ("up to", "bound.cap"),
        ("approximately", "bound.approximate"),
        ("not less than", "bound.floor"),
    ]
    cues = find_mentions(words).cues
    assert [(words.slice(first, last), cue) for first, last, cue in cues] == [
        ("net sales", "cue.royalty"),
        ("not less than", "cue.minimum"),
        ("less than", "cue.threshold"),
    ]


PIECES = [
    "$",
    "€",
    "5",
    "1,000",
    "40%",
    "percent",
    "million",
    "to",
    "between",
    "and",
    "-",
    "five",
    "(",
    ")",
    "years",
    "year",
    "anniversary",
    "tenth",
]
PIECES += [
    "May",
    "8,",
    "2004",
    "Ibis",
    "Inc.",
    "the Company",
    "[***]",
    "half",
    "of",
    "one",
    "low",
    "teens",
    "digits",
    "cents",
    "dollars",
    "\n\n",
    ".",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join) | st.text(max_size=60))
def test_candidates_of_any_text_are_in_order_and_in_place(text: str) -> None:
    words = words_of(text)
    mentions = find_mentions(words).mentions
    assert mentions == sorted(mentions, key=lambda m: (m.first, -m.last, m.label))
    for m in mentions:
        assert (m.start, m.end) == (words.starts[m.first], words.ends[m.last - 1])
        if m.low is not None:
            assert (m.high is None and m.label == "PERCENT") or 0 <= m.low <= m.high
    for label in {m.label for m in mentions} - {"ORG"}:
        same = [m for m in mentions if m.label == label]
        assert all(one.last <= other.first for one, other in pairwise(same))


def test_rates_beyond_a_thousand_percent_are_no_range() -> None:
    assert found("from 5000% to 6000%") == []


def test_a_text_is_read_no_further_than_its_candidates() -> None:
    words = words_of("Quillon owes $5 million. " * (2 * MOST_MENTIONS))
    found = find_mentions(words)
    assert len(found.mentions) == MOST_MENTIONS
    assert found.mentions[-1].last <= found.read < len(words) // 2
    assert len(words.until(found.read)) == found.read


def test_what_is_found_does_not_depend_on_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of("Quillon pays Marrow $5 million, and 5% of net sales for ten years.")
    before = find_mentions(words)
    ruler = candidates._ruler()
    monkeypatch.setattr(candidates, "_MOST_LEXEMES", 0)
    assert find_mentions(words) == before
    assert candidates._ruler() is not ruler

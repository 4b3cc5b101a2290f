"""One row of a deal table, and the wording of its values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealterms import wording
from dealterms.summary import COLUMNS, summarize
from dealterms.types import Deal, Party, Payment, Renewal, Royalty, Term

D = Decimal
EMPTY = dict.fromkeys(COLUMNS)


@pytest.mark.parametrize(
    "low, high, currency, per, approximate, expected",
    [
        (D(3000000), D(3000000), "USD", None, False, "USD 3,000,000"),
        (D("3E+6"), D("3000000.00"), "USD", None, False, "USD 3,000,000"),
        (None, D(40000000), "USD", "antigen target", True, "up to USD 40,000,000 per antigen target (approx.)"),
        (D(40000000), None, "JPY", None, False, "at least JPY 40,000,000"),
        (D(2000000), D(5000000), "USD", None, False, "USD 2,000,000 - 5,000,000"),
        (D("0.5"), D("0.5"), "EUR", "pound", False, "EUR 0.50 per pound"),
        (D("0.125"), D("0.125"), "EUR", None, False, "EUR 0.125"),
        (D("1234.5"), D("1234.5"), None, None, False, "1,234.50"),
        (D(0), D(0), "USD", None, False, "USD 0"),
        (D(8000), D(8000), "USD", "scientist\n   per year", False, "USD 8,000 per scientist per year"),
        (None, None, "USD", "year", True, None),
    ],
)
def test_money(low, high, currency, per, approximate, expected):
    assert wording.money(low, high, currency, per, approximate) == expected


@pytest.mark.parametrize(
    "low, high, base, tiered, expected",
    [
        (D(4), D(13), "net sales", True, "4-13% of net sales (tiered)"),
        (D(50), D("50.0"), "profits", False, "50% of profits"),
        (D("7.50"), D("7.50"), None, False, "7.5%"),
        (None, D(12), "net  sales", False, "up to 12% of net sales"),
        (D(10), None, None, False, "at least 10%"),
        (None, None, "net sales", True, None),
    ],
)
def test_rate(low, high, base, tiered, expected):
    assert wording.rate(low, high, base, tiered) == expected


@pytest.mark.parametrize(
    "record, expected",
    [
        (Royalty(amount=D("0.12"), currency="USD", per="pound"), "USD 0.12 per pound"),
        (Royalty(amount=D("0.12"), currency="USD", per="pound", tiered=True), "up to USD 0.12 per pound (tiered)"),
        (Royalty(D(5), D(5), amount=D(1), currency="USD", per="unit"), "5%, USD 1 per unit"),
        (Royalty(), "royalties, rate not told"),
        (Royalty(tiered=True, base="net sales"), "royalties on net sales, rate not told"),
    ],
)
def test_royalty(record, expected):
    assert wording.royalty(record) == expected


@pytest.mark.parametrize(
    "length, expected",
    [
        ("P5Y", "5 years"), ("P1Y", "1 year"), ("P18M", "18 months"), ("P1Y6M", "1 year 6 months"), ("P2W", "2 weeks"),
        ("P90D", "90 days"), ("P1.5Y", "1.5 years"), ("P", "P"), ("PT5H", "PT5H"), ("a while", "a while"),
    ],
)  # fmt: skip
def test_duration(length, expected):
    assert wording.duration(length) == expected


@pytest.mark.parametrize(
    "text, quote, expected",
    [
        ("for the later of ten years and the last claim.", "later of ten years and the last claim", "later of 10 years / the last claim"),
        ("for the\nlonger of (a) ten years and the last claim.", "ten years and the last claim", "later of 10 years / the last claim"),
        ("for ten years or the last claim, whichever is later.", "ten years or the last claim", "later of 10 years / the last claim"),
        ("until the earlier of ten years and the last claim.", "ten years and the last claim", "earlier of 10 years / the last claim"),
        ("for ten years or the last claim.", "ten years or the last claim", "10 years / the last claim"),
        ("the earlier or the later of ten years and the last claim.", "ten years and the last claim", "10 years / the last claim"),
    ],
)
def test_which_end_counts_is_read_around_the_quote(text, quote, expected):
    start = text.index(quote)
    record = Term("royalty", "P10Y", event="the last claim", quote=quote, start=start, end=start + len(quote))
    assert wording.term(record, text) == expected


@pytest.mark.parametrize(
    "record, expected",
    [
        (Term("agreement", "P5Y"), "5 years"),
        (Term("agreement", ends="2012-12-31"), "until 2012-12-31"),
        (Term("agreement", "P5Y", "2012-12-31"), "5 years, until 2012-12-31"),
        (Term("agreement", ends="2012", event="a generic is sold"), "until 2012 / a generic is sold"),
        (Term("agreement", event="expiry of the later\n of two patents"), "expiry of the later of two patents"),
        (Term("agreement", event="word " * 40), ("word " * 15).strip() + "..."),
    ],
)
def test_term(record, expected):
    assert wording.term(record) == expected


@pytest.mark.parametrize(
    "record, expected",
    [
        (Renewal("P3Y", 1, fee=True), "1 x 3 years, fee"),
        (Renewal("P1Y", "successive", automatic=True, notice="P90D"), "successive 1-year terms, automatic, 90 days notice"),
        (Renewal("P1Y6M", "successive"), "successive 1-year 6-month terms"),
        (Renewal(None, "successive", automatic=True), "successive terms, automatic"),
        (Renewal(None, 2), "2 x length not told"),
        (Renewal("P5Y"), "5 years"),
        (Renewal(notice="P6M"), "renewable, 6 months notice"),
    ],
)
def test_renewal(record, expected):
    assert wording.renewal(record) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("  Acme\r\n\tInc. ", "Acme Inc."),
        ("\x1b[1;31mAcme\x1b[0m", "Acme"),
        ("\x1b]8;;http://x.test\x07Acme\x1b]8;;\x1b\\", "Acme"),
        ("\x1b]0;owned", ""),
        ("\x9b31mAcme\x9b0m", "Acme"),
        ("Ac\x00me\x07\x7f\x08", "Acme"),
        ("Acme\u202e.cnI\u200b", "Acme.cnI"),
        ("Ac\ud800me", "Acme"),
        ("Société [bold]Générale[/bold]", "Société [bold]Générale[/bold]"),
    ],
)
def test_one_line(text, expected):
    assert wording.one_line(text) == expected


@pytest.mark.parametrize("text, expected", [("abc def", "abc def"), ("abc defgh", "abc..."), ("abcdefghijk", "abcde..."), ("", "")])
def test_shorten(text, expected):
    assert wording.shorten(text, 8) == expected


def test_an_empty_deal_tells_nothing_in_every_column():
    assert summarize(Deal("")) == EMPTY
    assert list(summarize(Deal(""))) == list(COLUMNS)


@pytest.mark.parametrize(
    "roles, licensor, licensee",
    [
        (["licensee", "licensor"], "P1", "P0"),
        (["supplier", "distributor"], "P0", "P1"),
        (["purchaser", "seller"], "P1", "P0"),
        (["licensor", "licensor", "licensee"], "P0; P1", "P2"),
        (["collaborator", "collaborator"], "P0", "P1"),
        (["collaborator", "collaborator", "collaborator"], "P0", "P1; P2"),
        (["collaborator", "licensee", "collaborator"], "P0; P2", "P1"),
        (["collaborator", "licensor"], "P1", "P0"),
        (["licensor", "licensee", "collaborator"], "P0", "P1"),
        (["collaborator"], "P0", None),
        (["licensee"], None, "P0"),
    ],
)
def test_sides(roles, licensor, licensee):
    parties = tuple(Party(f"P{number}", role=role) for number, role in enumerate(roles))
    assert summarize(Deal("", parties=parties)) == EMPTY | {"licensor": licensor, "licensee": licensee}


def test_a_full_row():
    deal = Deal(
        "",
        parties=(Party("Marrow\n Labs", role="licensor"), Party("Quillon Ltd.", role="licensee")),
        payments=(
            Payment("upfront", D(3000000), D(3000000), "USD"),
            Payment("milestone", None, D(9000000), "USD", milestone="sales"),
            Payment("milestone", None, D(9000000), "USD", milestone="regulatory"),
            Payment("milestone", D(1), D(1), "USD", background=True),
            Payment("total", None, D(90000000), "USD", approximate=True),
            Payment("equity", D(5), D(5), "USD"),
        ),
        royalties=(Royalty(D(4), D(6), True, base="net sales"), Royalty(), Royalty(D(1), D(1), background=True)),
        terms=(Term("agreement", "P5Y"), Term("royalty", "P10Y"), Term("agreement", "P9Y", background=True)),
        renewals=(Renewal("P3Y", 1, fee=True), Renewal("P1Y", 2, background=True)),
    )
    assert deal.summary() == {
        "licensor": "Marrow Labs",
        "licensee": "Quillon Ltd.",
        "upfront": "USD 3,000,000",
        "milestones": "up to USD 9,000,000",
        "total": "up to USD 90,000,000 (approx.)",
        "royalty": "4-6% of net sales (tiered); royalties, rate not told",
        "term": "5 years; 10 years (royalty)",
        "renewal": "1 x 3 years, fee",
    }


def test_a_sum_without_figure_is_told_as_such():
    assert summarize(Deal("", payments=(Payment("upfront"),)))["upfront"] == "amount not told"

"""Deals and filings on the terminal."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from rich.console import Console

from dealterms.filings import Filing, Header, Section
from dealterms.table import print_deal, print_filing
from dealterms.types import Deal, Item, Party, Payment, Renewal, Royalty, Term

D = Decimal
EVIL = "\x1b]0;owned\x07\x1b[31m[red]Evil[/red] [link=http://x.test]Inc.[/link]\x1b[0m :boom: [/"
HARMLESS = "[red]Evil[/red] [link=http://x.test]Inc.[/link] :boom: [/"


def shown(deal: Deal, width: int = 200, terminal: bool = False) -> str:
    """Print a deal to a string."""
    out = io.StringIO()
    print_deal(deal, Console(file=out, width=width, force_terminal=terminal, color_system="standard" if terminal else None))
    return out.getvalue()


def rows(printed: str) -> list[list[str]]:
    """Give the cells of every line, as columns are two spaces or more apart."""
    return [[cell for cell in line.split("  ") if cell.strip()] for line in printed.splitlines() if line.strip(" ─")]


def cells(printed: str) -> list[list[str]]:
    """Give the cells without white space around."""
    return [[cell.strip() for cell in row] for row in rows(printed)]


def a_deal() -> Deal:
    """A deal with one record of each group and two of background."""
    marrow, quillon = "Marrow Labs, Inc.", "Quillon Ltd."
    return Deal(
        "...",
        "Quillon Ltd.",
        "q-1",
        (Item("1.01", "Entry into an Agreement"), Item("8.01", "Other Events")),
        (Party(marrow, ("Marrow", "the\n Laboratory"), "licensor", confidence=0.987), Party(quillon, ("we",), "licensee", confidence=0.5)),
        (
            Payment(
                "upfront", D(3000000), D(3000000), "USD", payer=quillon, payee=marrow, quote="a fee of\n  $3 million", confidence=0.914
            ),
            Payment("milestone", None, D(9), "USD", milestone="sales", contingent=True, payee=marrow, quote="up to $9"),
            Payment("equity", D(1), D(1), "USD", payer=marrow, background=True, quote="bought shares for $1"),
        ),
        (Royalty(D(4), D(6), True, base="net sales", payer="Third Co.", payee=marrow, quote="4% to 6%"),),
        (Term("agreement", "P5Y", quote="five years"), Term("supply", "P2Y", background=True, quote="two years")),
        (Renewal("P3Y", 1, holder=quillon, fee=True, quote="three more years"),),
    )


def test_everything_an_analyst_wants_in_order():
    assert cells(shown(a_deal())) == [
        ["Quillon Ltd. | q-1 | Item 1.01 Entry into an Agreement | Item 8.01 Other Events"],
        ["Role", "Party", "Also called", "Conf."],
        ["licensor", "Marrow Labs, Inc.", "Marrow, the Laboratory", "0.99"],
        ["licensee", "Quillon Ltd.", "we", "0.50"],
        ["What", "Value", "Who", "Conf.", "Quote"],
        ["upfront", "USD 3,000,000", "Quillon Ltd. -> Marrow", "0.91", "a fee of $3 million"],
        ["milestone (sales)", "up to USD 9, contingent", "to Marrow", "1.00", "up to $9"],
        ["royalty", "4-6% of net sales (tiered)", "Third Co. -> Marrow", "1.00", "4% to 6%"],
        ["agreement term", "5 years", "1.00", "five years"],
        ["renewal", "1 x 3 years, fee", "Quillon Ltd.", "1.00", "three more years"],
        ["Background, of other or earlier agreements"],
        ["What", "Value", "Who", "Conf.", "Quote"],
        ["equity", "USD 1", "Marrow pays", "1.00", "bought shares for $1"],
        ["supply term", "2 years", "1.00", "two years"],
    ]


def test_background_is_dim():
    printed = shown(a_deal(), terminal=True)
    dim = [f"\x1b[2m{words}" in printed for words in ("upfront", "5 years", "three more years", "equity", "2 years", "two years")]
    assert dim == [False, False, False, True, True, True]


@pytest.mark.parametrize(
    "deal, expected",
    [
        (Deal("Nothing."), [["no deal found"]]),
        (Deal("Nothing.", "Quillon Ltd."), [["Quillon Ltd."], ["no deal found"]]),
        (
            Deal("", parties=(Party("Quillon Ltd."),)),
            [["Role", "Party", "Also called", "Conf."], ["collaborator", "Quillon Ltd.", "1.00"]],
        ),
        (
            Deal("", terms=(Term("option", "P1Y", background=True, quote="a year"),)),
            [
                ["Background, of other or earlier agreements"],
                ["What", "Value", "Who", "Conf.", "Quote"],
                ["option term", "1 year", "1.00", "a year"],
            ],
        ),
    ],
    ids=["nothing", "registrant", "parties", "background"],
)
def test_empty_groups_are_not_there(deal, expected):
    assert cells(shown(deal)) == expected


@pytest.mark.parametrize("terminal", [False, True])
def test_words_of_a_filing_are_neither_markup_nor_escapes(terminal):
    deal = Deal(
        EVIL,
        EVIL,
        EVIL,
        (Item(EVIL, EVIL),),
        (Party(EVIL, (EVIL + "2",), "licensor"),),
        (Payment("upfront", D(1), D(1), EVIL, per=EVIL, payer=EVIL, payee=EVIL, quote=EVIL),),
        (Royalty(D(1), D(1), base=EVIL, quote=EVIL),),
        (Term("agreement", EVIL, EVIL, EVIL, quote=EVIL), Term("agreement", event=EVIL, background=True, quote=EVIL)),
        (Renewal(EVIL, holder=EVIL, notice=EVIL, quote=EVIL),),
    )
    printed = shown(deal, 2000, terminal)
    assert "owned" not in printed and "\x07" not in printed and "\x1b[31m" not in printed and "\x1b]" not in printed
    assert printed.count(HARMLESS) == 23


def test_long_quotes_are_cut():
    printed = shown(Deal("", terms=(Term("agreement", "P5Y", quote="so long " * 50),)))
    assert ("so long " * 10).strip() in printed and "..." in printed and "so long " * 12 not in printed


def test_narrow_terminals_lose_nothing():
    printed = shown(a_deal(), 60)
    assert max(map(len, printed.splitlines())) <= 60
    for word in ("3,000,000", "milestone (sales)", "agreement term", "0.91"):
        assert word in printed


def test_items_of_a_filing():
    filing = Filing(
        Header("8-K/A", "2004-05-03", "2004-04-30"),
        "[b]Quillon[/b] Ltd.",
        (Section("5", "Other\x1b[1m Events", 10, 40, "Quillon  sold\na mill."), Section("7", "", 50, 60, "None.")),
        (),
    )
    out = io.StringIO()
    print_filing(filing, "a\nb.txt", Console(file=out, width=120))
    assert cells(out.getvalue()) == [
        ["a b.txt | [b]Quillon[/b] Ltd. | 8-K/A | filed 2004-05-03 | event of 2004-04-30"],
        ["Item", "Title", "Start", "End", "Text"],
        ["5", "Other Events", "10", "40", "Quillon sold a mill."],
        ["7", "50", "60", "None."],
    ]

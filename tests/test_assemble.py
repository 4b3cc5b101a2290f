"""The assembler's rules, each on words of its own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealterms.assemble import assemble
from dealterms.assemble.confidence import calibrate
from dealterms.assemble.links import unit_after
from dealterms.assemble.parties import best_roles
from dealterms.assemble.payments import bounds, home_currency, is_conversion, is_outdone, other_end
from dealterms.classifier import shipped_models
from dealterms.decisions import Decision, Decisions, decide
from dealterms.extraction import context_of
from dealterms.types import Deal, Party, Term

SHAPES = {"licensee licensor": 0.6, "purchaser supplier": 0.2, "collaborator collaborator": 0.1, "": 0.1}


def money(text: str):
    context = context_of(text)
    (*_, index) = context.by_label["MONEY"]
    return context, index


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It pays $5 million per antigen target and more.", "antigen target"),
        ("It pays $5,000 for each device sold.", "device"),
        ("It pays $5,000 a year.", "year"),
        ("It pays $5,000 per annum.", "year"),
        ("It pays $5,000 annually.", "year"),
        ("It pays $5,000 to the other.", None),
        ("It pays $5,000 a total of three times.", None),
    ],
)
def test_units(text: str, unit: str | None) -> None:
    context, index = money(text)
    assert unit_after(context, context.mentions[index]) == unit


@pytest.mark.parametrize(("bound", "ends"), [("exact", (5, 5)), ("cap", (None, 5)), ("floor", (5, None))])
def test_bounds(bound: str, ends: tuple[int | None, int | None]) -> None:
    context, index = money("It pays $5.")
    low, high = bounds(context.mentions[index], bound)
    assert (low, high) == tuple(None if end is None else Decimal(end) for end in ends)


def test_a_range_keeps_its_ends_whatever_the_bound() -> None:
    context, index = money("It pays between $2 and $5 million.")
    assert bounds(context.mentions[index], "cap") == (Decimal(2_000_000), Decimal(5_000_000))


@pytest.mark.parametrize(
    ("text", "is_range"),
    [
        ("It pays at least $2 million and at most $5 million.", True),
        ("The price is not higher than $5 nor lower than $2 a ton.", True),
        ("The price has a floor of $2 and a ceiling of $5.", True),
        ("It pays at least $5 million and up to $2 million.", False),
        ("It pays at least $2 million; its partner pays up to $5 million.", False),
        ("It pays at least $2 million and up to EUR 5 million.", False),
        ("It pays at least $2 million, grants a licence to all of its patents and receives up to $5 million.", False),
        ("It pays $2 million and up to $5 million.", False),
        ("It pays at least $2 million and at least $5 million.", False),
    ],
)
def test_a_range_told_in_two(text: str, is_range: bool) -> None:
    context = context_of(text)
    first, second = context.by_label["MONEY"]
    decisions = Decisions([Decision("milestone") for _ in context.mentions], [], {}, [], 1.0)
    assert [other_end(context, decisions, index) for index in (first, second)] == ([second, first] if is_range else [None, None])
    decisions.mentions[second].role = "upfront"
    assert other_end(context, decisions, first) is None


@pytest.mark.parametrize(
    ("text", "conversion"),
    [
        ("A fee of €10 million ($11 million) is due.", True),
        ("A fee of NT$1,800 million (US$68 million at that day's rate) is due.", True),
        ("A fee of €10 million and $11 million is due.", False),
        ("A fee of $10 million ($2 million of it now) is due.", False),
        ("A fee ($11 million) is due.", False),
    ],
)
def test_conversions(text: str, conversion: bool) -> None:
    context, index = money(text)
    assert is_conversion(context, index) is conversion


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("It pays $5. All amounts are in Canadian dollars.", "CAD"),
        ("It pays $5. Sums are in Australian dollars unless told otherwise.", "AUD"),
        ("It pays $5.", None),
    ],
)
def test_home_currency(text: str, currency: str | None) -> None:
    assert home_currency(context_of(text)) == currency


def test_roles_fit_together() -> None:
    both_give = [(0.95, 0.8), (0.95, 0.6)]
    assert best_roles(both_give, {"licence": 0.9, "supply": 0.1}, SHAPES, 0.98) == {0: "licensor", 1: "licensee"}
    assert best_roles(both_give, {"licence": 0.1, "supply": 0.9}, SHAPES, 0.98) == {0: "supplier", 1: "purchaser"}
    assert best_roles(both_give, {"collaboration": 1.0}, SHAPES, 0.98) == {0: "collaborator", 1: "collaborator"}


def test_without_a_deal_there_is_no_party() -> None:
    assert best_roles([(0.5, 0.8), (0.4, 0.6)], {"licence": 1.0}, SHAPES, 0.01) == {}
    assert best_roles([], {"licence": 1.0}, SHAPES, 0.99) == {}


def test_in_a_deal_who_may_well_be_a_party_is_one() -> None:
    """Though two such make no deal."""
    shapes = {"licensee licensor": 0.5, "licensee licensee licensor": 0.2, "": 0.3}
    told = best_roles([(0.95, 0.8), (0.95, 0.2), (0.55, 0.1)], {"licence": 1.0}, shapes, 0.98)
    assert told == {0: "licensor", 1: "licensee", 2: "licensee"}
    assert best_roles([(0.45, 0.8), (0.45, 0.2)], {"licence": 1.0}, shapes, 0.3) == {}


def test_a_sure_deal_has_a_party_however_poorly_it_is_named() -> None:
    assert best_roles([(0.01, 0.9), (0.02, 0.1)], {"sale": 1.0}, SHAPES, 0.95).items() >= {1: "purchaser"}.items()
    assert best_roles([(0.01, 0.9), (0.02, 0.1)], {"sale": 1.0}, SHAPES, 0.6) == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Marrow is reimbursed for its cost of dyes.", ["reimbursed"]),
        ("Marrow pays license fees, milestone payments and a deposit.", ["license fees", "milestone payments", "deposit"]),
    ],
)
def test_of_two_phrases_for_one_thing_the_surer_is_kept(text: str, kept: list[str]) -> None:
    context = context_of(text)
    sure = [Decision("reimbursement", {"reimbursement": 0.9 - 0.1 * index}) for index in range(len(context.mentions))]
    decisions = Decisions(sure, [], {}, [], 1.0)
    phrases = context.by_label["PAYMENT"]
    told = [index for index in phrases if not is_outdone(context, decisions, index, sure[index])]
    assert [context.words.slice(context.mentions[i].first, context.mentions[i].last) for i in told] == kept


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Marrow paid $2 million in May and will pay $2 million in June.", 2),
        ("Marrow paid $2 million in May. Another $2 million is due in June.", 2),
        ("Marrow paid $2 million in May. The payment of $2 million was made by wire.", 1),
    ],
)
def test_a_sum_paid_again_and_one_told_again(text: str, times: int) -> None:
    context = context_of(text)
    sure = [
        Decision("license_fee" if m.label == "MONEY" else "none", {"license_fee": 0.9}, described={"own=bias": 1.0})
        for m in context.mentions
    ]
    deal = assemble(
        context,
        Decisions(sure, [(0.9, 0.9)] * len(context.entities), {"licence": 1.0}, [{}] * len(context.entities), 0.99),
        shipped_models(),
    )
    assert [payment.low for payment in deal.payments] == [2_000_000] * times


def test_we_take_part_and_have_no_name() -> None:
    context = context_of("We licensed our dye to Marrow GmbH for a fee of $2 million.")
    sure = [Decision("upfront" if m.label == "MONEY" else "none", {"upfront": 0.9}, described={"own=bias": 1.0}) for m in context.mentions]
    us, them = (0.9, 0.9), (0.9, 0.1)
    both = [us if entity.registrant else them for entity in context.entities]
    deal = assemble(context, Decisions(sure, both, {"licence": 1.0}, [{}] * len(both), 0.99), shipped_models())
    assert [(party.name, party.role) for party in deal.parties] == [("Marrow GmbH", "licensee")]
    assert [(payment.payer, payment.payee) for payment in deal.payments] == [("Marrow GmbH", None)]


def test_confidence_is_corrected_by_the_table_of_its_group() -> None:
    deal = Deal("", parties=(Party("A", confidence=0.5),), terms=(Term(kind="agreement", confidence=0.5),))
    told = calibrate(deal, {"shapes": {"": 1.0}, "calibration terms": {"0.5": 0.8}})
    assert (told.parties[0].confidence, told.terms[0].confidence) == (0.5, 0.8)


def test_what_hardly_tells_of_a_deal_is_not_described() -> None:
    text = "The board of directors declared a quarterly cash dividend of $0.12 per share, payable to stockholders of record on May 8, 2000."
    context = context_of(text)
    decisions = decide(context, shipped_models())
    assert decisions.deal < 0.02
    assert [one.role for one in decisions.mentions] == ["none"] * len(context.mentions)
    assert len(decisions.parties) == len(context.entities)
    assert assemble(context, decisions, shipped_models()).parties == ()

"""The records: to JSON and back, frames, thresholds, reasons."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal

import pytest

from dealterms.types import GROUPS, Deal, Item, Party, Payment, Reason, Renewal, Royalty, Term

TEXT = "Quillon Ltd. pays Marrow Labs $0.1 and a 7.5% royalty for five years, renewable once."


def a_deal() -> Deal:
    """One record of each group, no field left at its default."""
    reason = Reason(("money.figures",), (("word=pays", 1.5), ("word=loan", -0.25)), ("payments.sum",))
    return Deal(
        TEXT,
        registrant="Quillon Ltd.",
        id="q-1",
        items=(Item("1.01", "Entry into a Material Definitive Agreement", 0, len(TEXT), 400, 400 + len(TEXT)),),
        parties=(
            Party("Marrow Labs", ("Marrow", "the Laboratory"), "licensor", ((18, 29),), 0.9, reason),
            Party("Quillon Ltd.", (), "licensee", ((0, 12),), 0.8, reason),
        ),
        payments=(
            Payment(
                "milestone",
                Decimal("0.1"),
                Decimal(2_000_000),
                "USD",
                True,
                "target",
                "sales",
                True,
                "Quillon Ltd.",
                "Marrow Labs",
                True,
                "$0.1",
                30,
                34,
                0.7,
                reason,
            ),
        ),
        royalties=(
            Royalty(
                Decimal("7.5"),
                Decimal(12),
                True,
                Decimal("0.125"),
                "EUR",
                "kilogram",
                "net sales",
                "Quillon Ltd.",
                "Marrow Labs",
                True,
                "a 7.5% royalty",
                39,
                53,
                0.6,
                reason,
            ),
        ),
        terms=(Term("royalty", "P5Y", "2012-12", "last valid claim", True, "five years", 58, 68, 0.5, reason),),
        renewals=(Renewal("P1Y", "successive", True, "Quillon Ltd.", "P90D", True, True, "renewable once", 70, 84, 0.4, reason),),
    )


def test_the_example_leaves_no_field_at_its_default():
    deal = a_deal()
    for group, kind in GROUPS.items():
        record = getattr(deal, group)[0]
        assert [f.name for f in fields(kind) if getattr(record, f.name) == f.default] == []
        if group != "parties":
            assert TEXT[record.start : record.end] == record.quote


def test_json_and_back():
    deal = a_deal()
    assert Deal.from_dict(json.loads(deal.to_json())) == deal
    assert Deal.from_dict(json.loads(deal.to_json(indent=2))) == deal


def test_decimals_come_back_exact_and_whole_ones_as_integers():
    row = a_deal().to_dict()
    assert [(type(row["payments"][0][end]), row["payments"][0][end]) for end in ("low", "high")] == [(float, 0.1), (int, 2_000_000)]
    back = Deal.from_dict(row)
    assert back.payments[0].low == Decimal("0.1") and isinstance(back.payments[0].high, Decimal)
    assert back.royalties[0].amount == Decimal("0.125")


def test_json_has_no_reasons_and_keeps_letters():
    deal = Deal("Société Générale", parties=(Party("Société Générale", reason=Reason(("org.name",))),))
    assert "Société" in deal.to_json() and "reason" not in deal.to_json()


@pytest.mark.parametrize(
    "row, expected",
    [
        ({"kind": "agreement", "length": "P5Y", "quote": "five years"}, (58, 68)),
        ({"kind": "agreement", "length": "P5Y", "quote": "six years"}, (0, 0)),
        ({"kind": "agreement", "length": "P5Y", "quote": "five years", "start": 3, "end": 4}, (3, 4)),
        ({"kind": "agreement", "length": "P5Y"}, (0, 0)),
    ],
)
def test_a_labelled_record_gets_the_place_of_its_quote(row, expected):
    (term,) = Deal.from_dict({"text": TEXT, "terms": [row]}).terms
    assert (term.start, term.end) == expected


def test_fields_of_other_versions_are_passed_over():
    row = a_deal().to_dict() | {"era": "1990s", "terms": [{"kind": "supply", "ends": "2012", "mood": "good", "reason": "none"}]}
    assert Deal.from_dict(row).terms == (Term("supply", ends="2012"),)


def test_a_text_alone_is_a_deal():
    assert Deal.from_dict({"text": "Nothing."}) == Deal("Nothing.")


def test_records_are_equal_whatever_the_reason():
    assert Term("agreement", "P5Y", reason=Reason(("a",))) == Term("agreement", "P5Y", reason=Reason(("b",)))


def test_frames():
    frames = a_deal().frames()
    assert {group: len(frame) for group, frame in frames.items()} == {
        "parties": 2,
        "payments": 1,
        "royalties": 1,
        "terms": 1,
        "renewals": 1,
    }
    assert frames["payments"].loc[0, "high"] == 2_000_000
    assert list(frames["terms"].columns) == ["kind", "length", "ends", "event", "background", "quote", "start", "end", "confidence"]


def test_frames_of_nothing_have_the_same_columns():
    full, empty = a_deal().frames(), Deal("").frames()
    assert {group: list(frame.columns) for group, frame in empty.items()} == {group: list(frame.columns) for group, frame in full.items()}
    assert all(frame.empty for frame in empty.values())


@pytest.mark.parametrize(
    "confidence, groups",
    [
        (0.0, ["payments", "royalties", "terms", "renewals"]),
        (0.5, ["payments", "royalties", "terms"]),
        (0.65, ["payments"]),
        (0.95, []),
    ],
)
def test_above_drops_what_is_less_sure_but_no_party(confidence, groups):
    deal = a_deal()
    kept = deal.above(confidence)
    assert [group for group in GROUPS if group != "parties" and getattr(kept, group)] == groups
    assert (kept.parties, kept.items, kept.text, kept.id) == (deal.parties, deal.items, deal.text, deal.id)
    assert deal == a_deal()


def test_explain():
    assert a_deal().payments[0].explain().splitlines() == [
        "found by money.figures",
        "     for  1.50  word=pays",
        " against  0.25  word=loan",
        "linked by payments.sum",
    ]
    assert Item("5").explain() == "found by no pattern"

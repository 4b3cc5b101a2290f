"""What a person changes in a tool is what changes in the narrative, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.convert.deals import BUYER, DEAL, EMPTY, OWNER, SIDES, TEXT, changed, place

from dealterms.convert.marks import Link, Mark, Marked, collapsed, mark, parts_of
from dealterms.convert.merge import merge
from dealterms_training.examples import faults

SENT = mark(DEAL)
NEW_TEXT = "Fees: an option fee of about $300,000, royalties of 5% to 9%, €0.30 per litre, until 2031, at least $7 million, two years."
BLANK_PAYMENT = {"per": None, "milestone": None, "contingent": False, "payer": None, "payee": None, "background": False}
BLANK_ROYALTY = {"per": None, "base": None, "payer": None, "payee": None, "background": False}


def without(*keys: str) -> Marked:
    """Give the marks of the deal without some, and without the links to and from those."""
    gone = {SENT.where[key] for key in keys}
    kept = [number for number in range(len(SENT.marks)) if number not in gone]
    links = [link for link in SENT.links or () if not gone & {link.source, link.target}]
    numbers = {number: position for position, number in enumerate(kept)}
    moved = [Link(numbers[link.source], numbers[link.target], link.label) for link in links]
    return Marked(TEXT, [SENT.marks[number] for number in kept], moved)


def altered(key: str, **fields: Any) -> Marked:
    number = SENT.where[key]
    marks = [replace(given, **fields) if at == number else given for at, given in enumerate(SENT.marks)]
    return Marked(TEXT, marks, SENT.links)


def moved(key: str, words: str) -> Marked:
    start, end = place(words)
    return altered(key, start=start, end=end)


def relinked(*links: tuple[str, str, str], drop: str = "") -> Marked:
    kept = [link for link in SENT.links or () if not (drop and link.source == SENT.where[drop])]
    return Marked(TEXT, SENT.marks, kept + [Link(SENT.where[a], SENT.where[b], label) for a, b, label in links])


def added(words: str, label: str, *links: tuple[str, str]) -> Marked:
    start, end = place(words)
    new = [Link(len(SENT.marks), SENT.where[key], name) for key, name in links]
    return Marked(TEXT, [*SENT.marks, Mark(start, end, label)], [*(SENT.links or ()), *new])


def parties(*rows: tuple[str, list[str], str]) -> dict[str, Any]:
    return DEAL | {"parties": [{"name": name, "aliases": aliases, "role": role} for name, aliases, role in rows]}


FIRST, SECOND = (BUYER, ["Quillon"], "licensee"), (OWNER, ["Marrow"], "licensor")
CORRECTIONS = {
    "another kind keeps the other fields": (altered("payments-0", label="payment:license_fee"), changed("payments", kind="license_fee")),
    "a milestone says which": (
        altered("payments-0", label="payment:milestone"),
        changed("payments", kind="milestone", milestone="mixed"),
    ),
    "only a milestone says which": (altered("payments-1", label="payment:total"), changed("payments", 1, kind="total", milestone=None)),
    "wider words that tell the same": (
        moved("payments-0", "pays Marrow $2 million at signing"),
        changed("payments", quote="pays Marrow $2 million at signing"),
    ),
    "other words tell other values": (
        moved("payments-1", "$6 million in sales milestones"),
        changed("payments", 1, low=6000000, high=6000000, quote="$6 million in sales milestones"),
    ),
    "fewer words": (moved("terms-0", "ten years"), changed("terms", quote="ten years")),
    "a mark taken away": (without("royalties-0"), DEAL | {"royalties": []}),
    "a party taken away": (
        without("parties-1", "parties-1-0"),
        parties(FIRST) | {group: [record | {"payee": None} for record in DEAL[group]] for group in ("payments", "royalties")},
    ),
    "an alias taken away": (without("parties-0-0"), parties((BUYER, [], "licensee"), SECOND)),
    "another role": (altered("parties-0", label="party:purchaser"), parties((BUYER, ["Quillon"], "purchaser"), SECOND)),
    "a shorter name, wherever it is named": (
        moved("parties-1", "Marrow AG"[:6] + " AG for"),
        parties(FIRST, ("Marrow AG for", ["Marrow"], "licensor"))
        | {group: [record | {"payee": "Marrow AG for"} for record in DEAL[group]] for group in ("payments", "royalties")},
    ),
    "who pays, turned round": (
        relinked(("payments-0", "parties-1", "payer"), ("payments-0", "parties-0", "payee"), drop="payments-0"),
        changed("payments", payer=OWNER, payee=BUYER),
    ),
    "a link drawn the other way tells the same": (
        relinked(("parties-0", "payments-0", "payer"), ("parties-1", "payments-0", "payee"), drop="payments-0"),
        DEAL,
    ),
    "no links kept by the tool": (Marked(TEXT, SENT.marks), DEAL),
    "marks in another order": (Marked(TEXT, SENT.marks[::-1]), DEAL),
    "an alias moved to another party": (
        relinked(("parties-1-0", "parties-0", "alias"), drop="parties-1-0"),
        parties((BUYER, ["Quillon", "Marrow"], "licensee"), (OWNER, [], "licensor")),
    ),
    "a new alias, linked": (
        added("its", "alias", ("parties-0", "alias")),
        parties((BUYER, ["Quillon", "its"], "licensee"), SECOND),
    ),
    "a name marked once more": (added('Quillon") will'[:7], "party:licensee"), DEAL),
}


@pytest.mark.parametrize("keyed", [True, False], ids=["keys kept", "keys lost"])
@pytest.mark.parametrize(("marked", "expected"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_correction(marked: Marked, expected: dict[str, Any], keyed: bool) -> None:
    if not keyed:
        marked = Marked(marked.text, [replace(given, key=None) for given in marked.marks], marked.links)
    merged, notes = merge(DEAL, marked)
    assert merged == expected
    assert notes == []
    assert list(faults(merged)) == []


NEW = [
    (
        "option fee of about $300,000",
        "payment:option_fee",
        {"kind": "option_fee", "low": 300000, "high": 300000, "currency": "USD", "approximate": True, **BLANK_PAYMENT},
    ),
    (
        "at least $7 million",
        "payment:milestone",
        {"kind": "milestone", "low": 7000000, "high": None, "currency": "USD", "approximate": False}
        | BLANK_PAYMENT
        | {"milestone": "mixed"},
    ),
    (
        "option fee",
        "payment:option_fee",
        {"kind": "option_fee", "low": None, "high": None, "currency": None, "approximate": False, **BLANK_PAYMENT},
    ),
    ("royalties of 5% to 9%", "royalty", {"low": 5, "high": 9, "tiered": True, "amount": None, "currency": None, **BLANK_ROYALTY}),
    ("€0.30 per litre", "royalty", {"low": None, "high": None, "tiered": False, "amount": 0.3, "currency": "EUR", **BLANK_ROYALTY}),
    ("until 2031", "term:supply", {"kind": "supply", "length": None, "ends": "2031", "event": None, "background": False}),
    ("until 2031", "term:supply", {"kind": "supply", "length": None, "ends": "2031", "event": None, "background": False}),
    (
        "two years",
        "renewal",
        {"length": "P2Y", "count": None, "automatic": False, "holder": None, "notice": None, "fee": False, "background": False},
    ),
]


@pytest.mark.parametrize(("words", "label", "expected"), NEW, ids=[words for words, *_ in NEW])
def test_new_words_are_read(words: str, label: str, expected: dict[str, Any]) -> None:
    origin = {"id": "n", "text": NEW_TEXT, **EMPTY}
    merged, (note,) = merge(origin, Marked(NEW_TEXT, [Mark(*place(words, NEW_TEXT), label)]))
    group, _ = parts_of(label) or ("", None)
    assert merged == origin | {group: [expected | {"quote": words}]}
    assert "is new" in note and "background" in note
    assert list(faults(merged)) == []


def test_a_new_record_has_its_links() -> None:
    merged, _ = merge(DEAL, added("further five years", "payment:other", ("parties-0", "payer")))
    assert {side: merged["payments"][-1][side] for side in SIDES} == {"payer": BUYER, "payee": None}


def test_a_name_that_becomes_the_alias_of_a_fuller_one() -> None:
    short = {group: [record | {"payee": "Marrow"} for record in DEAL[group]] for group in ("payments", "royalties")}
    origin = parties(FIRST, ("Marrow", [], "licensor")) | short
    sent = mark(origin)
    at = place("Marrow $2")[0]
    marks = [replace(given, start=at, end=at + 6, label="alias") if given.key == "parties-1" else given for given in sent.marks]
    fuller = Link(sent.where["parties-1"], len(marks), "alias")
    merged, notes = merge(origin, Marked(TEXT, [*marks, Mark(*place(OWNER), "party:licensor")], [*(sent.links or ()), fuller]))
    assert merged == DEAL
    assert notes == []


def test_a_link_to_an_alias_is_one_to_its_party() -> None:
    merged, _ = merge(DEAL, relinked(("payments-0", "parties-1-0", "payer"), ("payments-0", "parties-0-0", "payee"), drop="payments-0"))
    assert merged == changed("payments", payer=OWNER, payee=BUYER)


def test_a_record_of_another_group_keeps_who_pays() -> None:
    merged, (note,) = merge(DEAL, altered("payments-0", label="royalty"))
    assert merged["payments"] == DEAL["payments"][1:]
    assert merged["royalties"][-1] == {
        **{"low": None, "high": None, "tiered": False, "amount": 2000000, "currency": "USD", "per": None, "base": None},
        **SIDES,
        **{"background": False, "quote": "$2 million at signing"},
    }
    assert "base" in note


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        (added("signing", "ORG"), "'ORG'"),
        (added("its", "alias"), "'its' is linked to no party"),
        (relinked(("payments-0", "parties-1", "payer")), "2 links 'payer'"),
    ],
)
def test_what_cannot_be_known_is_told(marked: Marked, told: str) -> None:
    merged, (note,) = merge(DEAL, marked)
    assert told in note
    assert merged["parties"] == DEAL["parties"]


def test_evidence_of_changed_records_goes() -> None:
    sure = {group: [record | {"confidence": 0.9} for record in DEAL[group]] for group in EMPTY}
    start, end = place("$2 million at signing")
    sure["payments"][0] |= {"start": start, "end": end}
    merged, _ = merge(DEAL | sure, moved("payments-0", "$2 million"))
    assert merged["payments"][0] == DEAL["payments"][0] | {"quote": "$2 million", "start": start, "end": start + 10}
    assert merged["payments"][1]["confidence"] == 0.9


def test_names_are_marked_where_they_stand_alone() -> None:
    text = 'Marrow Labs Holding. Marrow Labs ("Marrow") and Marrowbone.'
    rows = [{"name": "Marrow Labs Holding", "aliases": ["Marrow Labs", "Marrow"], "role": "seller"}]
    assert [text[given.start : given.end + 1] for given in mark({"text": text, **EMPTY, "parties": rows}).marks] == [
        "Marrow Labs Holding.",
        "Marrow Labs ",
        'Marrow"',
    ]


def test_collapsed_marks_are_one_a_place_and_label() -> None:
    twins = Marked("ab", [Mark(0, 1, "royalty", "a"), Mark(1, 2, "party:seller", "b"), Mark(0, 1, "royalty", "c")])
    twins = replace(twins, links=[Link(0, 1, "payer"), Link(2, 1, "payer")])
    assert collapsed(twins) == Marked("ab", twins.marks[:2], [Link(0, 1, "payer")])

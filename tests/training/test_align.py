"""The answers that gold records give to the candidates of a narrative."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dealterms.resources import all_patterns
from dealterms.types import PAYMENT_KINDS
from dealterms_training.align import NONE, PHRASE_KINDS, SKIP, Aligned, align, bound_of, quote_places

SUM = {"kind": "upfront", "low": None, "high": None, "currency": "USD", "background": False}
ROYALTY = {"low": None, "high": None, "tiered": False, "amount": None, "background": False}
TERM = {"kind": "agreement", "length": None, "ends": None, "event": None, "background": False}
RENEWAL = {"length": None, "count": 1, "automatic": False, "notice": None, "background": False}


def a_sum(quote: str, low: float | None, high: float | None = None, **more: Any) -> dict[str, Any]:
    return SUM | {"quote": quote, "low": low, "high": low if high is None else high} | more


def aligned_of(text: str, **records: Any) -> Aligned:
    registrant = records.pop("registrant", None)
    return align({"text": text, "registrant": registrant, **records})


def answers(aligned: Aligned, *labels: str) -> list[tuple[str, str]]:
    """Give the words and the answer of each candidate of some labels."""
    return [
        (aligned.words.slice(mention.first, mention.last), role)
        for mention, role in zip(aligned.found.mentions, aligned.roles)
        if mention.label in labels
    ]


def test_each_candidate_has_its_answer() -> None:
    aligned = aligned_of(
        "Marrow pays $3 million at signing and up to $40 million in milestones. Sales were $90 million.",
        payments=[a_sum("$3 million at signing", 3_000_000), a_sum("up to $40 million in milestones", None, 40_000_000, kind="milestone")],
    )
    assert answers(aligned, "MONEY") == [("$3 million", "upfront"), ("$40 million", "milestone"), ("$90 million", NONE)]
    places = [i for i, m in enumerate(aligned.found.mentions) if m.label == "MONEY"]
    assert [aligned.record[i] for i in places] == [("payments", 0), ("payments", 1), None]
    assert [aligned.bounds[i] for i in places] == ["exact", "cap", None]
    assert [aligned.background[i] for i in places] == [False, False, None]
    assert len(aligned.roles) == len(aligned.record) == len(aligned.bounds) == len(aligned.background) == len(aligned.found.mentions)


def test_the_place_in_the_quote_wins_and_the_other_is_left_out() -> None:
    aligned = aligned_of(
        "A fee of $5 million was considered. It owes a fee of $5 million in May, and $6 million later.",
        payments=[a_sum("owes a fee of $5 million in May", 5_000_000, kind="license_fee")],
    )
    assert answers(aligned, "MONEY") == [("$5 million", SKIP), ("$5 million", "license_fee"), ("$6 million", NONE)]


def test_another_sum_in_the_quote_is_not_it() -> None:
    aligned = aligned_of(
        "It pays $1 million less than before: $5 million.", payments=[a_sum("pays $1 million less than before: $5 million", 5_000_000)]
    )
    assert answers(aligned, "MONEY") == [("$1 million", NONE), ("$5 million", "upfront")]


def test_background_is_told() -> None:
    aligned = aligned_of("Before, it paid $5 million.", payments=[a_sum("paid $5 million", 5_000_000, background=True)])
    assert aligned.background[aligned.roles.index("upfront")] is True


@pytest.mark.parametrize(
    ("text", "record", "bound", "found"),
    [
        ("It pays between $2 and $5 million.", (2_000_000, 5_000_000), "range", ["between $2 and $5 million"]),
        ("It pays at least $2 million.", (2_000_000, None), "floor", ["$2 million"]),
        ("It pays no less than $2 million and no more than $5 million.", (2_000_000, 5_000_000), "range", ["$2 million", "$5 million"]),
        ("It pays €0.25 for each.", (0.25, 0.25), "exact", ["€0.25"]),
    ],
)
def test_bounds(text: str, record: tuple[float, float | None], bound: str, found: list[str]) -> None:
    aligned = aligned_of(text, payments=[SUM | {"quote": text, "low": record[0], "high": record[1], "kind": "other"}])
    assert answers(aligned, "MONEY") == [(told, "other") for told in found]
    assert [told for told in aligned.bounds if told] == [bound] * len(found)


def test_a_sum_without_figure_is_its_phrase() -> None:
    text = "Marrow pays an upfront payment and milestone payments, and $[***] for research."
    aligned = aligned_of(
        text,
        payments=[
            a_sum("an upfront payment", None, currency=None),
            a_sum("milestone payments", None, currency=None, kind="milestone"),
            a_sum("$[***] for research", None, currency=None, kind="research_funding"),
        ],
    )
    assert answers(aligned, "PAYMENT", "MONEY") == [
        ("upfront payment", "upfront"),
        ("milestone payments", "milestone"),
        ("$[***]", "research_funding"),
    ]


def test_a_phrase_of_a_kind_that_has_a_figure_is_left_out() -> None:
    aligned = aligned_of(
        "The milestone payments are $5 million; an option fee is none.", payments=[a_sum("$5 million", 5_000_000, kind="milestone")]
    )
    assert answers(aligned, "PAYMENT", "MONEY") == [("milestone payments", SKIP), ("$5 million", "milestone"), ("option fee", NONE)]


def test_tiers_are_one_royalty() -> None:
    quote = "royalties of 5% up to 2,000 units, 7% up to 9,000 and 9% above"
    aligned = aligned_of(
        f"It pays {quote}. It holds 20% of the stock.", royalties=[ROYALTY | {"quote": quote, "low": 5, "high": 9, "tiered": True}]
    )
    assert answers(aligned, "PERCENT") == [("5%", "royalty"), ("7%", "royalty"), ("9%", "royalty"), ("20%", NONE)]
    rates = [i for i, m in enumerate(aligned.found.mentions) if m.label == "PERCENT"]
    assert [aligned.record[i] for i in rates] == [("royalties", 0)] * 3 + [None]
    assert [aligned.bounds[i] for i in rates] == ["exact"] * 3 + [None]


def test_royalties_by_word_and_by_sum() -> None:
    aligned = aligned_of(
        "Royalties are due to Brill; Marrow gets a royalty of $0.12 per pound.",
        royalties=[ROYALTY | {"quote": "Royalties are due"}, ROYALTY | {"quote": "a royalty of $0.12 per pound", "amount": 0.12}],
    )
    assert answers(aligned, "ROYALTY", "MONEY") == [("Royalties", "royalty"), ("royalty", NONE), ("$0.12", "royalty")]
    assert [aligned.record[i] for i, role in enumerate(aligned.roles) if role == "royalty"] == [("royalties", 0), ("royalties", 1)]


def test_a_rate_told_again_is_left_out() -> None:
    aligned = aligned_of(
        "A royalty of 6% is due. The 6% falls to 4%.", royalties=[ROYALTY | {"quote": "royalty of 6%", "low": 6, "high": 6}]
    )
    assert answers(aligned, "PERCENT") == [("6%", "royalty"), ("6%", SKIP), ("4%", NONE)]


def test_terms_are_lengths_dates_and_events() -> None:
    aligned = aligned_of(
        "The term is ten years. Research ends on May 8, 2009. Royalties run until the last to expire patent. It was signed on June 2, 2004.",
        terms=[
            TERM | {"quote": "The term is ten years", "length": "P10Y"},
            TERM | {"quote": "Research ends on May 8, 2009", "ends": "2009-05-08", "kind": "research"},
            TERM | {"quote": "until the last to expire patent", "event": "last to expire patent", "kind": "royalty", "background": True},
        ],
    )
    assert answers(aligned, "DURATION", "DATE", "EVENT") == [
        ("ten years", "agreement"),
        ("May 8, 2009", "research"),
        ("until", "royalty"),
        ("last to expire", "royalty"),
        ("June 2, 2004", NONE),
    ]
    assert [told for told in aligned.background if told is not None] == [False, False, True, True]


def test_a_length_elsewhere_than_in_the_quote_is_no_term() -> None:
    aligned = aligned_of("It waited ten years. The term is long.", terms=[TERM | {"quote": "The term is long", "length": "P10Y"}])
    assert answers(aligned, "DURATION") == [("ten years", NONE)]


def test_renewals_with_their_notice() -> None:
    aligned = aligned_of(
        "The term is two years. It renews for another two years unless either gives 90 days notice; 30 days cure a breach.",
        terms=[TERM | {"quote": "The term is two years", "length": "P2Y"}],
        renewals=[RENEWAL | {"quote": "renews for another two years", "length": "P2Y", "notice": "P90D", "automatic": True}],
    )
    assert answers(aligned, "DURATION", "RENEW") == [
        ("two years", "agreement"),
        ("renews", "renewal"),
        ("two years", "renewal"),
        ("90 days", "notice"),
        ("30 days", NONE),
    ]


def test_parties_by_any_form_of_their_name() -> None:
    aligned = aligned_of(
        "Quillon Labs, Inc. (“Quillon”) licensed its dye to Marrow GmbH. Brill Ltd. advised Quillon.",
        parties=[{"name": "Quillon", "aliases": [], "role": "licensor"}, {"name": "MARROW", "aliases": [], "role": "licensee"}],
    )
    assert list(zip([entity.name for entity in aligned.entities], aligned.parties)) == [
        ("Quillon Labs, Inc.", "licensor"),
        ("Marrow GmbH", "licensee"),
        ("Brill Ltd.", NONE),
    ]


def test_the_registrant_is_known() -> None:
    aligned = aligned_of(
        "The Company pays Marrow.", registrant="Quillon Inc.", parties=[{"name": "the Company", "aliases": [], "role": "licensee"}]
    )
    assert [(entity.registrant, role) for entity, role in zip(aligned.entities, aligned.parties)] == [(True, "licensee"), (False, NONE)]


def test_no_deal_has_no_answers() -> None:
    aligned = aligned_of("Marrow was fined $5 million and 6% for ten years until May 8, 2004, renewable.")
    assert set(aligned.roles) == {NONE} and set(aligned.record) == {None} and set(aligned.parties) == {NONE}


@pytest.mark.parametrize(
    ("quote", "places"), [("fee", [(2, 5), (7, 10)]), ("a fee", [(0, 5)]), ("fee, fee", [(2, 10)]), ("A fee", []), ("aa", []), ("", [])]
)
def test_places_of_a_quote(quote: str, places: list[tuple[int, int]]) -> None:
    assert quote_places("a fee, fee", quote) == places


def test_places_of_a_quote_overlap_and_are_at_most_ten() -> None:
    assert quote_places("aaa", "aa") == [(0, 2), (1, 3)]
    assert quote_places("a" * 30, "a") == [(start, start + 1) for start in range(10)]


@pytest.mark.parametrize(
    ("low", "high", "bound"), [(5, 5, "exact"), (Decimal("0.5"), 0.5, "exact"), (2, 5, "range"), (None, 5, "cap"), (5, None, "floor")]
)
def test_bound_of(low: Any, high: Any, bound: str) -> None:
    assert bound_of(low, high) == bound


def test_kinds_of_phrases_are_patterns_and_kinds() -> None:
    assert PHRASE_KINDS.keys() < {row["id"] for row in all_patterns() if row["label"] == "PAYMENT"}
    assert set(PHRASE_KINDS.values()) < set(PAYMENT_KINDS)

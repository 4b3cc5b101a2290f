"""The errors of a prediction as text: what is missed, false or wrong in a field, with its words marked."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dealterms_training.marked import errors, errors_text
from dealterms_training.scoring import GROUPS, score

# Of the repository, not of the package.
DATA = Path(__file__).parents[2] / "training" / "data"
TEXT = "Quillon pays $3 million at signing.\nThe licence lasts ten years."
EMPTY: dict[str, Any] = {group: [] for group in GROUPS}


def case(**groups: Any) -> dict[str, Any]:
    return EMPTY | {"id": "x-1", "text": TEXT} | groups


def payment(kind: str = "upfront", low: float | None = 3e6, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "low": low, "high": 3e6, "currency": "USD", "background": False, "quote": "$3 million at signing"} | fields


def term(length: str = "P10Y", **fields: Any) -> dict[str, Any]:
    return {"kind": "agreement", "length": length, "ends": None, "event": None, "background": False, "quote": "lasts ten years"} | fields


PARTY = {"name": "Quillon", "aliases": [], "role": "licensee"}


@pytest.mark.parametrize(
    ("gold", "told", "expected"),
    [
        ({"terms": [term()]}, {"terms": [term()]}, []),
        ({"terms": [term("P1Y")]}, {"terms": [term("P12M")]}, []),
        ({"terms": [term()]}, {}, [("missed", "terms", ())]),
        ({}, {"terms": [term()]}, [("false", "terms", ())]),
        ({"terms": [term(background=True)]}, {}, []),
        ({"payments": [payment()]}, {"payments": [payment("milestone")]}, [("wrong", "payments", ("kind",))]),
        ({"payments": [payment()]}, {"payments": [payment("milestone", None)]}, [("wrong", "payments", ("kind", "low"))]),
        ({"payments": [payment()] * 2}, {"payments": [payment()]}, [("missed", "payments", ())]),
        (
            {"payments": [payment()]},
            {"payments": [payment("total", 1, currency="EUR", quote="ten")]},
            [("missed", "payments", ()), ("false", "payments", ())],
        ),
        ({"payments": [payment()]}, {"payments": [payment(low=None, quote="elsewhere")]}, [("wrong", "payments", ("low",))]),
        ({"parties": [PARTY]}, {"parties": [PARTY | {"role": "licensor"}]}, [("wrong", "parties", ("role",))]),
        (
            {"parties": [PARTY]},
            {"parties": [{"name": "Quillon Ltd. of Leeds", "aliases": ["Quillon"], "role": "licensee"}]},
            [("wrong", "parties", ("name",))],
        ),
    ],
)
def test_each_error_has_its_mark(gold: dict[str, Any], told: dict[str, Any], expected: list[Any]) -> None:
    assert [(error.mark, error.group, error.fields) for error in errors(case(**gold), case(**told))] == expected


def test_the_words_are_marked_in_their_line() -> None:
    gold = case(payments=[payment()], terms=[term()])
    told = case(payments=[payment("milestone")], renewals=[{"length": None, "count": None, "automatic": True, "quote": "the sea"}])
    assert list(errors_text("mine.jsonl:7", gold, told)) == [
        "mine.jsonl:7 (x-1)",
        "  wrong   payments [kind]: upfront, USD 3,000,000; told: milestone, USD 3,000,000",
        "          line 1: Quillon pays [[$3 million at signing]]. The licence lasts ten years.",
        "  missed  terms: agreement, 10 years",
        "          line 2: Quillon pays $3 million at signing. The licence [[lasts ten years]].",
        "  false   renewals: renewable, automatic",
        "          no such words in the text",
    ]
    assert list(errors_text("mine.jsonl:7", gold, gold)) == []


def test_words_of_a_filing_do_not_reach_the_terminal_as_orders() -> None:
    gold = case(text="a \x1b[31mfive\x1b[0m years", terms=[term(quote="\x1b[31mfive\x1b[0m years")])
    assert "\x1b" not in "".join(errors_text("x:1", gold, {}))


def test_as_many_errors_as_the_scores_count() -> None:
    cases = [json.loads(line) for line in (DATA / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    for gold, other in pairwise(cases):
        told = gold | {"payments": gold["payments"][1:] + other["payments"][:2], "terms": other["terms"]}
        figures = score({"a": gold}, {"a": told})
        for group in ("payments", "terms"):
            right = round(figures[group]["recall"] * figures[group]["gold"])
            said = sum(not record["background"] for record in told[group])
            found = [error.mark for error in errors(gold, told) if error.group == group]
            assert len(found) - found.count("false") == figures[group]["gold"] - right
            assert len(found) - found.count("missed") == said - right

"""The scores: by hand, and against the script of the project's shared folder where that lies beside the repository."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from dealterms_training.scoring import ROWS, score

# Of the repository, not of the package: a wheel holds no labelled narratives.
DATA = Path(__file__).parents[2] / "training" / "data"
SHARED = Path(__file__).parents[2].parent / "shared" / "narratives" / "score.py"
EMPTY: dict[str, Any] = {"parties": [], "payments": [], "royalties": [], "terms": [], "renewals": []}


def case(**groups: Any) -> dict[str, Any]:
    return EMPTY | {"text": "Five years for $3 million."} | groups


def payment(kind: str = "upfront", low: float | None = 3e6, high: float | None = 3e6, background: bool = False) -> dict[str, Any]:
    return {
        "kind": kind,
        "low": low,
        "high": high,
        "currency": "USD",
        "background": background,
        "quote": "$3 million",
        "start": 15,
        "end": 25,
    }


def test_a_wrong_kind_is_missed_and_wrong_but_the_amount_is_right() -> None:
    figures = score({"a": case(payments=[payment()])}, {"a": case(payments=[payment("milestone")])})
    assert figures["payments"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 1}
    assert figures["amounts"]["f1"] == 1.0
    assert figures["whole"] == 0.0


def test_a_record_counts_as_often_as_it_is_there() -> None:
    figures = score({"a": case(payments=[payment(), payment()])}, {"a": case(payments=[payment()])})
    assert (figures["payments"]["precision"], figures["payments"]["recall"]) == (1.0, 0.5)


def test_background_does_not_count() -> None:
    figures = score({"a": case(payments=[payment(background=True)])}, {"a": case()})
    assert figures["payments"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 0}
    assert figures["whole"] == 1.0


@pytest.mark.parametrize(("one", "other", "f1"), [("P1Y", "P12M", 1.0), ("P2W", "P14D", 1.0), ("P1Y", "P365D", 0.0), (None, "P1Y", 0.0)])
def test_lengths_are_compared_in_months_or_days(one: str | None, other: str, f1: float) -> None:
    def term(length: str | None) -> dict[str, Any]:
        return {"kind": "agreement", "length": length, "ends": None, "event": None, "quote": "Five years"}

    assert score({"a": case(terms=[term(one)])}, {"a": case(terms=[term(other)])})["terms"]["f1"] == f1


def test_a_quote_that_is_elsewhere_is_not_grounded() -> None:
    moved = payment() | {"start": 0, "end": 10}
    assert score({"a": case()}, {"a": case(payments=[payment(), moved])})["grounded"] == 0.5


def test_a_narrative_without_prediction_is_all_missed() -> None:
    figures = score({"a": case(payments=[payment()])}, {})
    assert figures["all"]["recall"] == 0.0


def perturbed(cases: list[dict[str, Any]], chance: random.Random) -> dict[str, dict[str, Any]]:
    """Give predictions that are wrong here and there: left out, said twice, other values, other offsets."""
    told: dict[str, dict[str, Any]] = {}
    for one in cases:
        if chance.random() < 0.1:
            continue
        told[one["id"]] = case_ = {"id": one["id"], "text": one["text"]}
        for group in ("parties", "payments", "royalties", "terms", "renewals"):
            case_[group] = []
            for record in (dict(record) for record in one[group] if chance.random() < 0.9):
                if "quote" in record and chance.random() < 0.8:
                    start = one["text"].index(record["quote"]) + chance.choice([0, 0, 1])
                    record |= {"start": start, "end": start + len(record["quote"])}
                for name, values in OTHER.items():
                    if name in record and chance.random() < 0.1:
                        record[name] = chance.choice(values)
                case_[group] += [record] * chance.choice([1, 1, 1, 2])
    return told


OTHER: dict[str, list[Any]] = {
    "name": ["The Acme Co., Inc.", "A.B.C. N.V.", "Merck & Co", "S.A."],
    "role": ["licensor"],
    "kind": ["upfront", "agreement", "sponsorship_fee"],
    "low": [None, 0, 0.1 + 0.2, 1e-5, 3],
    "high": [None, 1e12, 0.3],
    "currency": [None, "USD"],
    "length": [None, "P1Y6M", "P18M", "P2W"],
    "ends": [None, "2031"],
    "count": ["successive", 1, None],
    "background": [True, False],
    "tiered": [True],
}


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared folder is not beside the repository")
def test_agrees_with_the_shared_script() -> None:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED)
    assert spec and spec.loader
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    cases = [json.loads(line) for line in (DATA / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = {one["id"]: one for one in cases}
    # Something to be wrong about: each narrative gets the records of the next.
    shifted = {one["id"]: {**other, "id": one["id"]} for one, other in zip(cases, cases[1:] + cases[:1])}
    for predicted in (gold, shifted, perturbed(cases, random.Random(5)), {}):
        theirs, _ = shared.score(gold, predicted)
        ours = score(gold, predicted)
        assert {row: ours[row] for row in (*ROWS, "whole", "grounded")} == {row: theirs[row] for row in (*ROWS, "whole", "grounded")}

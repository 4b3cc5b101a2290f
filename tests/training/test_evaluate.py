"""`dealterms evaluate`: the scores of a model or of its output, and its errors as text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dealterms
from dealterms_training.scoring import GROUPS, ROWS, SHARES, score

# Of the repository, not of the package.
DATA = Path(__file__).parents[2] / "training" / "data"
Run = Callable[..., Any]
Lines = Callable[[Path, Any], Path]


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    """A few labelled narratives."""
    return [json.loads(line) for line in (DATA / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:6]]


@pytest.fixture
def gold(cases: list[dict[str, Any]], tmp_path: Path, lines: Lines) -> Path:
    """Them in a file."""
    return lines(tmp_path / "gold.jsonl", cases)


def test_a_model_is_scored_as_its_output_is(gold: Path, cases: list[dict[str, Any]], tmp_path: Path, run: Run, lines: Lines) -> None:
    output = [dealterms.extract(case["text"], case["registrant"], id=case["id"]).to_dict() for case in cases]
    file = lines(tmp_path / "output.jsonl", output)
    of_model, of_file = run("evaluate", gold, "--json"), run("evaluate", gold, "--predictions", file, "--json")
    assert of_model == of_file and of_model.code == 0 and of_model.err == ""
    expected = score({case["id"]: case for case in cases}, {deal["id"]: deal for deal in output})
    figures = json.loads(of_model.out)
    assert figures == expected and set(figures) == {*ROWS, *SHARES}
    assert {tuple(figures[row]) for row in ROWS} == {("precision", "recall", "f1", "gold")}
    assert {type(figures[row]) for row in SHARES} == {float}
    rows = {line.split()[0]: line.split()[1:] for line in run("evaluate", gold).out.splitlines()}
    for row in ROWS:
        told = [f"{figures[row][part]:.3f}" for part in ("precision", "recall", "f1")]
        assert rows[row] == [*told, str(figures[row]["gold"])]


def test_errors_are_listed_with_file_and_line(gold: Path, cases: list[dict[str, Any]], tmp_path: Path, run: Run, lines: Lines) -> None:
    told = [case | {"terms": []} for case in cases[:-1]]
    ran = run("evaluate", gold, "--predictions", lines(tmp_path / "told.jsonl", told), "--errors")
    assert "1 of 6 narratives have no prediction and count as missed" in ran.err
    missed = sum(not term["background"] for case in cases[:-1] for term in case["terms"])
    last = sum(not record.get("background") for group in GROUPS for record in cases[-1][group])
    assert ran.out.count("\n  missed  ") == missed + last and "\n  false " not in ran.out
    assert f"{gold}:6 ({cases[-1]['id']})" in ran.out
    assert "[[" in ran.out


def test_errors_beside_json_go_to_standard_error(gold: Path, run: Run) -> None:
    ran = run("evaluate", gold, "--json", "--errors")
    assert json.loads(ran.out)["all"]["gold"] and f"{gold}:" in ran.err


def test_kinds_of_ones_own_are_scored(tmp_path: Path, run: Run, lines: Lines) -> None:
    payment = {"kind": "sponsorship_fee", "low": 1, "high": 1, "currency": "USD", "quote": "a dollar"}
    file = lines(tmp_path / "gold.jsonl", [{"id": "a", "text": "Pays a dollar.", "payments": [payment]}])
    assert json.loads(run("evaluate", file, "--predictions", file, "--json").out)["payments"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "no narrative to score"),
        (["text"], ":1: no object with an id and a text"),
        ([{"text": "no id"}], ":1: no object with an id and a text"),
        ([{"id": "a"}, {"id": "a"}], ":2: the id 'a' is that of"),
        ([{"id": "a", "terms": [{"kind": "agreement"}]}], ":1: a record cannot be scored (KeyError: 'length'); give each all fields"),
        (
            [{"id": "a", "terms": [{"kind": ["x"], "length": None, "ends": None, "event": None}]}],
            ":1: a record cannot be scored (TypeError",
        ),
        ([{"id": "a", "payments": 7}], ":1: a record cannot be scored"),
        ([{"id": "a", "parties": ["Acme"]}], ":1: a record cannot be scored"),
    ],
)
def test_what_cannot_be_scored_is_told_in_a_line(rows: list[Any], told: str, gold: Path, tmp_path: Path, run: Run, lines: Lines) -> None:
    ran = run("evaluate", gold, "--predictions", lines(tmp_path / "told.jsonl", rows))
    assert (ran.code, ran.out) == (1, "") and told in ran.err and len(ran.err.splitlines()) == 1


def test_wrong_usage(gold: Path, tmp_path: Path, run: Run) -> None:
    ran = run("evaluate", gold, "--model", tmp_path, "--predictions", gold)
    assert ran.code == 2 and "exclude each other" in ran.err
    ran = run("evaluate", gold, "--model", tmp_path)
    assert ran.code == 2 and "no model at" in ran.err
    ran = run("evaluate", tmp_path / "nowhere.jsonl")
    assert ran.code == 1 and "cannot be read" in ran.err

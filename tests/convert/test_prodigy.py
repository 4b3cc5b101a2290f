"""Prodigy: tasks as its interfaces take them, and what db-out gives back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.convert.deals import BUYER, DEAL, EMPTY, TEXT, back, changed, place

from dealterms.convert import Problem, prodigy, read_file

HASHES = {"_input_hash": 1492815487, "_task_hash": -723461120, "_view_id": "relations", "_timestamp": 1709287200}
SMALL = "Acme pays Beta 5%."


def answered(row: dict[str, Any], answer: str = "accept") -> dict[str, Any]:
    return row | HASHES | {"answer": answer}


def one(row: dict[str, Any]) -> dict[str, Any]:
    (given,) = back(json.dumps(row).encode())
    return given.narrative


def test_tokens_and_spans_agree() -> None:
    row = prodigy.pack(DEAL)
    assert "".join(token["text"] + " " * token["ws"] for token in row["tokens"]) == TEXT
    assert [token["id"] for token in row["tokens"]] == list(range(len(row["tokens"])))
    for token in row["tokens"]:
        assert TEXT[token["start"] : token["end"]] == token["text"]
    for span in row["spans"]:
        assert row["tokens"][span["token_start"]]["start"] == span["start"]
        assert row["tokens"][span["token_end"]]["end"] == span["end"]
    for relation in row["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"]
        assert relation["child_span"]["label"].startswith("party:")


def test_an_accepted_task() -> None:
    assert one(answered(prodigy.pack(DEAL))) == DEAL


def test_a_correction_keeps_relations_drawn_before() -> None:
    """The tool keeps a relation with the places that its spans had when it was drawn."""
    row = prodigy.pack(DEAL)
    start, end = place("pays Marrow $2 million at signing")
    row["spans"] = [span | ({"start": start, "end": end} if span["label"] == "payment:upfront" else {}) for span in row["spans"]]
    assert one(answered(row)) == changed("payments", quote="pays Marrow $2 million at signing")


def test_relations_by_tokens_alone() -> None:
    tokens = [("Acme", 0, True), ("pays", 5, True), ("Beta", 10, True), ("5", 15, False), ("%", 16, False), (".", 17, False)]
    row = {
        "text": SMALL,
        "spans": [
            {"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "party:licensee"},
            {"start": 10, "end": 14, "token_start": 2, "token_end": 2, "label": "party:licensor"},
            {"start": 15, "end": 17, "token_start": 3, "token_end": 4, "label": "royalty"},
        ],
        "tokens": [
            {"text": text, "start": start, "end": start + len(text), "id": number, "ws": ws}
            for number, (text, start, ws) in enumerate(tokens)
        ],
        "relations": [{"head": 4, "child": 0, "label": "payer"}, {"head": 3, "child": 2, "label": "payee"}],
    }
    (royalty,) = one(answered(row))["royalties"]
    assert (royalty["low"], royalty["payer"], royalty["payee"]) == (5, "Acme", "Beta")


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_what_was_not_accepted_is_left_out(answer: str) -> None:
    (given,) = back(json.dumps(answered(prodigy.pack(DEAL), answer)).encode())
    assert given.dropped == f"answered {answer!r} in the tool"


def test_spans_without_relations() -> None:
    row = {
        "text": TEXT,
        "spans": [dict(zip(("start", "end"), place("for ten years"))) | {"label": "term:agreement"}],
        "meta": {"id": "p-4"},
    }
    assert one(answered(row)) == {"id": "p-4", "registrant": None, "text": TEXT, **EMPTY, "terms": DEAL["terms"]}
    assert one(answered({"text": BUYER, "spans": []})) == {"id": "labels:1", "registrant": None, "text": BUYER, **EMPTY}


def test_a_span_of_another_form() -> None:
    (problem,) = read_file(json.dumps({"text": "a", "spans": [{"start": 0}]}).encode(), "out.jsonl")
    assert isinstance(problem, Problem)
    assert str(problem.error) == "a span or relation is not of Prodigy's form (KeyError('end')); give what prodigy db-out writes"

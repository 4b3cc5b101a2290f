"""Doccano: what it exports, with relations and without."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.convert.deals import BUYER, DEAL, EMPTY, OWNER, TEXT, back, changed, place

from dealterms.convert import Problem, doccano, read_file


def exported(row: dict[str, Any]) -> dict[str, Any]:
    """Give an imported line as Doccano exports it: its own ids everywhere, the metadata beside the text, spans in no order."""
    ids = {entity["id"]: 900 + entity["id"] for entity in row["entities"]}
    metadata = {key: value for key, value in row.items() if key not in ("text", "entities", "relations")}
    return {
        "id": 41,
        "text": row["text"],
        **metadata,
        "Comments": [],
        "entities": [entity | {"id": ids[entity["id"]]} for entity in reversed(row["entities"])],
        "relations": [
            link | {"id": 500 + link["id"], "from_id": ids[link["from_id"]], "to_id": ids[link["to_id"]]} for link in row["relations"]
        ],
    }


def one(row: dict[str, Any]) -> dict[str, Any]:
    (given,) = back(json.dumps(row).encode())
    return given.narrative


def entity(number: int, words: str, label: str) -> dict[str, Any]:
    start, end = place(words)
    return {"id": number, "label": label, "start_offset": start, "end_offset": end}


def test_an_untouched_export() -> None:
    assert one(exported(doccano.pack(DEAL))) == DEAL


def test_a_correction() -> None:
    row = doccano.pack(DEAL)
    for given in row["entities"]:
        if given["label"] == "payment:upfront":
            given["label"] = "payment:license_fee"
    assert one(exported(row)) == changed("payments", kind="license_fee")


def test_a_line_labelled_from_nothing() -> None:
    entities = [entity(3, BUYER, "party:licensee"), entity(5, OWNER, "party:licensor"), entity(8, "for ten years", "term:agreement")]
    row = {"id": 12, "text": TEXT, "entities": [*entities, entity(9, "4% of net sales", "royalty")]}
    narrative = one(row | {"relations": [{"id": 1, "from_id": 9, "to_id": 3, "type": "payer"}]})
    assert narrative["id"] == "12"
    assert narrative["terms"] == DEAL["terms"]
    assert narrative["royalties"] == [DEAL["royalties"][0] | {"base": None, "payee": None}]


@pytest.mark.parametrize("key", ["label", "labels"])
def test_spans_alone(key: str) -> None:
    assert one({"id": 1, "text": TEXT, key: [[*place("for ten years"), "term:agreement"]]}) == {
        **{"id": "1", "registrant": None, "text": TEXT},
        **EMPTY,
        "terms": DEAL["terms"],
    }


def test_spans_alone_leave_links_as_they_were() -> None:
    row = doccano.pack(DEAL)
    spans = [[given["start_offset"], given["end_offset"], given["label"]] for given in row["entities"]]
    assert one({"id": 1, "text": TEXT, "label": spans, "dealterms": row["dealterms"]}) == DEAL


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"text": "a", "entities": [{"id": 1, "label": "royalty", "start_offset": 0}]}, "KeyError('end_offset')"),
        ({"text": "a", "entities": [{"id": 1, "label": "royalty", "start_offset": 0, "end_offset": 9}]}, "not within the text"),
        ({"text": "a", "label": [[0, 1]]}, "Doccano's form"),
        ({"label": [[0, 1, "royalty"]]}, "no text"),
        (doccano.pack(DEAL) | {"dealterms": "{}"}, "not what convert wrote"),
        (doccano.pack(DEAL) | {"dealterms": "{cut"}, "doccano"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(row: dict[str, Any], told: str) -> None:
    good = doccano.pack(DEAL)
    _, problem, _ = read_file("\n".join(map(json.dumps, (good, row, good))).encode(), "all.jsonl")
    assert isinstance(problem, Problem)
    assert problem.where == "all.jsonl:2"
    assert told in str(problem.error) and ";" in str(problem.error)

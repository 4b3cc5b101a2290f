"""Label Studio: exports in the form that its documentation gives, and the configuration to paste."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.convert.deals import BUYER, DEAL, OWNER, TEXT, back, changed, place

from dealterms.convert import Problem, label_studio, read_file


def region(key: str, words: str, name: str, kind: str, **value: Any) -> dict[str, Any]:
    start, end = place(words)
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "origin": "manual"} | {
        "value": {"start": start, "end": end, "text": words, **value}
    }


def exported(result: list[dict[str, Any]], **annotation: Any) -> dict[str, Any]:
    """Give a task as "Export, JSON" does."""
    return {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [
            {"id": 70, "completed_by": 1, "was_cancelled": False, "ground_truth": False, "lead_time": 12.5, "result": result}
            | {"created_at": "2024-03-01T10:00:00.000000Z", "updated_at": "2024-03-01T10:00:00.000000Z", "result_count": 1}
            | annotation
        ],
        "drafts": [],
        "predictions": [],
        "project": 3,
        "meta": {},
    }


def one(task: Any) -> dict[str, Any]:
    (given,) = back(json.dumps(task if isinstance(task, list) else [task]).encode())
    return given.narrative


BY_HAND = [
    region("aB-1", BUYER, "label", "labels", labels=["party:licensee"]),
    region("aB-2", OWNER, "label", "labels", labels=["party:licensor"]),
    region("aB-3", "Marrow $2", "label", "labels", labels=["alias"]),
    region("aB-4", "up to $6 million in sales milestones", "label", "labels", labels=["payment:milestone"]),
    region("aB-4", "up to $6 million in sales milestones", "payments_flags", "choices", choices=["contingent"]),
    region("aB-4", "up to $6 million in sales milestones", "payments_milestone", "choices", choices=["sales"]),
    {"type": "relation", "from_id": "aB-4", "to_id": "aB-1", "direction": "right", "labels": ["payer"]},
    {"type": "relation", "from_id": "aB-4", "to_id": "aB-2", "direction": "right", "labels": ["payee"]},
    {"type": "relation", "from_id": "aB-3", "to_id": "aB-2", "direction": "right"},
]


def test_a_task_labelled_from_nothing() -> None:
    assert one(exported(BY_HAND)) == {
        **{"id": "7", "registrant": None, "text": TEXT, "royalties": [], "terms": [], "renewals": []},
        "parties": [
            {"name": BUYER, "aliases": [], "role": "licensee"},
            {"name": OWNER, "aliases": ["Marrow $2"], "role": "licensor"},
        ],
        "payments": DEAL["payments"][1:],
    }


def corrected(form: dict[str, Any], key: str = "payments-0", words: str = "$2 million at signing") -> dict[str, Any]:
    """Give the deal's task with what a form says in place of what it said."""
    task = label_studio.pack(DEAL)
    result = [entry for entry in task["predictions"][0]["result"] if entry.get("id") != key or entry["from_name"] not in (*form, "none")]
    for name, value in form.items():
        kind = "choices" if name.endswith(("_flags", "_milestone")) else "textarea"
        if value:
            result.append(region(key, words, name, kind, **{"choices" if kind == "choices" else "text": value}))
    return exported(result) | {"data": task["data"]}


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ({"payments_low": ["2,500,000"], "payments_high": ["2.5 million"]}, {"low": 2500000, "high": 2500000}),
        ({"payments_flags": ["approximate", "background"]}, {"approximate": True, "background": True}),
        ({"payments_per": ["licensed product"]}, {"per": "licensed product"}),
        ({"payments_currency": ["EUR"], "payments_low": []}, {"currency": "EUR", "low": None}),
        ({}, {}),
    ],
)
def test_the_form_of_a_region(form: dict[str, Any], fields: dict[str, Any]) -> None:
    assert one(corrected(form)) == changed("payments", **fields)


def test_lengths_may_be_words() -> None:
    form = {"renewals_length": ["two years"], "renewals_notice": ["90 days"], "renewals_count": ["successive"], "renewals_flags": ["fee"]}
    expected = changed("renewals", length="P2Y", notice="P90D", count="successive", fee=True)
    assert one(corrected(form, "renewals-0", "renew for a further five years")) == expected


@pytest.mark.parametrize("form", [{"payments_low": ["lots"]}, {"renewals_count": ["often"]}, {"renewals_length": ["a while"]}])
def test_what_cannot_be_read_is_told(form: dict[str, Any]) -> None:
    key, words = ("payments-0", "$2 million at signing") if "payments_low" in form else ("renewals-0", "renew for a further five years")
    (problem,) = read_file(json.dumps([corrected(form, key, words)], indent=1).encode(), "export.json")
    assert isinstance(problem, Problem)
    assert problem.where == "export.json:2"
    assert "cannot be read; write such as" in str(problem.error)


def test_the_latest_annotation_counts() -> None:
    older = exported(BY_HAND)
    newer = exported(BY_HAND[:1], id=71, updated_at="2024-03-02T10:00:00.000000Z")["annotations"]
    cancelled = exported([], id=72, was_cancelled=True, updated_at="2024-03-03T10:00:00.000000Z")["annotations"]
    narrative = one(older | {"annotations": older["annotations"] + newer + cancelled})
    assert [party["name"] for party in narrative["parties"]] == [BUYER]
    assert narrative["payments"] == []


def test_reviewed_and_skipped() -> None:
    untouched, skipped = label_studio.pack(DEAL), exported([], was_cancelled=True)
    told = [(given.reviewed, given.dropped) for given in back(json.dumps([untouched, exported(BY_HAND), skipped]).encode())]
    assert told == [(False, ""), (True, ""), (False, "skipped by the annotator")]


def test_a_file_of_a_cloud_storage() -> None:
    task = exported(BY_HAND)
    stored = {"id": 70, "result": BY_HAND, "task": {"id": 7, "data": task["data"]}, "was_cancelled": False}
    assert back(json.dumps(stored, indent=2).encode())[0].narrative == one(task)


def test_another_text_is_refused() -> None:
    task = label_studio.pack(DEAL)
    task["data"]["text"] = TEXT.replace("\n", " ")
    (problem,) = read_file(json.dumps([task]).encode(), "export.json")
    assert isinstance(problem, Problem) and "not the one that went out" in str(problem.error)


def test_words_that_are_elsewhere_are_refused() -> None:
    task = exported(BY_HAND)
    task["annotations"][0]["result"][0]["value"]["start"] += 1
    (problem,) = read_file(json.dumps([task]).encode(), "export.json")
    assert isinstance(problem, Problem) and "in the tool" in str(problem.error)


def test_the_configuration_has_every_control_that_tasks_use() -> None:
    odd = changed("payments", kind="sponsorship_fee")
    tree = ElementTree.fromstring(label_studio.config([odd]))
    tags = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea"}
    controls = {node.get("name"): node for node in tree.iter() if node.get("toName")}
    labels = {node.get("value") for node in tree.iter("Label")}
    relations = {node.get("value") for node in tree.iter("Relation")}
    assert len(controls) == sum(1 for node in tree.iter() if node.get("toName"))
    for entry in label_studio.pack(odd)["predictions"][0]["result"]:
        if entry["type"] == "relation":
            assert set(entry["labels"]) <= relations
            continue
        control = controls[entry["from_name"]]
        assert control.tag == tags[entry["type"]]
        assert set(entry["value"].get("labels", ())) <= labels
        assert set(entry["value"].get("choices", ())) <= {node.get("value") for node in control.iter("Choice")}
    assert {node.get("name") for node in tree.iter("Text")} == {"text"}

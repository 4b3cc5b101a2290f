"""Labelled narratives are checked before anything learns from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dealterms.errors import ExampleError
from dealterms_training.examples import FIELDS, faults, read_examples

# Of the repository, not of the package: a wheel holds no labelled narratives.
DATA = Path(__file__).parents[2] / "training" / "data"
TEXT = "Quillon Inc. pays Marrow AG $2 million at signing. The contract lasts three years."
GOOD: dict[str, Any] = {
    "id": "x-1",
    "text": TEXT,
    "parties": [{"name": "Quillon Inc.", "aliases": [], "role": "licensee"}, {"name": "Marrow AG", "aliases": [], "role": "licensor"}],
    "payments": [
        dict.fromkeys(FIELDS["payments"])
        | {"kind": "upfront", "low": 2e6, "high": 2e6, "currency": "USD", "payer": "Quillon Inc.", "quote": "$2 million at signing"}
    ],
    "royalties": [],
    "terms": [dict.fromkeys(FIELDS["terms"]) | {"kind": "agreement", "length": "P3Y", "quote": "lasts three years"}],
    "renewals": [],
}


def changed(group: str, **fields: Any) -> dict[str, Any]:
    return GOOD | {group: [GOOD[group][0] | fields, *GOOD[group][1:]]}


def test_a_good_narrative_has_no_fault() -> None:
    assert list(faults(GOOD)) == []


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (changed("parties", role="landlord"), "role 'landlord'"),
        (changed("parties", name="Quillon GmbH"), "'Quillon GmbH' is not in the text"),
        (changed("parties", aliases=["Quill"] * 0 + ["Quire"]), "'Quire' is not in the text"),
        (changed("payments", kind="gift"), "kind 'gift'"),
        (changed("payments", currency=None), "go together"),
        (changed("payments", milestone="sales"), "only a milestone"),
        (changed("payments", payer="Nobody"), "payer 'Nobody' is no party"),
        (changed("payments", quote="$3 million"), "quote is not in the text"),
        (changed("terms", length="3 years"), "no ISO 8601 duration"),
        (changed("terms", length=None), "needs a length"),
        ({key: value for key, value in GOOD.items() if key != "terms"}, "no terms"),
    ],
)
def test_each_fault_is_told(case: dict[str, Any], told: str) -> None:
    assert any(told in fault for fault in faults(case)), list(faults(case))


def test_faults_name_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(GOOD) + "\n{broken\n" + json.dumps(GOOD) + "\n", encoding="utf-8")
    with pytest.raises(ExampleError) as caught:
        read_examples([file])
    assert "mine.jsonl:2: not JSON" in str(caught.value)
    assert "mine.jsonl:3: the id 'x-1' is given twice" in str(caught.value)


def test_the_shipped_narratives_have_no_fault() -> None:
    cases = read_examples(sorted(DATA.glob("*.jsonl")))
    assert len(cases) >= 600
    assert sum(not case["parties"] for case in cases) >= 60

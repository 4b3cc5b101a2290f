"""Labelled narratives are checked before anything learns from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies

import dealterms
from dealterms.errors import ExampleError, InputError, NotFoundError
from dealterms_training.examples import FIELDS, check_examples, faults, own_kinds, read_examples, shipped_examples

# Of the repository, not of the package.
DATA = Path(__file__).parents[2] / "training" / "data"
TEXT = (
    "Quillon Inc. pays Marrow AG $2 million at signing, and 4% of sales. The contract lasts three years, and may be renewed for two more."
)
GOOD: dict[str, Any] = {
    "id": "x-1",
    "text": TEXT,
    "parties": [{"name": "Quillon Inc.", "aliases": [], "role": "licensee"}, {"name": "Marrow AG", "aliases": [], "role": "licensor"}],
    "payments": [
        dict.fromkeys(FIELDS["payments"])
        | {"kind": "upfront", "low": 2e6, "high": 2e6, "currency": "USD", "payer": "Quillon Inc.", "quote": "$2 million at signing"}
    ],
    "royalties": [dict.fromkeys(FIELDS["royalties"]) | {"low": 4, "high": 4, "tiered": False, "quote": "4% of sales"}],
    "terms": [dict.fromkeys(FIELDS["terms"]) | {"kind": "agreement", "length": "P3Y", "quote": "lasts three years"}],
    "renewals": [dict.fromkeys(FIELDS["renewals"]) | {"length": "P2Y", "count": 1, "quote": "renewed for two more"}],
}


def changed(group: str, **fields: Any) -> dict[str, Any]:
    return GOOD | {group: [GOOD[group][0] | fields, *GOOD[group][1:]]}


def test_a_good_narrative_has_no_fault() -> None:
    assert list(faults(GOOD)) == []


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (changed("parties", role="landlord"), "role 'landlord'; the guide's are licensor,"),
        (changed("parties", name="Quillon GmbH"), "'Quillon GmbH' is not in the text; write the name"),
        (changed("parties", aliases=["Quire"]), "'Quire' is not in the text"),
        (changed("parties", aliases=None), "aliases None; write a list of texts"),
        (changed("parties", name="Marrow AG"), "the party is given twice"),
        (changed("parties", mentions=[[0, 9999]]), "mention [0, 9999] is no place in the text"),
        (changed("payments", kind="gift"), "kind 'gift'; the guide's are"),
        (changed("payments", kind="gift"), "or declare a kind of your own: --kind gift"),
        (changed("payments", currency=None), "a figure without currency"),
        (changed("payments", currency="dollars"), "currency 'dollars'; write an ISO 4217 code"),
        (changed("payments", low="2 million"), "low '2 million'; write a number"),
        (changed("payments", low=-5), "low -5; write a number"),
        (changed("payments", low=3e6), "low 3000000.0 is above high 2000000.0"),
        (changed("payments", milestone="sales"), "kind 'upfront' with milestone 'sales'; a milestone says which"),
        (changed("payments", payer="Nobody"), "payer 'Nobody' is no party"),
        (changed("payments", quote="$3 million"), "the quote is not in the text; copy the words"),
        (changed("payments", quote=None), "quote None; write text"),
        (changed("payments", start=0, end=5), "text[0:5] is not the quote"),
        (changed("payments", start=TEXT.index("$2 million at"), end=None), "is not the quote; mend start and end"),
        (changed("payments", background="no"), "background 'no'; write true or false"),
        (changed("royalties", amount=5, currency="USD"), "an amount and a rate"),
        (changed("royalties", low=None, high=None, amount=5), "an amount without currency"),
        (changed("terms", kind="lease"), "kind 'lease'; the guide's are agreement"),
        (changed("terms", length="3 years"), "length '3 years'; write an ISO 8601 duration such as P5Y"),
        (changed("terms", ends="May 2031"), "ends 'May 2031'; write a date"),
        (changed("terms", length=None), "no length, end or event"),
        (changed("renewals", count="twice"), "count 'twice'; write a whole number"),
        (changed("renewals", automatic=True, holder="Marrow AG"), "automatic, and at the choice of 'Marrow AG'"),
        ({key: value for key, value in GOOD.items() if key != "terms"}, "no terms; a list may be empty"),
        (GOOD | {"terms": None}, "terms: no list of objects"),
        (GOOD | {"id": 7}, "an id or a text that is empty or no text"),
        ([GOOD], "a list in place of an object"),
    ],
)
def test_each_fault_is_told_with_a_remedy(case: Any, told: str) -> None:
    found = list(map(str, faults(case)))
    assert any(told in fault for fault in found), found
    assert all("; " in fault for fault in found)


def test_right_offsets_and_broken_lines_are_no_fault() -> None:
    start = TEXT.index("$2 million")
    assert list(faults(changed("payments", start=start, end=start + len("$2 million at signing")))) == []
    assert list(faults(GOOD | {"text": TEXT.replace("Quillon Inc.", "Quillon\n  Inc.")})) == []


def test_a_kind_of_ones_own_is_declared() -> None:
    case = changed("payments", kind="sponsorship_fee")
    assert list(faults(case, ["sponsorship_fee"])) == []
    assert [fault.what for fault in faults(case, ["sponsor_fee"])] == ["payments: '$2 million at signing': kind 'sponsorship_fee'"]
    for name in ("Sponsorship fee", "none", "royalty", "", "x" * 80):
        with pytest.raises(InputError, match="cannot be a kind"):
            own_kinds([name])


def test_all_faults_are_told_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    rows = [json.dumps(row) for row in (GOOD, GOOD | {"text": TEXT + " So be it."}, GOOD | {"id": "x-2"}, changed("terms", length="3"))]
    file.write_text("\n".join([rows[0], "{broken", "", *rows[1:]]) + "\n", encoding="utf-8")
    _, wrong = check_examples([file])
    assert [fault.partition(f"{file}:")[2][:60] for fault in wrong if "given" not in fault] == [
        fault.partition(f"{file}:")[2][:60] for fault in wrong
    ]
    assert any(fault.startswith(f"{file}:2: not JSON") for fault in wrong)
    assert f"{file}:4 the id 'x-1' is that of {file}:1; give each narrative an id of its own" in wrong
    assert f"{file}:5 ('x-2'): the text is that of {file}:1; keep one of the two" in [fault.replace("(x-2)", "('x-2')") for fault in wrong]
    assert any(fault.startswith(f"{file}:6 (x-1): terms: 'lasts three years': length '3'") for fault in wrong)
    with pytest.raises(ExampleError, match=r"(?s)6 faults.*mine.jsonl:2.*mine.jsonl:6"):
        read_examples([file])


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(json.dumps(GOOD) + "\n", encoding="utf-8-sig")
    assert read_examples([tmp_path]) == [GOOD]
    with pytest.raises(NotFoundError, match=r"a\.jsonl: cannot be read \(No such file"):
        read_examples([tmp_path / "a.jsonl"])


odd = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers(-5, 5) | strategies.floats() | strategies.text(max_size=5),
    lambda inner: strategies.lists(inner, max_size=3) | strategies.dictionaries(strategies.sampled_from(["name", "quote", "kind"]), inner),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(data=strategies.data())
def test_a_value_of_another_type_is_a_fault_not_a_crash(data: strategies.DataObject) -> None:
    group = data.draw(strategies.sampled_from(["", *FIELDS]))
    if group:
        field = data.draw(strategies.sampled_from([*FIELDS[group], "start", "end", "mentions"]))
        case = changed(group, **{field: data.draw(odd)})
    else:
        case = GOOD | {data.draw(strategies.sampled_from(["id", "text", "registrant", *FIELDS])): data.draw(odd)}
    assert all(fault.what and fault.remedy for fault in faults(case))


def test_what_is_extracted_keeps_the_rules() -> None:
    """So that who corrects an output is told of nothing but own mistakes."""
    for case in read_examples([DATA / "dev.jsonl"])[::15]:
        deal = dealterms.extract(case["text"], case["registrant"], id=case["id"])
        assert list(faults(deal.to_dict())) == []


def test_the_shipped_narratives_have_no_fault() -> None:
    cases = shipped_examples()
    assert cases == read_examples([DATA])
    assert len(cases) >= 600
    assert sum(not case["parties"] for case in cases) >= 60

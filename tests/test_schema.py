"""The JSON Schema: valid itself, and neither too wide nor too narrow for what dealterms gives."""

from __future__ import annotations

import json
from dataclasses import fields

import jsonschema
import pytest

from dealterms.schema import deal_schema
from dealterms.types import GROUPS, Deal, Item, Party, Payment, Renewal, Royalty, Term

FULL = Deal(
    "Quillon Ltd. pays.",
    "Quillon Ltd.",
    "q-1",
    (Item("5", "Other Events", 0, 18, 10, 28),),
    (Party("Quillon Ltd.", ("Quillon",), "licensee", ((0, 12),)),),
    (Payment("upfront"),),
    (Royalty(),),
    (Term("agreement", "P5Y", "2012-12-31", "an event"),),
    (Renewal("P1Y", "successive", notice="P90D"),),
)


def errors(row: dict) -> list[str]:
    """Give the places where a row breaks the schema."""
    return [error.json_path for error in jsonschema.Draft202012Validator(deal_schema()).iter_errors(row)]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(deal_schema())
    assert json.loads(json.dumps(deal_schema())) == deal_schema()


@pytest.mark.parametrize("deal", [Deal(""), FULL], ids=["empty", "full"])
def test_output_is_valid(deal):
    assert errors(json.loads(deal.to_json())) == []


def test_every_field_is_described():
    schema = deal_schema()
    for kind in (Item, *GROUPS.values()):
        properties = schema["$defs"][kind.__name__.lower()]["properties"]
        assert list(properties) == [f.name for f in fields(kind) if f.name not in kind.hidden]
        assert all(described["description"] for described in properties.values())
    assert list(schema["properties"]) == list(Deal("").to_dict())


@pytest.mark.parametrize(
    "group, field, values",
    [
        ("parties", "role", ["licensor", "supplier", "distributor", "purchaser", "seller", "collaborator"]),
        ("parties", "mentions", [[], [[0, 3], [5, 7]]]),
        ("payments", "kind", ["royalty_minimum", "total", "other"]),
        ("payments", "milestone", [None, "development", "regulatory", "sales", "mixed"]),
        ("payments", "low", [None, 0, 3000000, 0.125]),
        ("payments", "currency", [None, "USD"]),
        ("terms", "length", [None, "P5Y", "P18M", "P1Y6M", "P2W", "P90D", "P1.5Y"]),
        ("terms", "ends", [None, "2012", "2012-12", "2012-02-29"]),
        ("renewals", "count", [None, 1, 12, "successive"]),
        ("renewals", "notice", [None, "P90D"]),
    ],
)
def test_accepts(group, field, values):
    for value in values:
        row = FULL.to_dict()
        row[group][0][field] = value
        assert (value, errors(row)) == (value, [])


@pytest.mark.parametrize(
    "group, field, values",
    [
        ("parties", "role", ["lessor", None]),
        ("parties", "name", [None, 3]),
        ("parties", "mentions", [[[0]], [[0, 1, 2]], [["a", 1]]]),
        ("payments", "kind", ["bribe", None]),
        ("payments", "milestone", ["clinical"]),
        ("payments", "low", [-1, "3"]),
        ("payments", "currency", ["$", "usd", "USDX"]),
        ("payments", "confidence", [1.5, -0.1, None]),
        ("payments", "start", [-1, 1.5, None]),
        ("payments", "approximate", [None, 1]),
        ("terms", "length", ["P", "5Y", "P5", "PT5H", "P6M1Y", ""]),
        ("terms", "ends", ["12/31/2012", "2012-13", "2012-1", "20121231", "2012-12-32"]),
        ("renewals", "count", [0, -1, 1.5, "many"]),
    ],
)
def test_refuses(group, field, values):
    for value in values:
        row = FULL.to_dict()
        row[group][0][field] = value
        assert (value, errors(row)) == (value, [f"$.{group}[0].{field}"] if field != "mentions" else errors(row) or ["none"])


@pytest.mark.parametrize("field", ["text", "items", "payments"])
def test_refuses_what_lacks_a_field(field):
    row = FULL.to_dict()
    del row[field]
    assert errors(row) == ["$"]


def test_refuses_unknown_fields():
    row = FULL.to_dict()
    row["terms"][0]["mood"] = "good"
    assert errors(row) == ["$.terms[0]"]

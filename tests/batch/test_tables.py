"""The tables: one schema, three formats, the same content."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealterms.batch.lines import failure_line, line
from dealterms.batch.rows import deal_rows
from dealterms.batch.schema import BOOLEAN, INTEGER, NUMBER, PLACES, STRING, STRINGS, TABLES, arrow_schema, names
from dealterms.batch.tables import FORMATS, write_tables
from dealterms.filings import Header
from dealterms.types import GROUPS, Deal, Item, Party, Payment, Renewal, Royalty, Term

DEAL = Deal(
    "=Märrow paid “$5 million”,\nthen\tmore.",
    "Märrow",
    items=(Item("1.01"), Item("8.01"), Item("8.01")),
    parties=(Party("=Märrow", ("the Company", "M, Inc."), "licensor", ((0, 7), (12, 14)), 0.5), Party("Beta")),
    payments=(Payment("upfront", Decimal("0.1"), Decimal("5000000"), "USD", quote="“$5 million”", start=13, end=25),),
    royalties=(Royalty(Decimal("2.375"), None, tiered=True),),
    terms=(Term("agreement", "P5Y", ends="2012-06"),),
    renewals=(Renewal(count="successive"), Renewal(count=2), Renewal()),
)
HEADER = Header("8-K", "2000-05-08", "2000-05-01", "MARROW INC", "0000123456", "2834", "0000123456-00-000001")
LINES = [
    line("a", deal_rows(DEAL, HEADER, "a.txt", "no_deal")),
    failure_line("b.txt", "timeout", "it took too long"),
    line("a", deal_rows(Deal("Nothing."), Header(), "c/a.txt", "screened")),
]


def values(table: str, form: str, folder) -> list[dict]:
    """Read a table back."""
    path = folder / f"{table}.{form}"
    if form == "parquet":
        from pyarrow import parquet

        read = parquet.read_table(path)
        assert read.schema.equals(arrow_schema(table))
        return read.to_pylist()
    text = path.read_bytes().decode()
    if form == "jsonl":
        return [json.loads(row) for row in text.split("\n")[:-1]]
    head, *rows = csv.reader(text.splitlines(keepends=True))
    kinds = {column.name: column.kind for column in TABLES[table]}
    assert head == names(table)
    return [{name: typed(cell, kinds[name]) for name, cell in zip(head, row)} for row in rows]


def typed(cell: str, kind: str):
    """Read a cell of CSV."""
    if cell == "":
        return None
    return cell.removeprefix("'") if kind == STRING else json.loads(cell)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_the_same(tmp_path, form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    written = write_tables(LINES, tmp_path, form)
    assert written.outcomes == {"deal": 1, "timeout": 1, "screened": 1}
    assert written.rows == {"deals": 2, "parties": 2, "payments": 1, "royalties": 1, "terms": 1, "renewals": 3, "errors": 1}
    told = {table: values(table, form, tmp_path) for table in TABLES}
    first, second = told["deals"]
    assert first == {
        "id": "a",
        "source": "a.txt",
        "registrant": "Märrow",
        "form": "8-K",
        "filed": "2000-05-08",
        "period": "2000-05-01",
        "company": "MARROW INC",
        "cik": "0000123456",
        "sic": "2834",
        "accession": "0000123456-00-000001",
        "items": ["1.01", "8.01"],
        "outcome": "deal",
        **DEAL.summary(),
        **{f"n_{group}": len(getattr(DEAL, group)) for group in GROUPS},
        "text": DEAL.text,
    }
    assert {name: second[name] for name in ("id", "source", "outcome", "n_parties", "text")} == {
        "id": "a~2",
        "source": "c/a.txt",
        "outcome": "screened",
        "n_parties": 0,
        "text": None,
    }
    assert told["errors"] == [{"input": "b.txt", "stage": "timeout", "message": "it took too long"}]
    assert told["parties"][0] == {"id": "a", "number": 1, **DEAL.parties[0].to_dict()}
    assert told["payments"] == [{"id": "a", "number": 1, **DEAL.payments[0].to_dict()}]
    assert [(row["low"], row["high"], row["tiered"]) for row in told["royalties"]] == [(2.375, None, True)]
    assert [(row["number"], row["count"], row["successive"]) for row in told["renewals"]] == [
        (1, None, True),
        (2, 2, False),
        (3, None, False),
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_tables_of_nothing_have_their_columns(tmp_path, form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert set(write_tables([], tmp_path, form).rows.values()) == {0}
    assert [values(table, form, tmp_path) for table in TABLES] == [[]] * 7


def test_parquet_in_several_row_groups(tmp_path, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("dealterms.batch.tables._ROWS", 2)
    write_tables(LINES * 3, tmp_path, "parquet")
    assert parquet.ParquetFile(tmp_path / "deals.parquet").num_row_groups == 3
    assert [row["id"] for row in values("deals", "parquet", tmp_path)] == ["a", "a~2", "a~3", "a~4", "a~5", "a~6"]


def test_names_that_are_wrapped_in_the_filing_are_one_line():
    name = "Marrow\n   Labs\t Inc."
    deal = Deal(
        name, parties=(Party(name, (name,)),), payments=(Payment("upfront", payer=name, quote=name),), renewals=(Renewal(holder=name),)
    )
    rows = deal_rows(deal, Header(), "a.txt", "no_deal")
    assert (rows["parties"][0]["name"], rows["parties"][0]["aliases"]) == ("Marrow Labs Inc.", ["Marrow Labs Inc."])
    assert (rows["payments"][0]["payer"], rows["payments"][0]["payee"], rows["payments"][0]["quote"]) == ("Marrow Labs Inc.", None, name)
    assert rows["renewals"][0]["holder"] == "Marrow Labs Inc."


def test_csv_has_no_formula(tmp_path):
    write_tables(LINES, tmp_path, "csv")
    assert "'=Märrow" in (tmp_path / "parties.csv").read_text(encoding="utf-8")


def test_the_schema_follows_the_records():
    for group, kind in GROUPS.items():
        own = [name for name in names(group) if name not in ("id", "number", "successive")]
        assert own == [field.name for field in fields(kind) if field.name not in kind.hidden]
    kinds = {table: {column.name: column.kind for column in columns} for table, columns in TABLES.items()}
    assert kinds["payments"]["low"] == kinds["royalties"]["amount"] == kinds["terms"]["confidence"] == NUMBER
    assert (kinds["parties"]["aliases"], kinds["parties"]["mentions"], kinds["deals"]["items"]) == (STRINGS, PLACES, STRINGS)
    assert (kinds["renewals"]["count"], kinds["renewals"]["successive"], kinds["terms"]["ends"]) == (INTEGER, BOOLEAN, STRING)
    assert all(column.said for columns in TABLES.values() for column in columns)


@given(st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False).filter(lambda value: len(value.as_tuple().digits) <= 15))
def test_a_figure_of_fifteen_digits_comes_back_as_it_was_written(value):
    row = deal_rows(Deal("x", payments=(Payment("other", value, value),)), Header(), "a", "no_deal")["payments"][0]
    number = float(json.loads(json.dumps(row))["low"])
    assert math.isfinite(number) and Decimal(repr(number)) == value

"""The tables and their columns, in one place: Parquet, CSV, JSON lines and Spark follow it.

Figures are double-precision numbers, as in JSON: a sum or rate of up to 15 significant digits comes back as it was written
(``Decimal(repr(number))``), and every engine calculates with it. Dates stay text, since those of a deal are as precise as the
narrative, which may tell only a year.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from dealterms.schema import deal_schema
from dealterms.summary import COLUMNS
from dealterms.types import GROUPS, Record

#: The kinds of a column: text, whole number, number, truth, list of texts, list of [start, end].
STRING, INTEGER, NUMBER, BOOLEAN, STRINGS, PLACES = "string", "integer", "number", "boolean", "strings", "places"

_KINDS: dict[Any, str] = {str: STRING, int: INTEGER, float: NUMBER, Decimal: NUMBER, bool: BOOLEAN}
_COUNT = ("renewals", "count")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        As in ``Deal.to_dict`` where it is there.
    kind : str
        One of the kinds above.
    said : str
        What it holds.
    """

    name: str
    kind: str
    said: str


_ID = Column("id", STRING, "Key of the filing: file name without its ending, or the input's own id; a second one has ~2 behind it.")

_DEALS = (
    _ID,
    Column("source", STRING, "Where it is from: a path, with the number of a line or row, or the name of a member, behind it."),
    Column("registrant", STRING, "Company that files."),
    Column("form", STRING, "Form, such as 8-K or 8-K/A; null for a bare narrative."),
    Column("filed", STRING, "Date of filing, ISO 8601."),
    Column("period", STRING, "Date of the earliest event reported, ISO 8601."),
    Column("company", STRING, "Name of the first filer, as EDGAR conforms it, or else as the cover has it."),
    Column("cik", STRING, "The filer's key, digits as written."),
    Column("sic", STRING, "The filer's industry code."),
    Column("accession", STRING, "Number of the submission."),
    Column("items", STRINGS, "Numbers of the items that the text is made of; empty for a bare narrative."),
    Column(
        "outcome", STRING, "deal, no_deal (read, none found), screened (none by the first look) or no_item (no item that can tell of one)."
    ),
    *(Column(name, STRING, "One cell of the deal's summary: values in words, joined by semicolons.") for name in COLUMNS),
    *(Column(f"n_{group}", INTEGER, f"Number of {group}.") for group in GROUPS),
    Column("text", STRING, "The narrative; offsets point into it. Null unless the outcome is deal."),
)

_ERRORS = (
    Column("input", STRING, "Where it is from."),
    Column("stage", STRING, "input (cannot be read), filing (is none), extraction (our fault), timeout (took too long) or crash."),
    Column("message", STRING, "What happened, and what to do."),
)


def _of_records(group: str, kind: type[Record]) -> tuple[Column, ...]:
    hints = typing.get_type_hints(kind)
    described = deal_schema()["$defs"][kind.__name__.lower()]["properties"]
    columns = [_ID, Column("number", INTEGER, "1, 2 and so on within the filing.")]
    for field in fields(kind):
        if field.name in kind.hidden:
            continue
        said = described[field.name].get("description", "")
        if (group, field.name) == _COUNT:
            columns.append(Column("count", INTEGER, "How often; null where that is not told or has no limit."))
            columns.append(Column("successive", BOOLEAN, "Whether there is no limit to how often."))
        else:
            columns.append(Column(field.name, _kind(hints[field.name]), said))
    return tuple(columns)


def _kind(hint: Any) -> str:
    if typing.get_origin(hint) is tuple:
        return STRINGS if typing.get_args(hint)[0] is str else PLACES
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return _KINDS[hint]


#: Every table and its columns, in order.
TABLES: dict[str, tuple[Column, ...]] = {
    "deals": _DEALS,
    **{group: _of_records(group, kind) for group, kind in GROUPS.items()},
    "errors": _ERRORS,
}


def names(table: str) -> list[str]:
    """Give the names of a table's columns.

    Parameters
    ----------
    table : str
        One of `TABLES`.

    Returns
    -------
    list of str
        In order.

    Examples
    --------
    >>> names("errors")
    ['input', 'stage', 'message']
    """
    return [column.name for column in TABLES[table]]


def arrow_schema(table: str) -> Any:
    """Give a table's schema as pyarrow knows it.

    Parameters
    ----------
    table : str
        One of `TABLES`.

    Returns
    -------
    pyarrow.Schema
        Every column may be null; what it holds is its ``description``.
    """
    import pyarrow

    kinds = {
        STRING: pyarrow.string(),
        INTEGER: pyarrow.int64(),
        NUMBER: pyarrow.float64(),
        BOOLEAN: pyarrow.bool_(),
        STRINGS: pyarrow.list_(pyarrow.string()),
        PLACES: pyarrow.list_(pyarrow.list_(pyarrow.int64())),
    }
    return pyarrow.schema(
        [pyarrow.field(column.name, kinds[column.kind], metadata={"description": column.said}) for column in TABLES[table]]
    )

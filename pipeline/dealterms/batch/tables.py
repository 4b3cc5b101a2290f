"""The tables as files: JSON lines, CSV or Parquet, each written a row at a time."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from dealterms.batch.keys import Keys
from dealterms.batch.schema import TABLES, arrow_schema, names

FORMATS = ("parquet", "jsonl", "csv")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS = 10_000
_CHARACTERS = 16_000_000

Row = dict[str, Any]


class Writer(Protocol):
    """Takes rows and ends its file when it is closed."""

    def write(self, row: Row) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Written:
    """What went into the tables.

    Attributes
    ----------
    rows : dict of str to int
        Number of rows of each table.
    outcomes : dict of str to int
        Number of filings of each outcome, and of inputs that failed at each stage, but for those of which there are none.
    """

    rows: dict[str, int]
    outcomes: dict[str, int]


def write_tables(lines: Iterable[bytes], folder: Path, form: str) -> Written:
    """Write every table, with a key of its own for each filing.

    Parameters
    ----------
    lines : iterable of bytes
        What came of each input, as ``dealterms.batch.lines.line`` gives it, in order.
    folder : Path
        Where the files go, named after their tables.
    form : str
        One of `FORMATS`.

    Returns
    -------
    Written
        How much.
    """
    counts, outcomes = dict.fromkeys(TABLES, 0), Counter[str]()
    with ExitStack() as stack:
        keys = stack.enter_context(Keys(folder / "keys"))
        writers: dict[str, Writer] = {}
        for table in TABLES:
            writers[table] = _WRITERS[form](folder / f"{table}.{form}", table)
            stack.callback(writers[table].close)
        for line in lines:
            told = json.loads(line)
            rows = told["rows"]
            key = keys.key(told["id"]) if "deals" in rows else None
            outcomes.update(row["outcome"] for row in rows.get("deals", ()))
            outcomes.update(row["stage"] for row in rows.get("errors", ()))
            for table, found in rows.items():
                counts[table] += len(found)
                for row in found:
                    writers[table].write({"id": key, **row} if key is not None else row)
    return Written(counts, dict(outcomes))


def harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("five years")
    ("'=1+1", 'five years')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class _JsonLines:
    """Objects with the table's columns in order."""

    def __init__(self, path: Path, table: str) -> None:
        self._out = _text_file(path)
        self._names = names(table)

    def write(self, row: Row) -> None:
        self._out.write(json.dumps({name: row.get(name) for name in self._names}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._out.close()


class _Csv:
    """A head and a line a row; lists are JSON, what is null is empty."""

    def __init__(self, path: Path, table: str) -> None:
        self._out = _text_file(path)
        self._names = names(table)
        self._rows = csv.writer(self._out, lineterminator="\n")
        self._rows.writerow(self._names)

    def write(self, row: Row) -> None:
        self._rows.writerow([_cell(row.get(name)) for name in self._names])

    def close(self) -> None:
        self._out.close()


class _Parquet:
    """Row groups of a size that fits in memory whatever the texts are."""

    def __init__(self, path: Path, table: str) -> None:
        from pyarrow import parquet

        self._schema = arrow_schema(table)
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._characters = 0

    def write(self, row: Row) -> None:
        self._rows.append(row)
        self._characters += len(row.get("text") or row.get("quote") or "")
        if len(self._rows) == _ROWS or self._characters > _CHARACTERS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        import pyarrow

        if self._rows:
            self._file.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._characters = [], 0


_WRITERS: dict[str, Callable[[Path, str], Writer]] = {"jsonl": _JsonLines, "csv": _Csv, "parquet": _Parquet}


def _text_file(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    return json.dumps(value, ensure_ascii=False)

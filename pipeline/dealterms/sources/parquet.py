"""The rows of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from dealterms.errors import InputError
from dealterms.sources.refused import is_table_row, ours

_BATCH = 64
_WANTED = ("text", "id", "registrant")
_TEXTS = frozenset({"string", "large_string", "string_view"})


def parquet_rows(stream: IO[bytes]) -> Iterator[tuple[dict[str, Any], float]]:
    """Go through the rows of a Parquet file, a few at a time.

    Parameters
    ----------
    stream : binary file
        One that can be read from any place, with a column ``text`` and perhaps ``id`` and ``registrant``.

    Yields
    ------
    (dict, float)
        The row as far as those columns go, and how much of the file has been read then, 0 to 1.

    Raises
    ------
    InputError
        It is no Parquet file, has no column ``text`` or one of these that is no text, or pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise InputError("reading Parquet needs pyarrow", "pip install dealterms[parquet]") from None
    try:
        file = parquet.ParquetFile(stream)
        if is_table_row(file.schema_arrow.names):
            raise ours("a table")
        columns = [name for name in _WANTED if name in file.schema_arrow.names]
        if "text" not in columns:
            names = ", ".join(file.schema_arrow.names[:10])
            raise InputError(f"the file has no column text (but {names})", "rename the column of the narratives to `text`")
        for name in columns:
            _check_kind(name, file.schema_arrow.field(name).type)
        rows, done = file.metadata.num_rows or 1, 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                done += 1
                yield row, done / rows
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"the file is no sound Parquet file ({str(error).partition(chr(10))[0]})", "write it again") from None


def _check_kind(name: str, kind: Any) -> None:
    """See that a column is text; an id may be a number, since a whole one becomes a float where another one is null."""
    told = str(kind.value_type if str(kind).startswith("dictionary") else kind)
    if told not in _TEXTS and not (name == "id" and told.removeprefix("u").startswith(("int", "float", "double", "halffloat"))):
        raise InputError(f"the column {name} is of type {kind}", "write it as string")

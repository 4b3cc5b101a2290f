"""The tables on a cluster, by Apache Spark: ``pip install dealterms[spark]`` on the driver and on every worker.

`extract` gives one row for each filing, with its records nested in it, so that one pass over the filings serves every table;
`tables` takes them out as the tables that ``dealterms extract --output DIR`` writes, with the same columns.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dealterms.batch.filing import Extractor, Settings, extractor
from dealterms.batch.rows import Rows, error_rows, whole_characters
from dealterms.batch.schema import BOOLEAN, INTEGER, NUMBER, PLACES, STRING, STRINGS, TABLES, Column, names
from dealterms.types import GROUPS

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_ROWS = 200
_KEY = "id"


def extract(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    registrant: str | None = None,
    *,
    table: str | None = None,
    min_confidence: float = 0.0,
    exhibits: bool = False,
    model: str | None = None,
    timeout: float = 60.0,
) -> DataFrame:
    """Extract the terms of the filings or narratives in a column.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
        A row for each.
    text, id : str
        Names of the columns that hold them; the id is cast to string, kept as it is, and ought to be unique.
    registrant : str, optional
        Name of the column with the company that files.
    table : str, optional
        ``deals``, ``parties``, ``payments``, ``royalties``, ``terms``, ``renewals`` or ``errors``, to have that table alone.
    min_confidence : float
        Payments, royalties, terms and renewals less sure than this, 0 to 1, are left out.
    exhibits : bool
        Read press releases in Exhibit 99 in any case.
    model : str, optional
        A model directory that every worker finds under this path, in place of the shipped one.
    timeout : float
        Seconds after which a filing is cut off.

    Returns
    -------
    pyspark.sql.DataFrame
        By default a row for each row of `df`, as `nested_schema` has it: the columns of ``deals``; for each group of records
        an array of structs with the columns of its table; and ``error``, null unless the filing failed. With `table` the rows
        of that table, as `schema` has it. ``source`` and ``input`` are the id.

    Raises
    ------
    ValueError
        There is no such table or column.

    Examples
    --------
    >>> from pyspark.sql import SparkSession                                    # doctest: +SKIP
    >>> spark = SparkSession.builder.getOrCreate()                              # doctest: +SKIP
    >>> filings = spark.read.text("s3://filings/*.txt", wholetext=True)         # doctest: +SKIP
    >>> extract(filings, text="value", table="payments").write.parquet("out")   # doctest: +SKIP
    """
    from pyspark.sql import functions

    if table is not None and table not in TABLES:
        raise ValueError(f"there is no table {table!r}; give one of {', '.join(TABLES)}")
    for name in (text, id, registrant):
        if name is not None and name not in df.columns:
            raise ValueError(f"there is no column {name!r}; give one of {', '.join(df.columns)}")
    told = functions.col(_quoted(registrant)) if registrant else functions.lit(None)
    given = df.select(
        functions.col(_quoted(id)).cast("string").alias("id"),
        functions.col(_quoted(text)).cast("string").alias("text"),
        told.cast("string").alias("registrant"),
    )
    settings = Settings(None, min_confidence, exhibits, model)

    def work(frames: Iterable[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
        return _frames(frames, settings, timeout, table)

    return given.mapInPandas(work, schema(table) if table else nested_schema())


def tables(nested: DataFrame) -> dict[str, DataFrame]:
    """Take the tables out of what `extract` gave.

    Parameters
    ----------
    nested : pyspark.sql.DataFrame
        What `extract` gave without `table`; cache or write it first where several tables are wanted, else each one extracts anew.

    Returns
    -------
    dict of str to pyspark.sql.DataFrame
        The seven tables, each as `schema` has it.
    """
    from pyspark.sql import functions

    found = {"deals": nested.where("error IS NULL").select(*names("deals"))}
    for group in GROUPS:
        rows = nested.select(_KEY, functions.explode(group).alias("row"))
        found[group] = rows.select(_KEY, *(functions.col(f"row.{name}").alias(name) for name in names(group)[1:]))
    failed = nested.where("error IS NOT NULL")
    found["errors"] = failed.select(functions.col(_KEY).alias("input"), "error.stage", "error.message")
    return found


def schema(table: str) -> StructType:
    """Give the schema of a table.

    Parameters
    ----------
    table : str
        ``deals``, ``parties``, ``payments``, ``royalties``, ``terms``, ``renewals`` or ``errors``.

    Returns
    -------
    pyspark.sql.types.StructType
        What each column holds is its comment.

    Examples
    --------
    >>> schema("errors").simpleString()
    'struct<input:string,stage:string,message:string>'
    """
    return _struct(TABLES[table])


def nested_schema() -> StructType:
    """Give the schema of what `extract` gives by default.

    Returns
    -------
    pyspark.sql.types.StructType
        The columns of ``deals``, an array for each group of records, and ``error``.

    Examples
    --------
    >>> nested_schema()["error"].dataType.simpleString()
    'struct<stage:string,message:string>'
    """
    from pyspark.sql.types import ArrayType

    nested = schema("deals")
    for group in GROUPS:
        nested.add(group, ArrayType(_struct(TABLES[group][1:])))
    return nested.add("error", _struct(TABLES["errors"][1:]))


def _struct(columns: Iterable[Column]) -> StructType:
    from pyspark.sql import types

    kinds: dict[str, Any] = {
        STRING: types.StringType(),
        INTEGER: types.LongType(),
        NUMBER: types.DoubleType(),
        BOOLEAN: types.BooleanType(),
        STRINGS: types.ArrayType(types.StringType()),
        PLACES: types.ArrayType(types.ArrayType(types.LongType())),
    }
    return types.StructType([types.StructField(column.name, kinds[column.kind], True, {"comment": column.said}) for column in columns])


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _frames(frames: Iterable[pandas.DataFrame], settings: Settings, timeout: float, table: str | None) -> Iterator[pandas.DataFrame]:
    """Do the work of one partition, in a worker."""
    import pandas

    extracted = extractor(settings)  # the model is kept by the process, which serves many partitions
    columns = names(table) if table else [*names("deals"), *GROUPS, "error"]
    rows: list[list[Any]] = []
    for frame in frames:
        for id, text, registrant in frame.itertuples(index=False, name=None):
            key, company = _told(id), _told(registrant)
            found = _extracted(extracted, key, _told(text), company, timeout)
            told = _flat(found, table, key) if table else [_nested(found, key)]
            rows += [[row.get(name) for name in columns] for row in told]
            if len(rows) >= _ROWS:
                yield pandas.DataFrame(rows, columns=columns, dtype=object)
                rows = []
    if rows:
        yield pandas.DataFrame(rows, columns=columns, dtype=object)


def _told(value: Any) -> str | None:
    return value if isinstance(value, str) else None  # pandas may have NaN for null


def _extracted(extracted: Extractor, key: str | None, text: str | None, registrant: str | None, timeout: float) -> Rows:
    from dealterms.inputs import checked

    try:
        checked(text or "")
        with _time_limit(timeout):
            return extracted(text or "", registrant, key)
    except ValueError as error:
        return error_rows(key, "input", whole_characters(str(error)))
    except _TimeIsOver:
        return error_rows(key, "timeout", f"it took longer than {timeout:g} seconds; allow more by timeout, or leave it out")


def _flat(found: Rows, table: str, key: str | None) -> list[dict[str, Any]]:
    return [{_KEY: key, **row} if table != "errors" else row for row in found.get(table, ())]


def _nested(found: Rows, key: str | None) -> dict[str, Any]:
    if "errors" in found:
        (failed,) = found["errors"]
        empty: dict[str, Any] = {_KEY: key, "source": key, **{group: [] for group in GROUPS}}
        return empty | {"error": {name: failed[name] for name in names("errors")[1:]}}
    (deal,) = found["deals"]
    groups = {group: [{name: row.get(name) for name in names(group)[1:]} for row in found.get(group, ())] for group in GROUPS}
    return {_KEY: key, **deal, **groups, "error": None}


class _TimeIsOver(BaseException):
    """Not an `Exception`, which what is cut off might take for its own."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Cut off what takes longer, where the system and the thread allow it: Spark runs this in a worker's main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(*_: object) -> None:
        raise _TimeIsOver

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

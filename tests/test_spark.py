"""The tables on Spark, in local mode: the same columns, types and content as those on one machine."""

from __future__ import annotations

import json
import os
import shutil
import sys
import warnings

import pytest
from tests.batch.corpus import filing, story

from dealterms.batch.run import extract_tables
from dealterms.batch.schema import TABLES, names

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install dealterms[spark]")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java, which is not installed here", allow_module_level=True)

# pyspark and py4j warn of themselves: of newer pandas, and of sockets that the end of a session leaves to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning")

MORE = " Quillon Ltd. will pay royalties of 5% to 8% of net sales. The agreement is renewable for two successive periods of three years."
ROWS = [
    ("a", filing(1), None),
    ("b", filing(2, "12", "Results of Operations and Financial Condition"), None),
    ("c", story(3) + MORE, "Marrow Labs"),
    ("d", "Nothing happened in the town of Ashby last week, and nobody was hurt.", None),
    ("e", "Märrow paid Quillon Ltd. $5 million; it is “licensed” for five years.", "Märrow"),
]
BROKEN = [("f", "", None), ("g", None, None), ("h", "<html><p>Buy now</p></html>", None), ("i", filing(3).replace("8-K", "10-K"), None)]


@pytest.fixture(scope="module")
def session():
    """A session of two workers, for as long as these tests take."""
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2]").appName("dealterms")
        for option, value in {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "512m",
            "spark.log.level": "ERROR",
            "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than these few rows
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        }.items():
            builder = builder.config(option, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def filings(session):
    """The rows above, in two partitions."""
    return session.createDataFrame(ROWS + BROKEN, "id string, text string, registrant string").repartition(2)


@pytest.fixture(scope="module")
def nested(filings):
    """What is extracted from them."""
    from dealterms import spark

    return spark.extract(filings, registrant="registrant").cache()


@pytest.fixture(scope="module")
def local(tmp_path_factory) -> dict[str, list[dict]]:
    """The tables that one machine makes of the same rows."""
    folder = tmp_path_factory.mktemp("local")
    lines = [json.dumps(dict(zip(("id", "text", "registrant"), row))) for row in ROWS]
    (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    extract_tables([folder / "in.jsonl"], folder / "out")
    return {
        table: [json.loads(line) for line in (folder / "out" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        for table in TABLES
    }


def rows(frame) -> list[dict]:
    found = [row.asDict(recursive=True) for row in frame.collect()]
    return sorted(found, key=lambda row: (row.get("id") or row.get("input") or "", row.get("number", 0)))


def without_source(found: list[dict]) -> list[dict]:
    return [{name: value for name, value in row.items() if name != "source"} for row in found]


def types(schema) -> list[tuple]:
    return [(field.name, field.dataType) for field in schema]


@pytest.mark.parametrize("table", [table for table in TABLES if table != "errors"])
def test_tables_are_those_of_one_machine(nested, local, table):
    from dealterms import spark

    frame = spark.tables(nested)[table]
    assert types(frame.schema) == types(spark.schema(table))
    assert frame.columns == names(table)
    assert without_source(rows(frame)) == without_source(local[table]) != []


def test_the_schema_is_that_of_parquet():
    pytest.importorskip("pyarrow")
    from pyspark.sql.pandas.types import from_arrow_schema

    from dealterms import spark
    from dealterms.batch.schema import arrow_schema

    for table in TABLES:
        assert types(from_arrow_schema(arrow_schema(table))) == types(spark.schema(table))


def test_errors_are_rows(nested):
    from dealterms import spark

    found = rows(spark.tables(nested)["errors"])
    assert [(row["input"], row["stage"], row["message"].partition(";")[0]) for row in found] == [
        ("f", "input", "the text is empty"),
        ("g", "input", "the text is empty"),
        ("h", "input", "an HTML page that is no Form 8-K"),
        ("i", "filing", "the filing is a Form 10-K, not a Form 8-K"),
    ]
    assert nested.where("error IS NOT NULL AND (size(payments) > 0 OR text IS NOT NULL)").count() == 0
    assert nested.count() == len(ROWS + BROKEN)


def test_one_table_alone(filings, nested):
    from dealterms import spark

    for table in ("payments", "errors"):
        frame = spark.extract(filings, registrant="registrant", table=table)
        assert rows(frame) == rows(spark.tables(nested)[table])


def test_columns_of_other_names_and_types(session):
    from dealterms import spark

    frame = session.createDataFrame([(7, story(1))], "`the key` long, `a.b` string")
    (row,) = spark.extract(frame, text="a.b", id="the key", min_confidence=0.99).collect()
    assert (row["id"], row["source"], row["n_parties"], row["n_payments"]) == ("7", "7", 2, 0)


@pytest.mark.parametrize("options", [{"text": "words"}, {"id": "key"}, {"registrant": "who"}, {"table": "people"}])
def test_wrong_names(filings, options):
    from dealterms import spark

    with pytest.raises(ValueError, match="there is no"):
        spark.extract(filings, **options)


def test_the_model_is_loaded_once_by_a_worker(session, monkeypatch):
    from dealterms import spark

    frame = session.createDataFrame([(str(number), story(number)) for number in range(40)], "id string, text string").repartition(8)
    extracted = spark.extract(frame, table="deals")

    def loaded(frames):
        import os

        import pandas

        from dealterms.classifier import shipped_models

        for _ in frames:
            shipped_models()
            yield pandas.DataFrame({"pid": [os.getpid()], "loads": [shipped_models.cache_info().misses]})

    assert extracted.count() == 40
    told = frame.mapInPandas(loaded, "pid long, loads long").collect()
    assert {row["loads"] for row in told} == {1} and len({row["pid"] for row in told}) <= 2


@pytest.mark.skipif(not hasattr(__import__("signal"), "setitimer"), reason="no interval timer here")
def test_a_filing_that_takes_too_long_is_cut_off():
    import time

    from dealterms import spark

    def endless(text, registrant, source):
        try:
            while True:
                time.sleep(0.01)
        except Exception:
            return {}

    told = spark._extracted(endless, "a", "text", None, timeout=0.2)
    assert told["errors"] == [
        {"input": "a", "stage": "timeout", "message": "it took longer than 0.2 seconds; allow more by timeout, or leave it out"}
    ]

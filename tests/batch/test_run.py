"""Runs over whole archives: what the tables hold, in which order, and what happens to what cannot be read."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from tests.batch.corpus import filing, make_archive, read_folder, story

from dealterms.batch.filing import Settings
from dealterms.batch.run import Options, Progress, Result, extract_tables
from dealterms.batch.schema import TABLES
from dealterms.errors import InputError, NotFoundError, WorkerError
from dealterms.types import GROUPS


def rows(output: Path, table: str) -> list[dict]:
    return [json.loads(line) for line in (output / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the working one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_row_for_each_filing_read(folder):
    (folder / "a.txt").write_text(filing(1))
    (folder / "b.txt").write_text(filing(2, "12", "Results of Operations and Financial Condition"))
    (folder / "c.txt").write_text("Nothing happened in the town of Ashby last week, and nobody was hurt.")
    (folder / "d.txt").write_text(filing(4).replace("FORM TYPE:", "").replace("8-K", "10-K"))
    (folder / "e.pdf").write_bytes(b"%PDF-1.4")
    (folder / "f.jsonl").write_text(json.dumps({"text": story(0), "id": "own", "registrant": "Marrow Labs"}) + "\nnot json\n")
    counts = extract_tables(["."], "out", Options(settings=Settings(registrant="Fallback"))).rows
    out = folder / "out"
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{table}.jsonl" for table in TABLES)
    assert counts == {table: len(rows(out, table)) for table in TABLES}
    deals = {row["id"]: row for row in rows(out, "deals")}
    assert list(deals) == ["a", "b", "c", "own"]
    assert [deals["a"][name] for name in ("form", "filed", "period", "company", "cik", "sic", "accession", "items", "outcome")] == [
        "8-K",
        "2000-05-08",
        "2000-05-01",
        "MARROW LABS INC",
        "0000123456",
        "2834",
        "0000123456-00-000001",
        ["5"],
        "deal",
    ]
    assert (deals["b"]["cik"], deals["b"]["outcome"], deals["b"]["text"]) == ("0000123456", "no_item", None)
    assert deals["c"]["outcome"] in ("no_deal", "screened") and deals["c"]["form"] is None and deals["c"]["registrant"] == "Fallback"
    assert (deals["own"]["registrant"], deals["own"]["source"]) == ("Marrow Labs", os.path.join(".", "f.jsonl:1"))
    for id, row in deals.items():
        for group in GROUPS:
            assert row[f"n_{group}"] == len([record for record in rows(out, group) if record["id"] == id])
    for group in ("payments", "terms"):
        assert {record["id"] for record in rows(out, group)} == {"a", "own"}
        for record in rows(out, group):
            assert deals[record["id"]]["text"][record["start"] : record["end"]] == record["quote"]
    assert [(Path(row["input"]).name, row["stage"]) for row in rows(out, "errors")] == [
        ("d.txt", "filing"),
        ("e.pdf", "input"),
        ("f.jsonl:2", "input"),
    ]


def test_the_result_is_the_same_whatever_the_number_of_processes(folder):
    make_archive(folder / "in", 40)
    for jobs in (1, 3):
        extract_tables(["in"], f"out{jobs}", Options("csv", jobs=jobs))
    assert read_folder(folder / "out1") == read_folder(folder / "out3")


def test_names_that_clash_and_names_in_any_script(folder):
    names = ["a/x.txt", "b/x.txt", "b/x.htm", "Жёлтый «report» 2004.txt", "日本\n.txt", "x~2.txt"]
    for name in names:
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(story(1))
    (folder / "in" / "lines.jsonl").write_text(json.dumps({"text": story(1), "id": "x"}) + "\n")
    extract_tables(["in"], "out")
    ids = {row["source"]: row["id"] for row in rows(folder / "out", "deals")}
    assert {os.path.relpath(source, "in").replace(os.sep, "/"): id for source, id in ids.items()} == {
        "a/x.txt": "x",
        "b/x.htm": "x~2",
        "b/x.txt": "x~3",
        "lines.jsonl:1": "x~4",
        "x~2.txt": "x~2~2",
        "Жёлтый «report» 2004.txt": "Жёлтый «report» 2004",
        "日本\n.txt": "日本\n",
    }
    assert len({row["id"] for row in rows(folder / "out", "parties")}) == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes such names")
def test_a_name_that_is_no_unicode(folder):
    (folder / "in").mkdir()
    Path(os.fsdecode(os.fsencode(folder / "in") + b"/caf\xe9.txt")).write_text(story(1))
    extract_tables(["in"], "out")
    assert [row["id"] for row in rows(folder / "out", "deals")] == ["caf\ufffd"]


def test_halves_of_characters_do_no_harm(folder):
    (folder / "a.jsonl").write_text('{"text": "Marrow \\ud800 paid Quillon Ltd. $5 million.", "id": "\\udfff", "registrant": "\\ud800"}\n')
    pytest.importorskip("pyarrow")
    for form in ("jsonl", "csv", "parquet"):
        assert extract_tables(["a.jsonl"], form, Options(form)).rows["deals"] == 1
    assert rows(folder / "jsonl", "deals")[0]["id"] == "\ufffd"


@pytest.mark.parametrize("paths", [["empty"], ["missing"], ["no/such/*.txt"]])
def test_where_nothing_can_be_read_nothing_is_written(folder, paths):
    (folder / "empty").mkdir()
    told = []
    assert extract_tables(paths, "out", report=lambda source, message: told.append(source)) == Result({}, {"input": 1})
    assert told == paths and list((folder / "out").iterdir()) == []


def test_tables_that_are_there_stay_where_nothing_can_be_read(folder):
    (folder / "a.txt").write_text(story(1))
    extract_tables(["a.txt"], "out")
    before = read_folder(folder / "out")
    assert extract_tables(["b.txt"], "out", Options(force=True)).rows == {}
    assert read_folder(folder / "out") == before


@pytest.mark.parametrize("output", ["in", "./in/", "link"])
def test_a_folder_to_read_cannot_hold_the_tables(folder, output):
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(story(1))
    (folder / "link").symlink_to("in")
    with pytest.raises(InputError, match="the folder is one of those to read"):
        extract_tables(["in"], output)
    assert list(read_folder(folder / "in")) == ["a.txt"]


def test_tables_in_a_folder_are_not_read_with_it(folder):
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(story(1))
    for number in range(3):
        assert extract_tables(["in"], f"in/out{number}").outcomes == {"deal": 1}


def test_the_output_is_never_an_input(folder):
    (folder / "a.txt").write_text(story(1))
    for _ in range(2):
        assert extract_tables(["."], "out", Options(force=True)).rows["deals"] == 1


def test_the_model_is_missing(folder):
    with pytest.raises(NotFoundError):
        extract_tables(["."], "out", Options(settings=Settings(model="nowhere")))
    assert not (folder / "out").exists()


def test_a_run_that_cannot_begin_leaves_nothing_to_resume(folder):
    (folder / "a.txt").write_text(story(1))
    (folder / "model").mkdir()
    (folder / "model" / "weights.json").write_text("{}")
    with pytest.raises(WorkerError):
        extract_tables(["a.txt"], "out", Options(settings=Settings(model="model")))
    assert list((folder / "out").iterdir()) == []


# Filings that hang and workers that die


@pytest.mark.skipif(sys.platform == "win32", reason="the faults are made by POSIX signals")
def test_bad_filings_are_rows_of_errors(folder, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import faults

    for name in ("a", "die-1", "hang-1", "b", "segfault-1", "spin-1", "c"):
        (folder / f"{name}.txt").write_text(story(1))
    reported = []
    options = Options(jobs=2, timeout=5, setup=faults.faulty_worker)
    extract_tables(["."], "out", options, report=lambda source, message: reported.append((source, message)))
    assert [row["id"] for row in rows(folder / "out", "deals")] == ["a", "b", "c"]
    errors = rows(folder / "out", "errors")
    assert [(row["input"], row["stage"]) for row in errors] == [
        (os.path.join(".", "die-1.txt"), "crash"),
        (os.path.join(".", "hang-1.txt"), "timeout"),
        (os.path.join(".", "segfault-1.txt"), "crash"),
        (os.path.join(".", "spin-1.txt"), "timeout"),
    ]
    assert errors[1]["message"] == "it took longer than 5 seconds; allow more by --timeout, or leave it out"
    assert sorted(reported) == sorted((row["input"], row["message"]) for row in errors)


# Resuming


def interrupted_after(count: int):
    """Give a watcher that interrupts a run."""

    def watch(progress: Progress) -> None:
        if progress.filings >= count:
            raise KeyboardInterrupt

    return watch


def test_an_interrupted_run_is_gone_on_with(folder, monkeypatch):
    make_archive(folder / "in", 24)
    extract_tables(["in"], "whole")
    with pytest.raises(KeyboardInterrupt):
        extract_tables(["in"], "out", watch=interrupted_after(10))
    assert [path.name for path in (folder / "out").iterdir()] == [".dealterms"]
    seen = []
    extract_tables(["in"], "out", Options(resume=True, jobs=2), watch=lambda progress: seen.append((progress.before, progress.filings)))
    assert seen[-1][0] >= 10 and seen[-1][1] == 24 + 7
    assert read_folder(folder / "out") == read_folder(folder / "whole")


def test_resume_begins_what_was_never_begun_and_ends_what_is_done(folder):
    (folder / "a.txt").write_text(story(1))
    assert extract_tables(["a.txt"], "out", Options(resume=True)).rows["deals"] == 1
    assert extract_tables(["a.txt"], "out", Options(resume=True)) is None


@pytest.mark.parametrize(
    "options, change, told",
    [
        (Options("csv", resume=True), None, "format (was jsonl, is csv)"),
        (Options(settings=Settings(min_confidence=0.5), resume=True), None, "min_confidence (was 0.0, is 0.5)"),
        (Options(settings=Settings("R"), resume=True), None, "registrant (was None, is R)"),
        (Options(settings=Settings(exhibits=True), resume=True), None, "exhibits (was False, is True)"),
        (Options(timeout=5, resume=True), None, "timeout (was 60.0, is 5)"),
        (Options(resume=True), "new.txt", "inputs (files were added, taken away or changed)"),
        (Options(resume=True), "lines.jsonl", "inputs (files were added, taken away or changed)"),
    ],
)
def test_a_resume_under_other_conditions_is_refused(folder, options, change, told):
    make_archive(folder / "in", 4)
    with pytest.raises(KeyboardInterrupt):
        extract_tables(["in"], "out", watch=interrupted_after(1))
    if change:
        (folder / "in" / change).write_text("changed")
    with pytest.raises(InputError) as raised:
        extract_tables(["in"], "out", options)
    assert told in str(raised.value) and "--force" in raised.value.remedy


def test_another_model_is_refused(folder, monkeypatch):
    make_archive(folder / "in", 4)
    with pytest.raises(KeyboardInterrupt):
        extract_tables(["in"], "out", watch=interrupted_after(1))
    shutil.copytree(Path(sys.modules["dealterms"].__file__).parent / "model", folder / "model")
    with (folder / "model" / "weights.json").open("a") as weights:
        weights.write("\n")
    with pytest.raises(InputError, match="model"):
        extract_tables(["in"], "out", Options(settings=Settings(model=str(folder / "model")), resume=True))


def test_standard_input_cannot_be_resumed(folder):
    with pytest.raises(InputError, match="standard input cannot be read a second time"):
        extract_tables(["-"], "out", Options(resume=True))


def test_a_second_run_is_refused_unless_it_is_told_to_replace(folder):
    (folder / "a.txt").write_text(story(1))
    extract_tables(["a.txt"], "out", Options("csv"))
    before = read_folder(folder / "out")
    with pytest.raises(InputError, match="the folder holds tables already"):
        extract_tables(["a.txt"], "out")
    assert read_folder(folder / "out") == before
    (folder / "out" / "notes.csv").write_text("mine")
    extract_tables(["a.txt"], "out", Options("jsonl", force=True))
    assert sorted(read_folder(folder / "out")) == sorted([*(f"{table}.jsonl" for table in TABLES), "notes.csv"])


def test_an_unfinished_run_is_refused_unless_it_is_told_what_to_do(folder):
    make_archive(folder / "in", 4)
    with pytest.raises(KeyboardInterrupt):
        extract_tables(["in"], "out", watch=interrupted_after(1))
    with pytest.raises(InputError, match="a run that was not finished"):
        extract_tables(["in"], "out")
    assert extract_tables(["in"], "out", Options("csv", force=True)).rows["deals"] == 5


def test_old_tables_stay_until_the_new_ones_are_there(folder):
    make_archive(folder / "in", 8)
    extract_tables(["in"], "out")
    before = read_folder(folder / "out")
    with pytest.raises(KeyboardInterrupt):
        extract_tables(["in"], "out", Options("csv", force=True), watch=interrupted_after(2))
    assert {name: data for name, data in before.items()} == {name: (folder / "out" / name).read_bytes() for name in before}
    extract_tables(["in"], "out", Options("csv", resume=True))
    assert sorted(read_folder(folder / "out")) == sorted(f"{table}.csv" for table in TABLES)

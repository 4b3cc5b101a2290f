"""The command line: what it writes where, and how it ends.

What the classifier decides is none of its business: the extraction is a stand-in that finds a deal in every text.
"""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import dealterms
from dealterms import api, cli
from dealterms.batch import tables
from dealterms.batch.run import Progress, Result
from dealterms.batch.schema import TABLES
from dealterms.commands import watching
from dealterms.errors import ModelError, NotFoundError, PatternsChangedWarning
from dealterms.schema import deal_schema
from dealterms.summary import COLUMNS
from dealterms.types import Deal, Party, Payment, Royalty, Term

STORY = "Marrow Labs sold a mill to Quillon Ltd. for €3 million — in five years."
FILING = """FORM 8-K
CURRENT REPORT pursuant to Section 13 or 15(d)
Securities and Exchange Commission
Date of Report (Date of earliest event reported): May 3, 2004

Quillon Ltd.
(Exact name of registrant as specified in its charter)

Item 5. Other Events.

Quillon sold a mill.

Item 7. Financial Statements and Exhibits.

None at this time, and none later.

SIGNATURES
"""
NO_DEAL_ITEM = FILING.replace("Item 5. Other Events.", "Item 12. Results of Operations and Financial Condition.")


@dataclass
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def deals(self) -> list[dict]:
        """The objects of its lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., Ran]:
    """Run the program here."""

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["dealterms", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(int(ended.value.code or 0), out, err)

    return run


def found(text: str, registrant: str | None = None, *, min_confidence=0.0, exhibits=False, model=None, id=None) -> Deal:
    """Find the same deal in every text but those without one."""
    if "no deal" in text:
        return Deal(text, registrant, id)
    return Deal(
        text,
        registrant,
        id,
        parties=(Party("=Marrow Labs", ("\x1b[31m[red]Marrow",), "seller"), Party("@Quillon Ltd.", (), "purchaser")),
        payments=(Payment("upfront", Decimal(3), Decimal("3.5"), "EUR", quote="€3 million"),),
        royalties=(Royalty(quote="royalties"),),
        terms=(Term("agreement", "P5Y", confidence=0.4, quote="five years"),),
    ).above(min_confidence)


@pytest.fixture
def extracting(monkeypatch):
    """Put the stand-in in the extraction's place."""
    monkeypatch.setattr(api, "extract", found)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the working one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def subprocess_env() -> dict[str, str]:
    """The environment, with the package under test on the path."""
    return os.environ | {"PYTHONPATH": str(Path(dealterms.__file__).parents[1])}


# What is written


@pytest.mark.usefixtures("extracting")
def test_lines_come_in_the_order_given_and_go_back_into_deals(run, folder):
    (folder / "b.txt").write_text(STORY, encoding="utf-8")
    (folder / "a.jsonl").write_text('{"text": "one", "id": "x", "registrant": "R"}\n{"text": "no deal"}\n')
    ran = run("extract", "b.txt", "a.jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert [Deal.from_dict(row) for row in ran.deals] == [found(STORY, id="b"), found("one", "R", id="x"), found("no deal", id="a:2")]
    assert "€" in ran.out and "\\u" not in ran.out.replace("\\u001b", "")


@pytest.mark.usefixtures("extracting")
@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_output_is_valid_by_the_schema(run, folder, form):
    (folder / "a.jsonl").write_text('{"text": "one"}\n{"text": "no deal"}\n')
    ran = run("extract", "a.jsonl", "--format", form)
    rows = json.loads(ran.out) if form == "json" else ran.deals
    assert [row["text"] for row in rows] == ["one", "no deal"]
    for row in rows:
        jsonschema.validate(row, deal_schema(), cls=jsonschema.Draft202012Validator)


@pytest.mark.usefixtures("extracting")
def test_output_is_input_again(run, folder):
    (folder / "a.jsonl").write_text('{"text": "one", "id": "x", "registrant": "R"}\n{"text": "two"}\n')
    first = run("extract", "a.jsonl")
    second = run("extract", "-", stdin=first.out.encode())
    assert second.out == first.out


@pytest.mark.usefixtures("extracting")
def test_json_of_nothing_is_an_empty_list(run, folder):
    ran = run("extract", "missing", "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (1, [])


@pytest.mark.usefixtures("extracting")
def test_half_a_surrogate_pair_is_still_json(run, folder):
    (folder / "a.jsonl").write_text('{"text": "\\ud800 €"}\n')
    assert run("extract", "a.jsonl").deals[0]["text"] == "\ud800 €"
    assert run("extract", "a.jsonl", "--format", "csv").code == 0
    assert run("extract", "a.jsonl", "--format", "table").code == 0


@pytest.mark.usefixtures("extracting")
def test_csv_is_one_row_a_deal_and_no_formula(run, folder):
    rows = [{"text": "one", "id": "=1+1", "registrant": "\tR"}, {"text": "no deal", "id": "-2"}, {"text": "x", "id": 'a,b\n"c"'}]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    ran = run("extract", "a.jsonl", "--format", "csv")
    head, *table = csv.reader(io.StringIO(ran.out))
    deal = ["'=Marrow Labs", "'@Quillon Ltd.", "EUR 3 - 3.50", "", "", "royalties, rate not told", "5 years", ""]
    assert head == ["id", "registrant", *COLUMNS]
    assert table == [["'=1+1", "'\tR", *deal], ["'-2", "", *[""] * 8], ['a,b\n"c"', "", *deal]]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_harmless(cell):
    assert tables.harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "1", "a=1", "'=1", " =1"])
def test_harmless_already(cell):
    assert tables.harmless(cell) == cell


@pytest.mark.usefixtures("extracting")
def test_tables(run, folder):
    (folder / "a.jsonl").write_text('{"text": "one", "id": "\\u001b[31m[b]x"}\n{"text": "no deal", "id": "y"}\n')
    ran = run("extract", "a.jsonl", "--format", "table", "--registrant", "R")
    assert ran.code == 0 and "\x1b" not in ran.out and "[red]Marrow" in ran.out
    assert ran.out.startswith("R | [b]x\n") and ran.out.endswith("\n\nR | y\nno deal found\n")


@pytest.mark.usefixtures("extracting")
def test_the_default_is_a_table_on_a_terminal_and_lines_elsewhere(run, folder, monkeypatch):
    (folder / "a.txt").write_text("no deal")
    assert run("extract", "a.txt").out.startswith("{")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "no deal found" in run("extract", "a.txt").out
    assert run("extract", "a.txt", "--format", "jsonl").out.startswith("{")
    run("extract", "a.txt", "--output", "out.jsonl")
    assert (folder / "out.jsonl").read_text().startswith("{")


def test_options_reach_the_extraction(run, folder, monkeypatch):
    calls = []

    def extract(text, registrant=None, **options):
        calls.append((text, registrant, options))
        return Deal(text)

    monkeypatch.setattr(api, "extract", extract)
    (folder / "a.jsonl").write_text('{"text": "one"}\n{"text": "two", "registrant": "Own"}\n')
    run("extract", "a.jsonl", "--registrant", "R", "--min-confidence", "0.5", "--model", "m", "--exhibits")
    options = {"min_confidence": 0.5, "model": Path("m"), "exhibits": True}
    assert calls == [("one", "R", options | {"id": "a:1"}), ("two", "Own", options | {"id": "a:2"})]


@pytest.mark.usefixtures("extracting")
def test_min_confidence(run, folder):
    (folder / "a.txt").write_text("one")
    assert run("extract", "a.txt", "--min-confidence", "0.5").deals[0]["terms"] == []


# The output file


@pytest.mark.usefixtures("extracting")
def test_output_file(run, folder):
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "out.csv").write_text("old")
    ran = run("extract", "a.txt", "--format", "csv", "--output", "out.csv")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (folder / "out.csv").read_text(encoding="utf-8").startswith("id,registrant,")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "out.csv"]


@pytest.mark.usefixtures("extracting")
def test_output_is_written_also_where_some_input_failed(run, folder):
    (folder / "a.txt").write_text("one")
    ran = run("extract", "missing", "a.txt", "--output", "out.jsonl")
    assert (ran.code, len((folder / "out.jsonl").read_text().splitlines())) == (1, 1)


def test_an_interrupted_run_leaves_the_old_output(run, folder, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "extract", interrupted)
    (folder / "a.txt").write_text("one")
    (folder / "out").write_text("old")
    ran = run("extract", "a.txt", "--output", "out")
    assert (ran.code, ran.out, ran.err, (folder / "out").read_text()) == (130, "", "", "old")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "out"]


@pytest.mark.usefixtures("extracting")
def test_output_through_a_link_keeps_the_link(run, folder):
    (folder / "a.txt").write_text("one")
    (folder / "real").write_text("old")
    (folder / "link").symlink_to("real")
    run("extract", "a.txt", "--output", "link")
    assert (folder / "link").is_symlink() and (folder / "real").read_text().startswith("{")


@pytest.mark.usefixtures("extracting")
@pytest.mark.parametrize("command", [("extract",), ("show",)])
@pytest.mark.parametrize("given", ["a.html", "in", "*.html"])
@pytest.mark.parametrize("output", ["a.html", "./in/../a.html", "link.html"])
def test_an_input_is_never_overwritten(run, folder, command, given, output):
    (folder / "a.html").write_text("one")
    (folder / "link.html").symlink_to("a.html")
    (folder / "in").mkdir()
    (folder / "in" / "b.txt").symlink_to("../a.html")
    ran = run(*command, given, "--output", output)
    assert (ran.code, ran.err) == (2, f"dealterms: {Path(output)}: is one of the inputs, which would be lost; give another name\n")
    assert (folder / "a.html").read_text() == "one"


@pytest.mark.usefixtures("extracting")
@pytest.mark.parametrize("output", ["missing/out.jsonl", "a.txt/out/", "a.txt/out.csv"])
def test_an_output_that_cannot_be_written_is_wrong_usage(run, folder, output):
    (folder / "a.txt").write_text("one")
    ran = run("extract", "a.txt", "--output", output)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"dealterms: {output}: cannot be written (") and ran.err.count("\n") == 1


@pytest.mark.usefixtures("extracting")
@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null here")
def test_output_to_a_device(run, folder):
    (folder / "a.txt").write_text("one")
    assert run("extract", "a.txt", "--output", "/dev/null").code == 0
    assert run("extract", "a.txt", "--output", "-").out.startswith("{")


# Tables in a folder


CLOSING = "1 filings: 0 with a deal, 0 without, 0 screened out, 1 without an item that can tell of one; 0 inputs failed"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "arguments, form",
    [
        (["--output", "out"], "jsonl"),
        (["--output", "out/"], "jsonl"),
        (["--output", "out.d/", "--format", "csv"], "csv"),
        (["--output", "there.d", "--format", "csv"], "csv"),
        (["--output", "out.parquet", "--format", "parquet"], "parquet"),
    ],
)
def test_an_output_that_is_a_folder_holds_tables(run, folder, arguments, form):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    (folder / "there.d").mkdir()
    (folder / "a.txt").write_text(NO_DEAL_ITEM)
    ran = run("extract", "a.txt", *arguments)
    output = arguments[1].rstrip("/")
    assert (ran.code, ran.out, ran.err) == (0, "", f"dealterms: {arguments[1]}: {CLOSING}\n")
    assert files(folder / output) == sorted(f"{table}.{form}" for table in TABLES)


@pytest.mark.usefixtures("extracting")
@pytest.mark.parametrize("output", ["old", "new.jsonl", "new.csv"])
def test_an_output_that_is_a_file_stays_one(run, folder, output):
    (folder / "a.txt").write_text("one")
    (folder / "old").write_text("old")
    assert run("extract", "a.txt", "--output", output).code == 0
    assert (folder / output).read_text().startswith("{")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--format", "parquet"], "tables are written as parquet, jsonl or csv into a folder; "),
        (["--format", "table", "--output", "out"], "tables are written as parquet, jsonl or csv into a folder; "),
        (["--format", "json", "--output", "out/"], "tables are written as parquet, jsonl or csv into a folder; "),
        (["--resume"], "--jobs, --timeout, --resume and --force are for tables; give --output DIR"),
        (
            ["--force", "--output", "po.d"],
            "--jobs, --timeout, --resume and --force are for tables; a name with a suffix is taken for a file",
        ),
        (["--jobs", "2"], "--jobs, --timeout, --resume and --force are for tables; "),
        (["--timeout", "2", "--output", "-"], "--jobs, --timeout, --resume and --force are for tables; "),
        (["--output", "out", "--model", "nowhere"], "nowhere: no model at nowhere; "),
        (["--output", "out", "--resume", "--force"], "--resume goes on with what is there, --force throws it away; "),
        (["--output", "full"], "full: the folder holds tables already (deals.csv); "),
        (["--format", "parquet", "--output", "a.txt"], "a.txt: cannot be written (File exists); "),
    ],
)
def test_wrong_usage_of_folders(run, folder, arguments, message):
    (folder / "a.txt").write_text("one")
    (folder / "full").mkdir()
    (folder / "full" / "deals.csv").touch()
    ran = run("extract", "a.txt", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1) and ran.err.startswith(f"dealterms: {message}")


def test_parquet_without_pyarrow(run, folder, monkeypatch):
    monkeypatch.setattr("dealterms.commands.tabling.find_spec", lambda name: None)
    ran = run("extract", "a.txt", "--format", "parquet", "--output", "out")
    assert (ran.code, ran.err) == (2, "dealterms: Parquet needs pyarrow, which is not installed; pip install dealterms[parquet]\n")


def test_the_first_problems_are_told_and_all_are_in_the_table(run, folder):
    (folder / "a.txt").write_text(NO_DEAL_ITEM)
    ran = run("extract", "a.txt", *(f"missing{number}" for number in range(12)), "--output", "out")
    lines = ran.err.splitlines()
    assert (ran.code, len(lines), len((folder / "out" / "errors.jsonl").read_text().splitlines())) == (1, 12, 12)
    assert lines[0] == "dealterms: missing0: no such file or folder; check the path"
    assert lines[-2] == "dealterms: out: 2 more problems are in the table of errors"
    assert lines[-1] == f"dealterms: out: {CLOSING.replace('0 inputs', '12 inputs')}"


def test_where_nothing_can_be_read_no_tables_are_written(run, folder):
    ran = run("extract", "missing", "--output", "out")
    assert (ran.code, ran.err.splitlines()[1:]) == (1, ["dealterms: out: nothing could be read, so no tables are written; check the paths"])
    assert not (folder / "out").exists()


def test_what_was_done_before_is_told(run, folder, monkeypatch):
    result = Result({"deals": 5, "errors": 0}, {"deal": 2, "no_deal": 1, "screened": 1, "no_item": 1}, 3)
    monkeypatch.setattr("dealterms.batch.run.extract_tables", lambda *_, **__: result)
    told = (
        "5 filings: 2 with a deal, 1 without, 1 screened out, 1 without an item that can tell of one; 0 inputs failed; 3 were done before"
    )
    assert run("extract", "a.txt", "--output", "out", "--resume").err == f"dealterms: out: {told}\n"


def test_an_interrupted_run_says_how_to_go_on(run, folder, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    def terminated(*_, **__):
        signal.raise_signal(signal.SIGTERM)

    for stopped in (interrupted, terminated):
        monkeypatch.setattr("dealterms.batch.run.extract_tables", stopped)
        ran = run("extract", "a.txt", "--output", "out")
        assert (ran.code, ran.err) == (130, "dealterms: out: interrupted; the same command with --resume goes on\n")
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_nothing_to_resume(run, folder):
    (folder / "a.txt").write_text(FILING)
    run("extract", "a.txt", "--output", "out")
    ran = run("extract", "a.txt", "--output", "out", "--resume")
    assert (ran.code, ran.err) == (0, "dealterms: out: all is done, there is nothing to resume\n")


def test_a_log_tells_now_and_then_how_far_it_is(monkeypatch, capsys):
    now = 0.0
    monkeypatch.setattr(watching.time, "monotonic", lambda: now)
    with watching.watched() as watch:
        for now, filings, read in [(0, 100, 50), (10, 200, 100), (40, 500, 250), (60, 700, 350), (80, 900, 450), (100, 1100, 550)]:  # noqa: B007
            watch(Progress(1050, filings, read, before=100))
    assert capsys.readouterr().err.splitlines() == [
        "dealterms: 500 filings, 10 a second, about 2 min 40 s left",
        "dealterms: 900 filings, 10 a second, about 2 min 0 s left",
    ]


def test_a_terminal_shows_a_bar_with_rate_and_time_left(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with watching.watched() as watch:
        for step in range(1, 5):
            watch(Progress(1000, step * 100, step * 100))
            watching.time.sleep(0.3)
    shown = capsys.readouterr().err
    assert "400 filings" in shown and "40%" in shown and "0:00:" in shown


# Problems


@pytest.mark.usefixtures("extracting")
@pytest.mark.parametrize(
    "name, data, message",
    [
        ("missing.txt", None, "missing.txt: no such file or folder; check the path"),
        ("a.txt", b"", "a.txt: the file is empty; "),
        ("a.txt", b"\x00\x01\x02", "a.txt: the file is binary"),
        ("a.pdf", b"%PDF-1.4", "a.pdf: the file is a PDF; "),
        ("a.htm", b"<html><p>Buy now</p>", "a.htm: an HTML page that is no Form 8-K; "),
        ("a.jsonl", b'{"text": 5}', "a.jsonl:1: the line is no object with a text; "),
        ("a\x1b[31m\nb.txt", b"", "a b.txt: the file is empty; "),
    ],
)
def test_a_bad_input_is_one_line_and_the_rest_go_on(run, folder, name, data, message):
    if data is not None:
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_bytes("Café".encode("cp1252"))
    ran = run("extract", name, "good.txt")
    assert (ran.code, [row["text"] for row in ran.deals]) == (1, ["Café"])
    assert ran.err.startswith(f"dealterms: {message}") and ran.err.count("\n") == 1


@pytest.mark.usefixtures("extracting")
def test_broken_lines_among_good_ones(run, folder):
    (folder / "a.jsonl").write_text('{"text": "one"}\n{"text": "tw\n\n{"text": "four"}\n{"no": "text"}\n')
    ran = run("extract", "a.jsonl")
    assert (ran.code, [row["id"] for row in ran.deals]) == (1, ["a:1", "a:4"])
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["a.jsonl:2", "a.jsonl:5"]


def test_a_filing_without_a_deal_item(run, folder, monkeypatch):
    monkeypatch.setattr(api, "_models", lambda model: None)  # the items are read before any model is asked
    (folder / "a.txt").write_text(NO_DEAL_ITEM)
    ran = run("extract", "a.txt")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith("dealterms: a.txt: no item of the filing can tell of a deal (it has 12, 7); ")


@pytest.mark.usefixtures("extracting")
def test_a_narrative_without_a_deal_is_no_error(run, folder):
    (folder / "a.txt").write_text("no deal")
    ran = run("extract", "a.txt")
    assert (ran.code, ran.err, ran.deals[0]["parties"]) == (0, "", [])


def test_the_unexpected_is_one_line_too(run, folder, monkeypatch):
    def extract(text, *_, **__):
        if text == "bad":
            raise KeyError("a\nb\x1b[31m" + "c" * 1000)
        return Deal(text)

    monkeypatch.setattr(api, "extract", extract)
    (folder / "a.jsonl").write_text('{"text": "one"}\n{"text": "bad"}\n{"text": "three"}\n')
    ran = run("extract", "a.jsonl")
    assert (ran.code, [row["text"] for row in ran.deals]) == (1, ["one", "three"])
    assert ran.err.startswith("dealterms: a.jsonl:2: internal error (KeyError: ") and ran.err.endswith("please report it, with the input\n")
    assert ran.err.count("\n") == 1 and len(ran.err) < 450


def test_a_deal_that_cannot_be_shown_is_one_line_too(run, folder, monkeypatch):
    monkeypatch.setattr(api, "extract", lambda text, *_, **__: Deal(text, terms=("no record",)))
    (folder / "a.txt").write_text("one")
    for form in ("table", "json", "jsonl", "csv"):
        ran = run("extract", "a.txt", "--format", form)
        assert (ran.code, ran.err.count("internal error (AttributeError: "), ran.err.count("\n")) == (1, 1, 1)


def test_the_last_resort(run, monkeypatch):
    def broken(**_):
        raise ImportError("no module")

    monkeypatch.setattr(cli, "app", broken)
    ran = run("schema")
    assert (ran.code, ran.err) == (1, "dealterms: internal error (ImportError: no module); please report it, with the input\n")


@pytest.mark.parametrize("error", [NotFoundError("no model at m", "give one"), ModelError("m: damaged", "train it again")])
@pytest.mark.parametrize("options, code", [((), 1), (("--model", "m"), 2)])
def test_a_bad_model_is_reported_once(run, folder, monkeypatch, error, options, code):
    def extract(*_, **__):
        raise error

    monkeypatch.setattr(api, "extract", extract)
    (folder / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    ran = run("extract", "a.jsonl", *options)
    assert (ran.code, ran.out, ran.err) == (code, "", f"dealterms: {'m' if options else 'the installation'}: {error}\n")


def test_a_missing_model_is_wrong_usage(run, folder):
    (folder / "a.txt").write_text("one")
    ran = run("extract", "a.txt", "--model", "nowhere")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("dealterms: nowhere: no model at nowhere; ")


def test_a_warning_is_one_line(run, folder, monkeypatch):
    def extract(text, *_, **__):
        warnings.warn("other patterns;\ntrain again", PatternsChangedWarning, stacklevel=2)
        return Deal(text)

    monkeypatch.setattr(api, "extract", extract)
    (folder / "a.txt").write_text("one")
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        ran = run("extract", "a.txt")
    assert (ran.code, ran.err) == (0, "dealterms: warning: other patterns; train again\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "a.txt", "--format", "xml"),
        ("extract", "a.txt", "--min-confidence", "2"),
        ("extract", "a.txt", "--min-confidence", "high"),
        ("extract", "a.txt", "--unknown"),
        ("items", "a.txt", "--format", "csv"),
        ("unknown",),
    ],
)
def test_wrong_usage(run, folder, arguments):
    (folder / "a.txt").write_text("one")
    assert run(*arguments).code == 2


# The other commands


def test_version(run):
    assert run("--version") == Ran(0, f"dealterms {dealterms.__version__}\n", "")


def test_schema(run):
    ran = run("schema")
    assert (ran.code, json.loads(ran.out), ran.err) == (0, deal_schema(), "")


def test_items(run, folder):
    (folder / "a.txt").write_text(FILING)
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    ran = run("items", "story.txt", "a.txt")
    (row,) = ran.deals
    assert list(row) == ["source", "form", "filed", "period", "company", "cik", "sic", "accession", "items"]
    assert (row["source"], row["form"], row["period"], row["company"]) == ("a.txt", "8-K", "2004-05-03", "Quillon Ltd.")
    assert [(item["item"], item["title"], item["text"]) for item in row["items"]] == [
        ("5", "Other Events", "Quillon sold a mill."),
        ("7", "Financial Statements and Exhibits", "None at this time, and none later."),
    ]
    assert all(FILING[item["start"] : item["end"]] == item["text"] for item in row["items"])
    assert (ran.code, ran.err.count("\n")) == (1, 1) and ran.err.startswith("dealterms: story.txt: ")


def test_items_as_a_table(run, folder):
    (folder / "a.txt").write_text(FILING)
    ran = run("items", "a.txt", "a.txt", "--format", "table")
    assert ran.code == 0 and ran.out.count("a.txt | Quillon Ltd. | 8-K | event of 2004-05-03\n") == 2 and "Other Events" in ran.out


# As a process of its own


def test_a_reader_that_goes_away_is_no_error(folder):
    (folder / "filing.txt").write_text(FILING)
    names = ["filing.txt"] * 3000
    command = [sys.executable, "-m", "dealterms.cli", "items", "--format", "jsonl", *names]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=subprocess_env()) as process:
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(folder):
    with open("/dev/full", "wb") as full:
        ran = subprocess.run([sys.executable, "-m", "dealterms.cli", "schema"], stdout=full, stderr=subprocess.PIPE, env=subprocess_env())
    assert (ran.returncode, ran.stderr.count(b"\n")) == (1, 1) and ran.stderr.startswith(b"dealterms: output: cannot be written (")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.usefixtures("extracting")
def test_a_full_disk_is_named(run, folder):
    (folder / "a.txt").write_text("x" * 100_000)
    ran = run("extract", "a.txt", "--output", "/dev/full")
    assert (ran.code, ran.err.count("\n")) == (1, 1) and ran.err.startswith("dealterms: /dev/full: cannot be written (")


def test_output_is_utf8_whatever_the_locale(folder):
    (folder / "a.txt").write_text(FILING.replace("Quillon Ltd.", "Société Quillon"), encoding="utf-8")
    env = subprocess_env() | {"PYTHONIOENCODING": "ascii"}
    for form in ("jsonl", "table"):
        command = [sys.executable, "-m", "dealterms.cli", "items", "--format", form, "a.txt"]
        ran = subprocess.run(command, capture_output=True, env=env)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ("Société" if form == "jsonl" else r"Soci\xe9t\xe9") in ran.stdout.decode()


def test_help_and_version_import_nothing_slow():
    slow = {"spacy", "numpy", "rich", "pandas", "dealterms.api", "dealterms.filings"}
    code = f"import sys, dealterms.cli; print(*sorted({slow} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=subprocess_env())
    assert (ran.stdout, ran.stderr) == ("\n", "")

"""``dealterms convert``: files in, files out, problems told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from tests.convert.deals import DEAL, EMPTY, TEXT, changed
from typer.testing import CliRunner, Result

from dealterms.commands.convert import convert
from dealterms.convert import FORMATS, to_bytes

SURE = changed("payments", confidence=0.9) | {"id": "sure"}
DOUBTFUL = changed("terms", confidence=0.4) | {"id": "doubtful"}


APP = typer.Typer()
APP.command()(convert)


def run(*arguments: object, input: bytes | None = None) -> Result:
    return CliRunner().invoke(APP, [*map(str, arguments)], input=input)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "out.jsonl"
    path.write_bytes(to_bytes([DEAL, SURE, DOUBTFUL], "jsonl"))
    return path


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("format", FORMATS)
def test_out_and_back_recognised_by_content(tmp_path: Path, given: Path, format: str) -> None:
    tool, home = tmp_path / "tool.bin", tmp_path / "home.jsonl"
    assert run(given, "--to", format, "--as-given", "--output", tool).exit_code == 0
    assert run(tool, "--to", "jsonl", "--output", home).exit_code == 0
    assert home.read_bytes() == given.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--to", "prodigy"], ["doubtful", "sure", "x-1"]),
        (["--to", "prodigy", "--as-given"], ["x-1", "sure", "doubtful"]),
        (["--to", "jsonl"], ["x-1", "sure", "doubtful"]),
        (["--to", "jsonl", "--doubtful-first"], ["doubtful", "sure", "x-1"]),
    ],
)
def test_doubtful_first(tmp_path: Path, given: Path, options: list[str], expected: list[str]) -> None:
    tool, home = tmp_path / "tool", tmp_path / "home.jsonl"
    assert run(given, *options, "--output", tool).exit_code == 0
    assert run(tool, "--to", "jsonl", "--output", home).exit_code == 0
    assert ids(home) == expected


def test_the_configuration_lies_beside_the_tasks(tmp_path: Path, given: Path) -> None:
    ran = run(given, "--to", "label-studio", "--output", tmp_path / "tasks.json")
    assert ran.exit_code == 0
    assert (tmp_path / "tasks.xml").read_text(encoding="utf-8").startswith("<View>")
    assert "paste it" in ran.stderr
    assert json.loads((tmp_path / "tasks.json").read_bytes())[0]["predictions"][0]["score"] == 0.4


def test_the_configuration_does_not_replace_the_tasks(tmp_path: Path, given: Path) -> None:
    ran = run(given, "--to", "label-studio", "--output", tmp_path / "tasks.xml")
    assert ran.exit_code == 2 and "tasks.xml: cannot hold both the tasks and the labelling configuration; " in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_standard_input_and_output() -> None:
    ran = run("-", "--to", "doccano", input=to_bytes([DEAL], "jsonl"))
    assert json.loads(ran.stdout)["text"] == TEXT


def test_one_bad_line_does_not_stop_the_rest(tmp_path: Path, given: Path) -> None:
    given.write_bytes(given.read_bytes() + b'{broken\n{"text": "a", "parties": 3}\n' + to_bytes([{"text": "b", **EMPTY}], "jsonl"))
    ran = run(given, tmp_path / "missing", "--to", "jsonl", "--output", tmp_path / "all.jsonl")
    assert ran.exit_code == 1
    assert len((tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    assert ran.stderr.splitlines() == [
        f"dealterms: {given}:4: not JSON (Expecting property name enclosed in double quotes); export it again; the file may be cut off",
        f"dealterms: {given}:5: parties is no list of objects; give a labelled narrative, or what dealterms extract --format jsonl writes",
        f"dealterms: {tmp_path / 'missing'}: no such file; check the path",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"some": "object"}', "no format that can be recognised"),
        (b'[{"id": 1, "text": "a", "label": [{"start": 0, "end": 1, "labels": ["royalty"]}]}]', "not JSON-MIN"),
        (b'[{"data": {"text": "a"}, "predictions": []}, {"data"', ":1: not JSON"),
        (b"[1, 2]", "no format"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(data: bytes, told: str) -> None:
    ran = run("-", "--to", "jsonl", input=data)
    assert ran.exit_code == 1
    (line,) = ran.stderr.splitlines()
    assert line.startswith("dealterms: stdin") and told in line and ";" in line


def test_only_what_was_reviewed(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in to_bytes([DEAL, SURE, DOUBTFUL], "prodigy").splitlines()]
    told = tmp_path / "out.jsonl"
    told.write_text("\n".join(json.dumps(row | answer) for row, answer in zip(rows, [{"answer": "accept"}, {"answer": "reject"}, {}])))
    for options, expected, note in (
        ([], ["x-1", "doubtful"], "1 of 2 texts nobody"),
        (["--reviewed"], ["x-1"], "nobody has accepted it yet"),
    ):
        ran = run(told, "--to", "jsonl", "--output", tmp_path / "home.jsonl", *options)
        assert ran.exit_code == 0
        assert ids(tmp_path / "home.jsonl") == expected
        assert note in ran.stderr and "answered 'reject'" in ran.stderr


@pytest.mark.parametrize(
    "arguments", [["--to", "brat"], ["--from", "brat", "--to", "jsonl"], [], ["--to", "jsonl", "--output", "no/such/folder/x"]]
)
def test_wrong_usage(given: Path, arguments: list[str]) -> None:
    assert run(given, *arguments).exit_code == 2


@pytest.mark.parametrize("options", [["--output", "{}"], ["--output", "{}/../out.jsonl"], ["--output", "new.json", "--config", "{}"]])
def test_an_input_is_never_overwritten(given: Path, options: list[str]) -> None:
    before = given.read_bytes()
    (given.parent / "in").mkdir()
    place = given if options[1] == "{}" or "--config" in options else given.parent / "in"
    ran = run(given, "--to", "label-studio", *(option.format(place) for option in options))
    assert ran.exit_code == 2 and "is one of the inputs" in ran.stderr
    assert given.read_bytes() == before


def test_a_folder_is_told_to_be_none_of_its_inputs(tmp_path: Path) -> None:
    ran = run(tmp_path, "--to", "jsonl")
    assert (ran.exit_code, ran.stderr) == (
        1,
        f"dealterms: {tmp_path}: a folder, which convert does not read; give its files, such as {tmp_path}/*.jsonl\n",
    )


def test_a_table_is_told_from_the_lines_of_extract() -> None:
    ran = run("-", "--to", "jsonl", input=b'{"id": "a", "outcome": "deal", "n_payments": 1, "text": "one"}\n')
    assert ran.exit_code == 1
    assert ran.stderr.startswith("dealterms: stdin: a table that extract wrote, not lines; ")

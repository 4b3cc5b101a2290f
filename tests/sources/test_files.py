"""Which files are meant."""

from __future__ import annotations

import os

import pytest

from dealterms.batch.parts import HIDDEN
from dealterms.batch.schema import TABLES
from dealterms.batch.tables import FORMATS
from dealterms.sources import Piece, find_files, read_pieces


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with some files."""
    for name in ("2004/a.txt", "2004/q1/b.txt", "2005/c.htm", "2005/d.txt", "out/deals.jsonl", "odd[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(*given: str, leave_out=None) -> list[str]:
    return [file.path.replace(os.sep, "/") for file in find_files(given, leave_out)]


@pytest.mark.parametrize(
    "given, found",
    [
        (["2004"], ["2004/a.txt", "2004/q1/b.txt"]),
        (["200*"], ["2004/a.txt", "2004/q1/b.txt", "2005/c.htm", "2005/d.txt"]),
        (["*/*.txt"], ["2004/a.txt", "2005/d.txt"]),
        (["**/*.txt"], ["2004/a.txt", "2004/q1/b.txt", "2005/d.txt", "odd[1].txt"]),
        (["2004/**"], ["2004/a.txt", "2004/q1/b.txt"]),
        (["200[5]/?.htm"], ["2005/c.htm"]),
        (["odd[1].txt"], ["odd[1].txt"]),
        (["2005/d.txt", "2004/a.txt", "2005/d.txt"], ["2005/d.txt", "2004/a.txt", "2005/d.txt"]),
        (["-"], ["-"]),
        (["missing"], ["missing"]),
    ],
)
def test_paths_folders_and_patterns(folder, given, found):
    assert paths(*given) == found


def test_a_pattern_without_files_is_a_problem(folder):
    (file,) = find_files(["*.pdf"])
    assert str(file.problem) == "no file matches the pattern; check it; ** stands for folders of any depth"


def test_the_results_are_left_out(folder):
    assert "out/deals.jsonl" in paths(".", leave_out=None)[-2] + paths("out")[0]
    for given in (".", "**", "*"):
        assert [path for path in paths(given, leave_out=folder / "out") if "deals" in path] == []


@pytest.mark.parametrize("form", FORMATS)
def test_folders_of_our_tables_are_passed_over(folder, form):
    (folder / "2004" / "out").mkdir()
    for table in TABLES:
        (folder / "2004" / "out" / f"{table}.{form}").touch()
    (folder / "2004" / "broken" / HIDDEN).mkdir(parents=True)
    assert paths("2004") == paths("2004/*") == ["2004/a.txt", "2004/q1/b.txt"]
    for name in ("out", "broken"):
        (file,) = find_files([f"2004/{name}"])
        assert file.problem.message.startswith("a folder of tables that extract wrote")
        (file,) = find_files([f"2004/{name[:-1]}?"])
        assert file.problem.message == "no file matches the pattern"


def test_plain_files_are_not_opened_before_they_are_needed(folder):
    (piece, *_) = read_pieces(find_files(["2004"]))
    assert piece == Piece(os.path.join("2004", "a.txt"), "a", path=str(folder / "2004" / "a.txt"), taken=10)


def test_the_bytes_taken_add_up_to_the_size(folder):
    (folder / "lines.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    files = list(find_files(["."]))
    assert sum(piece.taken for piece in read_pieces(files)) == sum(file.size for file in files)

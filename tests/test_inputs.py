"""What the command line is given, good and bad."""

from __future__ import annotations

import io
import json
import os
import sys

import pytest

from dealterms import inputs
from dealterms.errors import InputError, NotFoundError
from dealterms.inputs import Input, read_inputs
from dealterms.sources import contents

STORY = "Marrow Labs sold a mill to Quillon Ltd."
COVER = """<!DOCTYPE html>
<html><body><p>UNITED STATES SECURITIES AND EXCHANGE COMMISSION</p><p>FORM 8-K</p><p>CURRENT REPORT pursuant to Section 13 or 15(d)</p>
<p>Date of Report (Date of earliest event reported): May 3, 2004</p><p>Quillon Ltd.</p>
<p>(Exact name of registrant as specified in its charter)</p><p>Item 5. Other Events.</p><p>Quillon sold a mill.</p></body></html>"""


def told(found: list[Input]) -> list[tuple[str, str | None, str, str | None]]:
    """Give source, id, text and problem of each."""
    return [(given.source, given.id, given.text, str(given.problem) if given.problem else None) for given in found]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the working one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def piped(monkeypatch):
    """Give standard input its bytes."""

    def pipe(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return pipe


@pytest.mark.parametrize(
    "name, data, text",
    [
        ("plain.txt", STORY.encode(), STORY),
        ("no_ending", STORY.encode(), STORY),
        ("bom.txt", b"\xef\xbb\xbf" + STORY.encode(), STORY),
        ("cp1252.txt", "“Société Générale” – 5 €".encode("cp1252"), "“Société Générale” – 5 €"),
        ("utf16.txt", STORY.encode("utf-16"), STORY),
        ("dos.txt", b"one\r\ntwo", "one\r\ntwo"),
        ("cover.htm", COVER.encode(), COVER),
        ("odd.txt", b"<html-like> words", "<html-like> words"),
        ("logo.txt", b"[LOGO]\nAcme {sic} sold a mill.", "[LOGO]\nAcme {sic} sold a mill."),
    ],
)
def test_a_file_is_one_text(folder, name, data, text):
    (folder / name).write_bytes(data)
    assert list(read_inputs([name])) == [Input(name, name.partition(".")[0], text)]


@pytest.mark.parametrize(
    "name, data, kind, message",
    [
        ("a.txt", b"", InputError, "the file is empty; "),
        ("a.txt", b" \n\t\r\n", InputError, "the file is empty; "),
        ("a.txt", b"\xef\xbb\xbf", InputError, "the file is empty; "),
        ("a.jsonl", b"", InputError, "the file is empty; "),
        ("a.jsonl", b"\n\n", InputError, "the file is empty; "),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", InputError, "the file is a PDF; "),
        ("a.jsonl", b"%PDF-1.7\n1 0 obj\n<<>>\n", InputError, "the file is a PDF; "),
        ("a.json", b'{"text": "one"}', InputError, "a JSON file, not a narrative; give .jsonl with one object a line"),
        ("a.CSV", b"id,text\na,one\n", InputError, "a CSV file, not a narrative; give .jsonl with one object a line"),
        ("a.txt", b'\n[{"text": "one"},\n{"text": "two"}]\n', InputError, "JSON, not a narrative; give .jsonl with one object a line"),
        ("a.bin", bytes(range(256)), InputError, "the file is binary: it holds NUL characters; "),
        ("a.htm", b"<!DOCTYPE html><html><p>Buy now</p></html>", InputError, "an HTML page that is no Form 8-K; "),
        ("a.htm", b"\n <HTML lang='en'><p>Buy now</p></HTML>", InputError, "an HTML page that is no Form 8-K; "),
        ("a.htm", b"<?xml version='1.0'?>\n<html><p>Buy now</p></html>", InputError, "an HTML page that is no Form 8-K; "),
    ],
)
def test_a_bad_file_is_a_problem_with_a_remedy(folder, name, data, kind, message):
    (folder / name).write_bytes(data)
    (given,) = read_inputs([name])
    assert (given.source, given.text, type(given.problem)) == (name, "", kind)
    assert str(given.problem).startswith(message) and given.problem.remedy


@pytest.mark.parametrize("path", ["missing.txt", "missing/folder.jsonl", "", "x" * 5000, "null\0byte"])
def test_a_path_that_is_not_there(folder, path):
    (given,) = read_inputs([path])
    assert given.source == path and isinstance(given.problem, (NotFoundError, InputError)) and given.problem.remedy


def test_a_missing_path_is_not_found(folder):
    for given in read_inputs(["missing.txt", "missing.json"]):
        assert isinstance(given.problem, NotFoundError)


def test_one_bad_path_stops_nothing(folder):
    (folder / "a.txt").write_text("one")
    (folder / "c.txt").write_text("three")
    assert [(given.id, given.text, bool(given.problem)) for given in read_inputs(["a.txt", "b.txt", folder / "c.txt"])] == [
        ("a", "one", False),
        (None, "", True),
        ("c", "three", False),
    ]


def test_large_files(folder, monkeypatch):
    monkeypatch.setattr(contents, "LARGEST", 1_000_000)
    (folder / "fits.txt").write_text("x" * 1_000_000)
    (folder / "large.txt").write_text("x" * 1_000_001)
    (folder / "long_line.jsonl").write_text('{"text": "one"}\n' + '{"text": "' + "x" * 1_000_000 + '"}\n{"text": "three"}')
    (folder / "many_lines.jsonl").write_text((json.dumps({"text": "x" * 999}) + "\n") * 1100)
    fits, large, line, long = read_inputs(["fits.txt", "large.txt", "long_line.jsonl"])
    assert (fits.problem, large.problem.message) == (None, "the file is larger than 1 MB")
    assert large.problem.remedy
    assert (line.text, long.source, long.problem.message) == ("one", "long_line.jsonl", "line 2 is larger than 1 MB")
    assert [given.problem for given in read_inputs(["many_lines.jsonl"])] == [None] * 1100


def test_lines(folder):
    rows = [
        {"text": "one", "id": "a-1", "registrant": "Quillon Ltd."},
        {"text": "two", "id": 2},
        {"text": "three “quoted”", "id": None, "registrant": None, "parties": []},
    ]
    (folder / "deals.JSONL").write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert list(read_inputs(["deals.JSONL"])) == [
        Input("deals.JSONL:1", "a-1", "one", "Quillon Ltd."),
        Input("deals.JSONL:3", "2", "two"),
        Input("deals.JSONL:5", "deals:5", "three “quoted”"),
    ]


@pytest.mark.parametrize(
    "line, message",
    [
        ('{"text": "on', "the line is not JSON (Unterminated string starting at column 10)"),
        ("just words", "the line is not JSON (Expecting value at column 1)"),
        ("[" * 100_000, "the line is not JSON ("),
        ('{"id": ' + "9" * 5000 + ', "text": "one"}', "the line is not JSON (Exceeds the limit"),
        ('["text"]', "the line is no object with a text"),
        ('"text"', "the line is no object with a text"),
        ('{"id": "a"}', "the line is no object with a text"),
        ('{"text": null}', "the line's text is null"),
        ('{"text": " \\n"}', "the text is empty"),
        ('{"text": "one", "registrant": 5}', "the registrant is no string but of type int"),
        ('{"text": "one", "id": ["a"]}', "the id is no string but of type list"),
        ('{"text": "<html><p>Buy now</p>"}', "an HTML page that is no Form 8-K"),
        ("\0", "the file is binary: it holds NUL characters"),
    ],
)
def test_a_broken_line_names_itself_and_stops_nothing(folder, line, message):
    (folder / "deals.jsonl").write_text('{"text": "one"}\n' + line + '\n{"text": "three"}\n')
    first, broken, last = read_inputs(["deals.jsonl"])
    assert (first.text, last.text, last.source) == ("one", "three", "deals.jsonl:3")
    assert broken.source == "deals.jsonl:2" and isinstance(broken.problem, InputError)
    assert broken.problem.message.startswith(message) and broken.problem.remedy


def test_a_folder_is_read_in_order_without_hidden_files_and_readmes(folder):
    for name in (
        "b.txt",
        "a/z.txt",
        "a/deeper/y.htm",
        "C.txt",
        ".hidden",
        ".git/config",
        "README",
        "README.txt",
        "readme.rst",
        "notes.MD",
        "a/n.md",
    ):
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(name)
    (folder / "in" / "d.jsonl").write_text('{"text": "one"}\n{"text": "two"}')
    assert told(list(read_inputs(["in"]))) == [
        (os.path.join("in", "C.txt"), "C", "C.txt", None),
        (os.path.join("in", "a", "deeper", "y.htm"), "y", "a/deeper/y.htm", None),
        (os.path.join("in", "a", "z.txt"), "z", "a/z.txt", None),
        (os.path.join("in", "b.txt"), "b", "b.txt", None),
        (os.path.join("in", "d.jsonl") + ":1", "d:1", "one", None),
        (os.path.join("in", "d.jsonl") + ":2", "d:2", "two", None),
    ]


def test_a_readme_is_read_where_it_is_asked_for(folder):
    (folder / "README.md").write_text(STORY)
    assert [given.text for given in read_inputs(["README.md"])] == [STORY]


def test_a_bad_file_in_a_folder_stops_nothing(folder):
    (folder / "a.txt").write_bytes(b"%PDF-1.4")
    (folder / "b.txt").write_text("two")
    (folder / "c.txt").symlink_to("nowhere")
    assert [(given.text, type(given.problem)) for given in read_inputs(["."])] == [
        ("", InputError),
        ("two", type(None)),
        ("", NotFoundError),
    ]


def test_a_folder_that_links_to_itself_ends(folder):
    (folder / "a.txt").write_text("one")
    (folder / "loop").symlink_to(folder)
    assert [given.text for given in read_inputs([folder])] == ["one"]


@pytest.mark.parametrize("name", [None, ".hidden", "README.md"])
def test_a_folder_without_texts_is_a_problem(folder, name):
    if name:
        (folder / name).write_text("words")
    (given,) = read_inputs(["."])
    assert given.problem.message == "the folder holds no filing or narrative"


@pytest.mark.parametrize(
    "data, expected",
    [
        (STORY.encode(), [("stdin", None, STORY, None)]),
        (b"\n\n  one\ntwo\n", [("stdin", None, "\n\n  one\ntwo\n", None)]),
        (b'{"text": "one"}', [("stdin:1", "stdin:1", "one", None)]),
        (b'\n {"text": "one", "id": "a"}\n{"text": "two"}\n', [("stdin:1", "a", "one", None), ("stdin:2", "stdin:2", "two", None)]),
        (b'\xef\xbb\xbf{"text": "one"}', [("stdin:1", "stdin:1", "one", None)]),
        (b"{curly} words\nof a story", [("stdin", None, "{curly} words\nof a story", None)]),
        ("café".encode("cp1252"), [("stdin", None, "café", None)]),
    ],
)
def test_standard_input(piped, data, expected):
    piped(data)
    assert told(list(read_inputs(["-"]))) == expected


@pytest.mark.parametrize(
    "data, message", [(b"", "the file is empty"), (b'{"text":\n"one"}', "JSON, not a narrative"), (b"%PDF-1.4", "the file is a PDF")]
)
def test_bad_standard_input(piped, data, message):
    piped(data)
    (given,) = read_inputs(["-"])
    assert (given.source, given.problem.message) == ("stdin", message)


def test_a_broken_line_of_standard_input(piped):
    piped(b'{"text": "one"}\n{"text": \n{"text": "three"}\n')
    assert [(given.source, given.text, bool(given.problem)) for given in read_inputs(["-"])] == [
        ("stdin:1", "one", False),
        ("stdin:2", "", True),
        ("stdin:3", "three", False),
    ]


def test_lines_are_read_one_at_a_time(folder):
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            buffer[:16] = b'{"text": "one"}\n'
            return 16

    stream = io.BufferedReader(Endless(), 64)
    found = contents._lines_of(contents._lines(stream), "endless", "endless")
    assert [inputs.read_input(next(found)).text for _ in range(50)] == ["one"] * 50


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_a_file(folder):
    os.mkfifo("pipe")
    child = os.fork()
    if not child:
        with open("pipe", "w") as pipe:
            pipe.write(STORY)
        os._exit(0)
    assert [given.text for given in read_inputs(["pipe"])] == [STORY]
    os.waitpid(child, 0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("path", [".", "*"])
def test_a_named_pipe_that_was_not_asked_for_is_a_problem(folder, path):
    os.mkfifo("pipe")
    (folder / "story.txt").write_text(STORY)
    pipe, story = read_inputs([path])
    assert str(pipe.problem) == "no regular file but a pipe, socket or device; take it away, or name it itself"
    assert story.text == STORY


@pytest.mark.parametrize(
    "name, row",
    [
        ("deals.jsonl", {"id": "a", "outcome": "no_deal", "n_payments": 0, "text": None}),
        ("payments.jsonl", {"id": "a", "number": 1, "kind": "upfront"}),
        ("errors.jsonl", {"input": "a", "stage": "input", "message": "m"}),
    ],
)
def test_our_own_table_is_one_problem(folder, name, row):
    (folder / name).write_text((json.dumps(row) + "\n") * 2)
    (given,) = read_inputs([name])
    assert given.problem.message == "a table that extract wrote, not lines"
    assert given.problem.remedy.endswith("what extract --format jsonl --output FILE.jsonl writes")

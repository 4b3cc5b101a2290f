"""Archives, good, broken and hostile: read as they are, and never beyond the limits."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.inputs import Input, read_inputs
from dealterms.sources import archives, contents

MEMBERS = {
    "2004/b.txt": b"two",
    "2004/a.txt": b"one",
    "lines.jsonl": b'{"text": "three", "id": "own"}\nno json\n{"text": "five"}\n',
    "packed.txt.gz": gzip.compress(b"six"),
    "README.txt": b"not read",
    ".hidden": b"not read",
    "__MACOSX/._a.txt": b"not read",
}
READ = [
    ("/2004/b.txt", "b", "two", None),
    ("/2004/a.txt", "a", "one", None),
    ("/lines.jsonl:1", "own", "three", None),
    ("/lines.jsonl:2", None, "", "the line is not JSON (Expecting value at column 1); give one object a line"),
    ("/lines.jsonl:3", "lines:3", "five", None),
    ("/packed.txt.gz", "packed", "six", None),
]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(data), kind, "/etc/passwd"
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def told(found: list[Input], prefix: str) -> list[tuple[str, str | None, str, str | None]]:
    return [(given.source.removeprefix(prefix), given.id, given.text, str(given.problem) if given.problem else None) for given in found]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which is the working one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(folder: Path, name: str, data: bytes) -> list[tuple[str, str | None, str, str | None]]:
    (folder / name).write_bytes(data)
    return told(list(read_inputs([name])), name)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "A.TGZ"])
def test_members_are_read_in_their_order(folder, name):
    data = zipped(MEMBERS) if name.endswith("zip") else tarred(MEMBERS)
    assert read(folder, name, gzip.compress(data) if name.lower().endswith("gz") else data) == READ
    assert [path.name for path in folder.iterdir()] == [name]


@pytest.mark.parametrize(
    "name, data, expected",
    [
        ("a.txt.gz", b"one", [("", "a", "one", None)]),
        ("0000912057-00-023442.txt.GZ", b"one", [("", "0000912057-00-023442", "one", None)]),
        ("a.gz", b"one", [("", "a", "one", None)]),
        ("a.jsonl.gz", b'{"text": "one"}\n{"text": "two", "id": "x"}', [(":1", "a:1", "one", None), (":2", "x", "two", None)]),
    ],
)
def test_packed_files(folder, name, data, expected):
    assert read(folder, name, gzip.compress(data)) == expected


@pytest.mark.parametrize("name", ["a.txt.bz2", "a.TAR.XZ", "a.7z", "a.rar", "a.tar.zst"])
def test_an_archive_of_another_kind_is_told_which_are_read(folder, name):
    ((_, _, _, problem),) = read(folder, name, b"BZh9")
    assert problem == "an archive of a kind that is not read; unpack it, or pack it as .gz, .zip, .tar or .tar.gz, which are read"


def test_packed_in_several_streams(folder):
    assert read(folder, "a.txt.gz", gzip.compress(b"one ") + gzip.compress(b"two")) == [("", "a", "one two", None)]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_an_archive_without_texts_is_a_problem(folder, name):
    data = {"a.zip": zipped({}), "a.tar": tarred({}), "a.tar.gz": gzip.compress(tarred({}))}[name]
    ((_, _, _, problem),) = read(folder, name, data)
    assert problem.startswith("the archive holds no filing or narrative; ")


@pytest.mark.parametrize(
    "name, data, problem",
    [
        ("a.zip", b"no archive", "the archive is damaged (File is not a zip file)"),
        ("a.zip", b"", "the archive is damaged ("),
        ("a.zip", zipped({"a.txt": b"x" * 999})[:-30], "the archive is damaged (File is not a zip file)"),
        ("a.tar", b"no archive", "the archive is damaged ("),
        ("a.tar", b"x" * 5000, "the archive is damaged ("),
        ("a.tar.gz", b"no archive", "the archive is damaged (Not a gzipped file"),
        ("a.gz", b"no archive", "the archive is damaged (Not a gzipped file"),
        ("a.gz", gzip.compress(b"one")[:-4], "the archive is damaged (Compressed file ended before"),
        ("a.gz", gzip.compress(b"one")[:-8] + bytes(8), "the archive is damaged (CRC check failed"),
        ("a.gz", b"", "the file is empty"),
        ("a.tar.gz.gz", gzip.compress(b"one"), "a packed file within a packed file is not read"),
        ("a.txt.gz.gz", gzip.compress(b"one"), "a packed file within a packed file is not read"),
    ],
)
def test_a_broken_archive_is_a_problem_with_a_remedy(folder, name, data, problem):
    (found,) = read(folder, name, data)
    assert found[3].startswith(problem) and "; " in found[3]


@pytest.mark.parametrize("cut", [1500, 2100, 3000, 3584])
@pytest.mark.parametrize("packed", [False, True])
def test_a_tar_that_is_cut_off_is_told_and_what_came_before_is_kept(folder, cut, packed):
    data = tarred({"a.txt": b"one", "b.txt": b"x" * 1400, "c.txt": b"three"})
    data = gzip.compress(data[:cut]) if packed else data[:cut]
    first, *_, last = read(folder, "a.tar.gz" if packed else "a.tar", data)
    assert first == ("/a.txt", "a", "one", None)
    assert last[3].startswith("the archive is damaged (")


def test_a_tar_with_a_broken_header_in_the_middle_is_told(folder):
    data = bytearray(tarred({"a.txt": b"one", "b.txt": b"two"}))
    data[1024:1100] = b"?" * 76
    first, last = read(folder, "a.tar", bytes(data))
    assert (first[2], last[3].startswith("the archive is damaged (")) == ("one", True)


def test_one_broken_member_of_a_zip_stops_nothing(folder):
    data = zipped({"a.txt": b"one", "b.txt": b"damaged", "c.txt": b"three"}, zipfile.ZIP_STORED).replace(b"damaged", b"DAMAGED")
    first, broken, last = read(folder, "a.zip", data)
    assert (first[2], broken[0], last[2]) == ("one", "/b.txt", "three")
    assert broken[3].startswith("the archive is damaged (Bad CRC-32")


# Hostile


@pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "b\\a.txt", "a\n\x1b[31m.txt", "C:/a.txt"])
def test_names_are_labels_only(folder, name):
    for file, data in {"a.zip": zipped({name: b"one"}), "a.tar": tarred({name: b"one"})}.items():
        ((source, _, text, problem),) = read(folder, file, data)
        assert (text, problem) == ("one", None) and source.startswith("/")
    assert sorted(path.name for path in folder.rglob("*")) == ["a.tar", "a.zip"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_not_followed(folder, kind):
    ((_, _, _, problem),) = read(folder, "a.tar", tarred({"a.txt": b""}, kind))
    assert problem.startswith("the archive holds no filing")


def test_archives_in_archives_are_not_opened(folder):
    inner = {"in.zip": zipped({"a.txt": b"one"}), "in.tar.gz": gzip.compress(tarred({})), "in.parquet": b"PAR1", "b.txt": b"two"}
    *refused, last = read(folder, "a.zip", zipped(inner))
    assert [problem.partition(";")[0] for *_, problem in refused] == ["an archive or Parquet file within an archive is not read"] * 3
    assert last[2] == "two"


@pytest.fixture
def small_limits(monkeypatch):
    """Limits that a test reaches soon."""
    monkeypatch.setattr(contents, "LARGEST", 2_000_000)
    monkeypatch.setattr(archives, "HARMLESS", 10_000_000)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.zip", "a.tar.gz"])
def test_what_unpacks_to_more_than_is_allowed_is_given_up_in_little_memory(folder, name):
    bomb = bytes(60_000_000)
    data = {
        "a.txt.gz": lambda: gzip.compress(bomb),
        "a.jsonl.gz": lambda: gzip.compress(bomb),
        "a.zip": lambda: zipped({"b.txt": bomb, "c.txt": b"three"}),
        "a.tar.gz": lambda: gzip.compress(tarred({"b.txt": bomb, "c.txt": b"three"})),
    }[name]()
    tracemalloc.start()
    found = read(folder, name, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert any(word in found[0][3] for word in ("larger than", "unpacks to more than"))
    assert [text for _, _, text, _ in found if text] == (["three"] if name == "a.zip" else [])


@pytest.mark.usefixtures("small_limits")
def test_a_tar_of_many_bombs_ends(folder):
    found = read(folder, "a.tar.gz", gzip.compress(tarred({f"{number}.txt": bytes(1_000_000) for number in range(40)})))
    assert len(found) < 20 and found[-1][3].startswith("it unpacks to more than 200 times its size; ")


@pytest.mark.usefixtures("small_limits")
def test_a_zip_member_of_suspicious_ratio(folder):
    bomb, last = read(folder, "a.zip", zipped({"b.txt": bytes(1_900_000), "c.txt": b"three"}))
    assert (bomb[3].partition(";")[0], last[2]) == ("it unpacks to more than 200 times its size", "three")


def test_an_encrypted_member(folder):
    data = bytearray(zipped({"a.txt": b"one"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    ((_, _, _, problem),) = read(folder, "a.zip", bytes(data))
    assert problem.startswith("the archive's member is encrypted; ")


def test_a_tar_with_an_endless_extended_header(folder):
    info = tarfile.TarInfo("note")
    info.type, info.size = tarfile.XHDTYPE, 8_000_000_000
    ((_, _, _, problem),) = read(folder, "a.tar", info.tobuf(tarfile.GNU_FORMAT) + bytes(10_000))
    assert problem == "the archive is damaged (an extended header of more than 1 MB); fetch it again"


@pytest.mark.parametrize(
    "name, data", [("a.zip", zipped(MEMBERS)), ("a.tar", tarred(MEMBERS)), ("a.tar.gz", gzip.compress(tarred(MEMBERS)))]
)
@settings(max_examples=60, deadline=None)
@given(damage=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8), cut=st.floats(0.1, 1))
def test_damage_is_never_more_than_a_problem(tmp_path_factory, name, data, damage, cut):
    broken = bytearray(data)
    for place, byte in damage:
        broken[int(place * len(broken))] = byte
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(bytes(broken[: int(cut * len(broken))]))
    for given_ in read_inputs([path]):
        assert given_.problem or given_.text


# Parquet


def write_parquet(path: Path, **columns: object) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(columns), path)


def test_rows_of_a_parquet_file(folder):
    write_parquet(folder / "a.parquet", other=[0, 0, 0], id=[7, None, 9], text=["one", "two", None], registrant=["R", None, None])
    assert told(list(read_inputs(["a.parquet"])), "a.parquet") == [
        (":1", "7", "one", None),
        (":2", "a:2", "two", None),
        (":3", None, "", "the row has no text; leave it out"),
    ]
    assert next(iter(read_inputs(["a.parquet"]))).registrant == "R"


def test_numbers_are_ids_also_where_a_missing_one_made_them_floats(folder):
    write_parquet(folder / "a.parquet", id=[1.0, None, float("nan"), 1.5], text=["one", "two", "three", "four"])
    assert told(list(read_inputs(["a.parquet"])), "a.parquet") == [
        (":1", "1", "one", None),
        (":2", "a:2", "two", None),
        (":3", "a:3", "three", None),
        (":4", None, "", "the id is no string but of type float; give a string or null"),
    ]


def test_our_own_table_is_no_input(folder):
    write_parquet(folder / "deals.parquet", id=["a"], outcome=["deal"], n_payments=[1], text=["one"])
    ((_, _, _, problem),) = told(list(read_inputs(["deals.parquet"])), "deals.parquet")
    assert problem.startswith("a table that extract wrote, not lines; ")


def test_columns_of_other_types(folder):
    pyarrow = pytest.importorskip("pyarrow")
    write_parquet(folder / "a.parquet", id=[b"x"], text=["one"])
    write_parquet(folder / "b.parquet", text=[b"one"])
    write_parquet(folder / "c.parquet", text=[["one"]])
    write_parquet(folder / "d.parquet", text=pyarrow.array(["one", "one"]).dictionary_encode(), id=pyarrow.array([1, 2], "uint8"))
    assert [given_.text or str(given_.problem) for given_ in read_inputs(["a.parquet", "b.parquet", "c.parquet", "d.parquet"])] == [
        "the column id is of type binary; write it as string",
        "the column text is of type binary; write it as string",
        "the column text is of type list<element: string>; write it as string",
        "one",
        "one",
    ]


def test_parquet_files_that_are_none(folder):
    write_parquet(folder / "a.parquet", words=["one"])
    write_parquet(folder / "b.parquet", text=pytest.importorskip("pyarrow").array([], "string"))
    (folder / "c.parquet").write_bytes(b"PAR1")
    (folder / "d.parquet").write_bytes((folder / "a.parquet").read_bytes()[:-20])
    problems = [str(given_.problem) for given_ in read_inputs(["a.parquet", "b.parquet", "c.parquet", "d.parquet"])]
    assert problems[0] == "the file has no column text (but words); rename the column of the narratives to `text`"
    assert [problem.partition("(")[0].partition(";")[0].strip() for problem in problems] == [
        "the file has no column text",
        "the file is empty",
        "the file is no sound Parquet file",
        "the file is no sound Parquet file",
    ]


def test_what_spark_writes_is_a_folder_of_parquet_files(folder):
    (folder / "out.parquet").mkdir()
    (folder / "out.parquet" / "_SUCCESS").touch()
    (folder / "out.parquet" / ".part-0.parquet.crc").touch()
    write_parquet(folder / "out.parquet" / "part-0.parquet", text=["one"])
    assert [given_.text for given_ in read_inputs(["out.parquet"])] == ["one"]


def test_parquet_without_pyarrow(folder, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (folder / "a.parquet").write_bytes(b"PAR1")
    (found,) = read_inputs(["a.parquet"])
    assert str(found.problem) == "reading Parquet needs pyarrow; pip install dealterms[parquet]"


def test_lines_of_json_in_memory_stay_few(folder):
    row = json.dumps({"text": "x" * 1000}).encode() + b"\n"
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(row * 20_000, 1))
    tracemalloc.start()
    assert sum(1 for _ in read_inputs(["a.jsonl.gz"])) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000

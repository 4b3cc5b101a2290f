"""Pattern files, their fingerprint and the clusters of words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dealterms import resources
from dealterms.errors import NotFoundError, PatternError
from dealterms.resources import all_patterns, patterns_dir, patterns_fingerprint, read_patterns, ruler_patterns, word_clusters

ROW = {"label": "BOUND", "id": "bound.cap", "pattern": ["up to"], "matches": ["up to"], "rejects": ["up"]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of patterns in place of the package's, each file with one line."""
    for name in resources.PATTERN_FILES:
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(ROW | {"id": f"{name}.only"}) + "\n", encoding="utf-8")
    monkeypatch.setattr(resources, "patterns_dir", lambda: tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget():
    all_patterns.cache_clear()
    patterns_fingerprint.cache_clear()


def _rewrite(folder: Path, name: str, **changes):
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes) + "\n", encoding="utf-8")
    _forget()


def test_patterns_are_beside_the_package_or_in_it(tmp_path, monkeypatch):
    assert (patterns_dir() / "bounds.jsonl").is_file()
    (tmp_path / "patterns").mkdir()
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    assert patterns_dir() == tmp_path / "patterns"


def test_no_patterns_anywhere(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "a" / "b" / "resources.py"))
    with pytest.raises(NotFoundError, match=r"no pattern files at .*patterns; reinstall"):
        patterns_dir()


def test_a_folder_of_ones_own(folder, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("DEALTERMS_PATTERNS", str(folder))
    assert patterns_dir() == folder
    (folder / "cues.jsonl").unlink()
    with pytest.raises(NotFoundError, match=r"no cues.jsonl in .*; copy every pattern file there, or unset DEALTERMS_PATTERNS"):
        patterns_dir()


def test_read_in_order_without_blank_lines(tmp_path):
    path = tmp_path / "x.jsonl"
    rows = [ROW | {"id": "b"}, ROW | {"id": "a"}]
    path.write_text(f"\n{json.dumps(rows[0])}\n\n{json.dumps(rows[1])}\n", encoding="utf-8")
    assert read_patterns(path) == rows


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"label": "BOUND"', r"x\.jsonl:2: not JSON"),
        ("[1]", r"x\.jsonl:2: wrong keys list"),
        (json.dumps({**ROW, "lable": "MONEY"}), r"x\.jsonl:2: wrong keys \['lable'\]"),
        (json.dumps({key: value for key, value in ROW.items() if key != "rejects"}), r"x\.jsonl:2: wrong keys \['rejects'\]"),
    ],
)
def test_bad_lines_are_named(tmp_path, line, message):
    path = tmp_path / "x.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{line}\n", encoding="utf-8")
    with pytest.raises(PatternError, match=message):
        read_patterns(path)


def test_all_patterns_in_the_order_of_the_files(folder):
    assert [row["id"] for row in all_patterns()] == [f"{name}.only" for name in resources.PATTERN_FILES]


def test_an_id_may_be_given_once(folder):
    _rewrite(folder, "terms", id="bounds.only")
    with pytest.raises(PatternError, match=r"'bounds\.only' is given twice"):
        all_patterns()


@pytest.mark.parametrize("changes", [{"label": "EVENT"}, {"id": "terms.other"}, {"pattern": ["up to", "to"]}], ids=str)
def test_fingerprint_changes_with_what_decides(folder, changes):
    before = patterns_fingerprint()
    _rewrite(folder, "terms", **changes)
    assert patterns_fingerprint() != before


def test_fingerprint_stays_with_the_cases(folder):
    before = patterns_fingerprint()
    _rewrite(folder, "terms", matches=["up to two"], rejects=["upto", "up too"])
    assert patterns_fingerprint() == before
    assert len(before) == 12 and int(before, 16) >= 0


def test_ruler_patterns_are_one_a_phrase():
    tokens = {"label": "DATE", "id": "date.x", "pattern": [{"LOWER": "in"}, {"NORM": "<number>"}], "matches": [], "rejects": []}
    assert ruler_patterns((ROW | {"pattern": ["up to", "cap of"]}, tokens)) == [
        {"label": "BOUND", "id": "bound.cap", "pattern": "up to"},
        {"label": "BOUND", "id": "bound.cap", "pattern": "cap of"},
        {"label": "DATE", "id": "date.x", "pattern": [{"LOWER": "in"}, {"NORM": "<number>"}]},
    ]


def test_clusters_are_of_single_words_in_lower_case():
    clusters = word_clusters()
    assert [word for word in clusters if word != word.lower() or " " in word] == []
    assert clusters["licensee"] != clusters["january"]
    assert set(clusters.values()) == set(range(max(clusters.values()) + 1))


def test_each_word_is_in_one_cluster():
    text = (Path(resources.__file__).parent / "model" / "clusters.txt").read_text(encoding="utf-8")
    assert len(text.split()) == len(word_clusters())

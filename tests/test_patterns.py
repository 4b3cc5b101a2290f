"""Every line of ``patterns/*.jsonl`` against its own cases, each pattern alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from spacy.pipeline import SpanRuler

from dealterms.candidates import PHRASE_LABELS, VALUE_LABELS, _ruler
from dealterms.resources import PATTERN_FILES, all_patterns, patterns_dir, read_patterns, ruler_patterns

ROWS = {row["id"]: row for row in all_patterns()}
LABELS = {*VALUE_LABELS, *PHRASE_LABELS, "BOUND", "CUE"}
PHRASES = [row for row in ROWS.values() if isinstance(row["pattern"][0], str)]


@cache
def ruler_of(pattern_id: str) -> SpanRuler:
    """Give a span ruler with our words and word classes that knows one pattern."""
    nlp, _ = _ruler()
    ruler = SpanRuler(nlp, "alone", validate=True, phrase_matcher_attr="LOWER", spans_key="alone")
    ruler.add_patterns(ruler_patterns((ROWS[pattern_id],)))
    return ruler


def found(pattern_id: str, text: str) -> list[tuple[str, str, int]]:
    """Give label, id and length in words of everything that one pattern finds, and the length of the text."""
    doc = ruler_of(pattern_id)(_ruler()[0].make_doc(text))
    return [(span.label_, span.id_, len(span)) for span in doc.spans["alone"]]


@pytest.mark.parametrize(("pattern_id", "text"), [(row["id"], text) for row in ROWS.values() for text in row["matches"]])
def test_matches(pattern_id: str, text: str) -> None:
    assert {(label, found_id) for label, found_id, _ in found(pattern_id, text)} == {(ROWS[pattern_id]["label"], pattern_id)}


@pytest.mark.parametrize(("pattern_id", "text"), [(row["id"], text) for row in ROWS.values() for text in row["rejects"]])
def test_rejects(pattern_id: str, text: str) -> None:
    assert found(pattern_id, text) == []


@pytest.mark.parametrize("row", PHRASES, ids=[row["id"] for row in PHRASES])
def test_each_phrase_finds_itself_whole(row: dict[str, Any]) -> None:
    """A phrase that our words cut otherwise than it is written would never be found."""
    nlp, _ = _ruler()
    lost = [phrase for phrase in row["pattern"] if (row["label"], row["id"], len(nlp.make_doc(phrase))) not in found(row["id"], phrase)]
    assert lost == []
    assert [phrase for phrase in row["pattern"] if row["pattern"].count(phrase) > 1] == []


@pytest.mark.parametrize("name", PATTERN_FILES)
def test_lines(name: str) -> None:
    rows = read_patterns(patterns_dir() / f"{name}.jsonl")
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids)) != []
    assert {row["label"] for row in rows} <= LABELS
    assert [row["id"] for row in rows if not row["matches"] or not row["rejects"]] == []
    assert [row["id"] for row in rows if len({*row["matches"], *row["rejects"]}) < len(row["matches"]) + len(row["rejects"])] == []


def test_all_files_are_read() -> None:
    assert sorted(path.stem for path in patterns_dir().glob("*.jsonl")) == sorted(PATTERN_FILES)
    assert {row["label"] for row in ROWS.values()} == LABELS

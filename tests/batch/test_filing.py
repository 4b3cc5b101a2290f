"""From the text of one input to its rows, whatever the text is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.batch.corpus import filing, story

from dealterms import extraction, screening
from dealterms.batch.filing import Settings, extractor, model_fingerprint
from dealterms.errors import NotFoundError


def test_what_the_first_look_passes_over_is_not_read(monkeypatch):
    seen = []

    def first_look(text: str) -> bool:
        seen.append(text)
        return False

    monkeypatch.setattr(screening, "worth_reading", first_look)
    monkeypatch.setattr(extraction, "extract_narrative", None)
    rows = extractor(Settings())(filing(1), None, "a.txt")
    assert seen == [story(1)]  # what it looks at is the items that can tell of a deal
    assert (rows["deals"][0]["outcome"], rows["deals"][0]["cik"], list(rows)) == ("screened", "0000123456", ["deals"])


def test_settings_reach_the_extraction():
    rows = extractor(Settings(registrant="Fallback", min_confidence=1))(story(1), None, "a.txt")
    assert (rows["deals"][0]["registrant"], rows["deals"][0]["n_payments"], "parties" in rows) == ("Fallback", 0, True)
    assert extractor(Settings(registrant="Fallback"))(story(1), "Own", "a.txt")["deals"][0]["registrant"] == "Own"


def test_the_unexpected_is_a_row_too(monkeypatch):
    def broken(*_):
        raise KeyError("x" * 5000)

    monkeypatch.setattr(extraction, "extract_narrative", broken)
    monkeypatch.setattr(screening, "worth_reading", lambda text: True)
    (row,) = extractor(Settings())(story(1), None, "a.txt")["errors"]
    assert (row["input"], row["stage"]) == ("a.txt", "extraction")
    assert row["message"].startswith("internal error (KeyError: ") and len(row["message"]) < 400


def test_a_long_name_of_a_form_is_cut():
    (row,) = extractor(Settings())(filing(1).replace("8-K", "X" * 10_000), None, "a.txt")["errors"]
    assert row["stage"] == "filing" and len(row["message"]) == 1000


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_any_text_gives_one_row(text):
    rows = extractor(Settings())(text, None, "a.txt")
    assert len(rows.get("deals", rows.get("errors"))) == 1


def test_the_fingerprint_of_a_model(tmp_path):
    (tmp_path / "weights.json").write_text("{}")
    first = model_fingerprint(str(tmp_path))
    assert first == model_fingerprint(str(tmp_path)) != model_fingerprint(None)
    (tmp_path / "weights.json").write_text("[]")
    assert model_fingerprint(str(tmp_path)) != first
    with pytest.raises(NotFoundError, match="no model at"):
        model_fingerprint(str(tmp_path / "missing"))

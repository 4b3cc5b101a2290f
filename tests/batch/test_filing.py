"""From the text of one input to its rows, whatever the text is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.batch.corpus import filing, story

from dealterms import extraction, screening
from dealterms.batch.filing import Settings, extractor, model_fingerprint
from dealterms.classifier import FOLDER, Models, shipped_models, write_models
from dealterms.errors import NotFoundError


def test_what_the_first_look_passes_over_is_not_read(monkeypatch):
    seen = []

    def first_look(text: str, models: Models) -> bool:
        seen.append(text)
        return False

    monkeypatch.setattr(screening, "worth_reading", first_look)
    monkeypatch.setattr(extraction, "extract_narrative", None)
    rows = extractor(Settings())(filing(1), None, "a.txt")
    assert seen == [story(1)]  # what it looks at is the items that can tell of a deal
    assert (rows["deals"][0]["outcome"], rows["deals"][0]["cik"], list(rows)) == ("screened", "0000123456", ["deals"])


def test_a_model_in_place_of_the_shipped_one_takes_the_first_look(tmp_path):
    shipped = shipped_models()
    tables = {name: table for name, table in shipped.tables.items() if name != "screening"}  # one that passes over nothing
    write_models(replace(shipped, tables=tables), tmp_path)
    text = "The board declared a quarterly cash dividend of $0.12 per share, payable to stockholders of record."
    told = [extractor(Settings(model=model))(text, None, "a.txt")["deals"][0]["outcome"] for model in (None, str(tmp_path))]
    assert told == ["screened", "no_deal"]


def test_settings_reach_the_extraction():
    rows = extractor(Settings(registrant="Fallback", min_confidence=1))(story(1), None, "a.txt")
    assert (rows["deals"][0]["registrant"], rows["deals"][0]["n_payments"], "parties" in rows) == ("Fallback", 0, True)
    assert extractor(Settings(registrant="Fallback"))(story(1), "Own", "a.txt")["deals"][0]["registrant"] == "Own"


def test_the_unexpected_is_a_row_too(monkeypatch):
    def broken(*_):
        raise KeyError("x" * 5000)

    monkeypatch.setattr(extraction, "extract_narrative", broken)
    monkeypatch.setattr(screening, "worth_reading", lambda text, models: True)
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


def test_the_fingerprint_of_a_model(tmp_path, monkeypatch):
    (tmp_path / "weights.json").write_text("{}")
    first = model_fingerprint(str(tmp_path))
    assert first == model_fingerprint(str(tmp_path)) != model_fingerprint(None)
    (tmp_path / "weights.json").write_text("[]")
    assert model_fingerprint(str(tmp_path)) != first
    with pytest.raises(NotFoundError, match="no model at"):
        model_fingerprint(str(tmp_path / "missing"))
    installed = tmp_path / "site" / "en_mine" / "en_mine-1.0" / FOLDER
    installed.mkdir(parents=True)
    (installed / "weights.json").write_text("{}")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert model_fingerprint("en_mine") == first  # by the name of a package, as everywhere

"""What goes out to a tool and comes back untouched is what it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.convert.deals import DEAL, EMPTY, there_and_back

import dealterms
from dealterms.convert import FORMATS

DATA = Path(__file__).parents[2] / "training" / "data"
CASES = [
    json.loads(line) for file in sorted(DATA.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
]


def assert_same(narratives: list[dict[str, Any]], format: str) -> None:
    came = there_and_back(narratives, format)
    for before, after in zip(narratives, came, strict=True):
        assert after.narrative == before
        assert after.notes == ()


@pytest.mark.parametrize("format", FORMATS)
def test_every_shipped_narrative(format: str) -> None:
    assert len(CASES) > 600
    assert_same(CASES, format)


@pytest.mark.parametrize("format", FORMATS)
def test_predictions_keep_places_and_confidence(format: str) -> None:
    deal = dealterms.extract(DEAL["text"], id="x-1").to_dict()
    assert deal["payments"][0]["confidence"] < 1
    assert_same([deal], format)


@pytest.mark.parametrize("format", FORMATS)
def test_records_on_the_same_words_stay_apart(format: str) -> None:
    first = DEAL["payments"][0]
    twins = DEAL | {"payments": [first, first | {"background": True, "payer": None}, first | {"kind": "total"}]}
    assert_same([twins], format)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
nothing = st.none()


@st.composite
def narratives(draw: st.DrawFn) -> dict[str, Any]:
    """Narratives with quotes from the text, from elsewhere, empty and null, and names that stand within others."""
    text = draw(words)
    cut = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: text[min(ends) : max(ends)])
    name = cut | words
    quote = cut | words | nothing
    flag, figure = st.booleans(), nothing | st.integers(0, 10**12) | st.floats(0, 1e9)
    party = st.fixed_dictionaries({"name": name, "aliases": st.lists(name, max_size=3), "role": words})
    parties = draw(st.lists(party, max_size=3, unique_by=lambda party: party["name"]))  # nobody is a party twice
    side = nothing | words | (st.sampled_from([party["name"] for party in parties]) if parties else nothing)
    word = nothing | words
    rows = {
        "payments": {"kind": words, "low": figure, "high": figure, "currency": word, "approximate": flag, "per": word}
        | {"milestone": word, "contingent": flag, "payer": side, "payee": side, "background": flag, "quote": quote},
        "royalties": {"low": figure, "high": figure, "tiered": flag, "amount": figure, "currency": word, "per": word, "base": word}
        | {"payer": side, "payee": side, "background": flag, "quote": quote},
        "terms": {"kind": words, "length": word, "ends": word, "event": word, "background": flag, "quote": quote},
        "renewals": {"length": word, "count": figure | words, "automatic": flag, "holder": side, "notice": word, "fee": flag}
        | {"background": flag, "quote": quote},
    }
    return {"id": draw(word), "text": text, "parties": parties} | {
        group: draw(st.lists(st.fixed_dictionaries(fields), max_size=3)) for group, fields in rows.items()
    }


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(narrative=narratives())
def test_any_narrative(narrative: dict[str, Any]) -> None:
    for format in FORMATS:
        assert_same([narrative], format)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_to_label(format: str) -> None:
    assert_same([{"id": None, "text": "Nothing.", **EMPTY}], format)

"""The first look at a text: cheap, and it loses no deal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dealterms.classifier import Models, shipped_models
from dealterms.filings import decode
from dealterms.screening import screening_score, worth_reading

DATA = Path(__file__).parents[1] / "training" / "data"
FILINGS = Path(__file__).parents[2] / "shared" / "filings"
# The filings that tell of a deal in the sense of the guide, of those that may lie beside the checkout.
DEALS = [
    "1001907_8K_2010_0000950123-10-068495.htm",
    "1002517_8K_2019_0000950142-19-000145.htm",
    "1002517_8K_2019_0000950142-19-000172.htm",
    "1002517_8K_2019_0001002517-19-000017.htm",
    "1002517_8K_2021_0001002517-21-000023.htm",
    "1004963_8K_1996_0001004963-96-000019.txt",
]

DEAL = "Quillon licensed its dyes to Marrow for an upfront fee, milestone payments and royalties on net sales for ten years."
NO_DEAL = (
    "The board of directors declared a quarterly cash dividend of $0.12 per share, payable to stockholders of record. Net income for the "
    "quarter was $4 million. The annual meeting elected the directors, and the chief financial officer will resign."
)


def test_what_tells_of_a_deal_is_worth_reading_and_a_dividend_is_not() -> None:
    assert worth_reading(DEAL)
    assert not worth_reading(NO_DEAL)
    assert screening_score(DEAL, shipped_models()) > screening_score(NO_DEAL, shipped_models())


@pytest.mark.parametrize("text", ["", "\n", "1,1,1,", "\x00", "é" * 1000])
def test_any_text_gets_an_answer(text: str) -> None:
    assert worth_reading(text) in {True, False}


def test_a_model_of_deals_alone_passes_over_nothing() -> None:
    assert worth_reading(NO_DEAL, Models({}, {}, {}))


def test_no_labelled_deal_is_lost_and_many_others_are_passed_over() -> None:
    cases = [json.loads(line) for path in sorted(DATA.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [case["id"] for case in cases if case["parties"] and not worth_reading(case["text"])] == []
    others = [worth_reading(case["text"]) for case in cases if not case["parties"]]
    assert sum(others) < 0.7 * len(others)  # they were written to be taken for deals


@pytest.mark.skipif(not FILINGS.is_dir(), reason="no real filings beside the checkout")
@pytest.mark.parametrize("name", DEALS)
def test_no_deal_of_the_real_filings_is_lost(name: str) -> None:
    from dealterms.api import join_sections
    from dealterms.filings import deal_sections, read_filing

    text, _ = join_sections(deal_sections(read_filing(decode((FILINGS / name).read_bytes()))))
    assert worth_reading(text)

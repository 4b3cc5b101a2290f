"""The sample filing, whole, and the first real filing where it lies beside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import dealterms
from dealterms.schema import deal_schema
from dealterms.types import Deal

SAMPLE = Path(__file__).parent / "data" / "sample-8k.txt"
SHARED = Path(__file__).parents[1].parent / "shared"
REAL = SHARED / "seed-8k-2000-05-08.txt"
LABELLED = SHARED / "narratives" / "seed.jsonl"
GROUNDED = ("payments", "royalties", "terms", "renewals")
pytestmark = pytest.mark.skipif(
    not (Path(dealterms.__file__).parent / "model" / "weights.json").is_file(), reason="no model has been built: make model"
)


def name(words: str) -> str:
    """Give a name without line breaks and doubled spaces."""
    return " ".join(words.split())


def scored(deal: Deal) -> dict[str, list[tuple[Any, ...]]]:
    """Give the fields that scores compare, background left out, in the order of the text."""
    kept = {group: [record for record in getattr(deal, group) if not record.background] for group in GROUNDED}
    return {
        "parties": sorted((name(party.name), party.role) for party in deal.parties),
        "payments": [(record.kind, record.low, record.high, record.currency) for record in kept["payments"]],
        "royalties": [(record.low, record.high, record.tiered, record.amount, record.currency) for record in kept["royalties"]],
        "terms": [(record.kind, record.length, record.ends, bool(record.event)) for record in kept["terms"]],
        "renewals": [(record.length, record.count, record.automatic) for record in kept["renewals"]],
    }


@pytest.fixture(scope="module")
def sample() -> Deal:
    """The sample's deal."""
    return dealterms.extract(SAMPLE.read_text(encoding="utf-8"), id="sample-8k")


def test_the_sample_gives_the_records_that_it_was_written_for(sample):
    assert {group: sorted(rows, key=repr) for group, rows in scored(sample).items()} == {
        "parties": [("Larkmoor Biosciences, Inc.", "licensor"), ("Ostrander Therapeutics, Inc.", "licensee")],
        "payments": [
            ("license_fee", None, None, None),
            ("milestone", None, Decimal(32_000_000), "USD"),
            ("reimbursement", None, None, None),
            ("upfront", Decimal(2_500_000), Decimal(2_500_000), "USD"),
        ],
        "royalties": [(None, None, False, None, None)],
        "terms": [("agreement", "P5Y", None, False)],
        "renewals": [("P3Y", 1, False)],
    }


def test_nothing_in_the_sample_is_background(sample):
    assert [record for group in GROUNDED for record in getattr(sample, group) if record.background] == []


def test_the_samples_milestone_is_told_in_full(sample):
    (milestone,) = [payment for payment in sample.payments if payment.kind == "milestone"]
    assert (milestone.approximate, milestone.contingent) == (True, True)
    assert (name(milestone.per), milestone.milestone) == ("receptor target", "mixed")
    assert (milestone.payer, milestone.payee) == ("Ostrander Therapeutics, Inc.", "Larkmoor Biosciences, Inc.")
    assert name(sample.royalties[0].base) == "net sales"
    assert sample.renewals[0].fee


def test_every_record_of_the_sample_points_to_its_words(sample):
    filed = SAMPLE.read_text(encoding="utf-8")
    (item,) = sample.items
    assert item.item == "5"
    assert filed[item.file_start : item.file_end] == sample.text[item.start : item.end] == sample.text
    for group in GROUNDED:
        for record in getattr(sample, group):
            assert record.quote
            assert sample.text[record.start : record.end] == record.quote
            assert 0 < record.confidence <= 1
    for party in sample.parties:
        forms = {name(form) for form in (party.name, *party.aliases)}
        assert {name(sample.text[start:end]) for start, end in party.mentions} == forms


def test_the_command_line_prints_one_line_that_keeps_the_schema(sample, tmp_path):
    command = [sys.executable, "-m", "dealterms.cli", "extract", "--format", "jsonl", str(SAMPLE)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": ""})
    (line,) = ran.stdout.splitlines()
    assert json.loads(line) == sample.to_dict()
    jsonschema.validate(json.loads(line), deal_schema())
    assert ran.stderr == ""


def test_the_sample_is_read_whatever_its_line_ends(sample):
    crlf = dealterms.extract(SAMPLE.read_text(encoding="utf-8").replace("\n", "\r\n"))
    assert scored(crlf) == scored(sample)


@pytest.mark.skipif(not REAL.is_file() or not LABELLED.is_file(), reason="the real filing does not lie beside the checkout")
def test_the_first_real_filing_gives_what_its_labels_say():
    filed = REAL.read_text(encoding="utf-8")
    (line,) = LABELLED.read_text(encoding="utf-8").splitlines()
    labelled = Deal.from_dict(json.loads(line))
    deal = dealterms.extract(filed)
    assert labelled.text in deal.text
    assert deal.text in filed
    assert deal.text.strip() == labelled.text.strip()
    told, wanted = scored(deal), scored(labelled)
    assert {group: sorted(rows, key=repr) for group, rows in told.items()} == {
        group: sorted(rows, key=repr) for group, rows in wanted.items()
    }
    for group in GROUNDED:
        assert all(deal.text[record.start : record.end] == record.quote for record in getattr(deal, group))


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="no way to time a child process here")
def test_extraction_starts_quickly(tmp_path):
    def seconds(*arguments: str) -> float:
        """Give the processor time of the quickest of three runs."""
        times = []
        for _ in range(3):
            child = subprocess.Popen([sys.executable, *arguments], cwd=tmp_path, stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            assert child.returncode == 0
            times.append(usage.ru_utime + usage.ru_stime)
        return min(times)

    assert seconds("-m", "dealterms.cli", "extract", str(SAMPLE)) < 2.5 * seconds("-c", "import spacy")

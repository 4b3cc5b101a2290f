"""Against the floor: nothing that reads words can be faster than telling words apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import spacy

import dealterms
from benchmarks.corpus import Narrative, characters, deals
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_least
from benchmarks.timing import Timed, cpu_seconds, interleaved, median_ratio


def measure(plan: Plan) -> Iterator[Row]:
    """Compare `dealterms.extract` with spaCy's bare tokenizer on deal narratives."""
    narratives = deals(plan.narratives)
    seconds = interleaved({"extract": cpu_seconds(lambda: extract_all(narratives)), "tokenizer": tokenizing(narratives)}, plan.rounds)
    size = characters(narratives)
    yield at_least("deal narratives: `extract` over the bare tokenizer", median_ratio(seconds["tokenizer"], seconds["extract"]), 0.5)
    for name, times in seconds.items():
        yield Row(f"deal narratives: {name}, characters a second", f"{size / median(times):,.0f}")


def extract_all(narratives: Sequence[Narrative]) -> None:
    """Extract from narratives."""
    for text, registrant in narratives:
        dealterms.extract(text, registrant)


def tokenizing(narratives: Sequence[Narrative]) -> Timed:
    """Give the timed work of the bare tokenizer."""
    make_doc = spacy.blank("en").make_doc

    def tokenize() -> None:
        for text, _ in narratives:
            make_doc(text)

    return cpu_seconds(tokenize)

"""On what is filed day by day, most of which tells of no deal, and behind the first look that passes over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import dealterms
from benchmarks.corpus import Narrative, characters, filed, one_in_ten
from benchmarks.floor import tokenizing
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_least
from benchmarks.timing import cpu_seconds, interleaved, median_ratio
from dealterms.screening import worth_reading


def measure(plan: Plan) -> Iterator[Row]:
    """Compare `extract` behind screening with spaCy's bare tokenizer."""
    if plan.filings.is_dir():
        telling, items = filed(plan.filings)
        yield from _measure(f"items of {len(telling)} real filings that may tell of a deal", telling, plan.rounds)
        yield from _measure(f"all {len(items)} items of real filings", items, plan.rounds)
    else:
        yield from _measure("narratives, one in ten of a deal", list(one_in_ten(plan.mixed)), plan.rounds)


def _measure(what: str, texts: Sequence[Narrative], rounds: int) -> Iterator[Row]:
    seconds = interleaved({"extract": cpu_seconds(lambda: _extract_worthy(texts)), "tokenizer": tokenizing(texts)}, rounds)
    read = [text for text in texts if worth_reading(text.text)]
    yield at_least(f"{what}: screening and `extract` over the bare tokenizer", median_ratio(seconds["tokenizer"], seconds["extract"]), 1.5)
    yield Row(f"{what}: characters not screened out", f"{characters(read) / characters(texts):.0%}")


def _extract_worthy(texts: Sequence[Narrative]) -> None:
    for text, registrant in texts:
        if worth_reading(text):
            dealterms.extract(text, registrant)

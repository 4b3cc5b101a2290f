"""Against the floor: nothing that reads words can be faster than telling words apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

import spacy

import dealterms
from benchmarks.corpus import Narrative, characters, deals
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_least, ratio
from benchmarks.timing import Timed, cpu_seconds, interleaved, median_ratio

#: Reads narratives, to whatever end.
Reader = Callable[[Sequence[Narrative]], None]


def measure(plan: Plan) -> Iterator[Row]:
    """Compare `dealterms.extract` with spaCy's bare tokenizer on deal narratives, first on new ones in each round, then on the same."""
    readers = {"extract": extract_all, "tokenizer": bare_tokenizer()}
    unread = deals(plan.narratives * (plan.rounds + 1))
    shares = [unread[number :: plan.rounds + 1] for number in range(plan.rounds + 1)]
    seconds = interleaved({name: _onwards(read, shares) for name, read in readers.items()}, plan.rounds)
    new = median_ratio(seconds["tokenizer"], seconds["extract"])
    narratives = deals(plan.narratives)
    seconds = interleaved({name: _timed(read, narratives) for name, read in readers.items()}, plan.rounds)
    yield at_least("deal narratives: `extract` over the bare tokenizer", median_ratio(seconds["tokenizer"], seconds["extract"]), 0.5)
    yield Row("the same, where no round reads what another has read", ratio(new))
    for name, times in seconds.items():
        yield Row(f"deal narratives: {name}, characters a second", f"{characters(narratives) / median(times):,.0f}")


def extract_all(narratives: Sequence[Narrative]) -> None:
    """Extract from narratives."""
    for text, registrant in narratives:
        dealterms.extract(text, registrant)


def bare_tokenizer() -> Reader:
    """Give what tokenizes narratives and does nothing else."""
    make_doc = spacy.blank("en").make_doc

    def tokenize(narratives: Sequence[Narrative]) -> None:
        for text, _ in narratives:
            make_doc(text)

    return tokenize


def _timed(read: Reader, narratives: Sequence[Narrative]) -> Timed:
    return cpu_seconds(lambda: read(narratives))


def _onwards(read: Reader, shares: Sequence[Sequence[Narrative]]) -> Timed:
    turns = iter(shares)
    return lambda: _timed(read, next(turns))()

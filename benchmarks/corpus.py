"""Texts to measure with: the labelled narratives of this repository, and real filings where some lie beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.plan import ROOT

_RECORDS = ("parties", "payments", "royalties", "terms", "renewals")
_SYLLABLES = ("bar", "den", "fol", "gam", "kin", "lor", "mav", "nex", "pol", "quis", "ran", "sol", "tav", "ulm", "ver", "zen")


class Narrative(NamedTuple):
    """A text and the company that files it."""

    text: str
    registrant: str | None


@lru_cache(maxsize=1)
def _narratives() -> tuple[list[Narrative], list[Narrative]]:
    deals: list[Narrative] = []
    others: list[Narrative] = []
    for path in sorted((ROOT / "training" / "data").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            tells = any(case[group] for group in _RECORDS)
            (deals if tells else others).append(Narrative(case["text"], case.get("registrant")))
    return deals, others


def deals(count: int) -> list[Narrative]:
    """Give narratives of deals, evenly from all there are."""
    return _spread(_narratives()[0], count)


def one_in_ten(count: int) -> Iterator[Narrative]:
    """Give narratives of which every tenth tells of a deal."""
    deals, others = map(cycle, _narratives())
    return (next(deals if number % 10 == 0 else others) for number in range(count))


def unlike(count: int) -> Iterator[Narrative]:
    """Give narratives as `one_in_ten`, each of companies with names that no other one has."""
    for number, (text, registrant) in enumerate(one_in_ten(count)):
        name = made_name(number)
        first = (registrant or "The").split()[0]
        yield Narrative(f"{name}, Inc. (file {number:07d}). {text.replace(first, name)}", f"{name}, Inc.")


def made_name(number: int) -> str:
    """Give the name of a company, another one for each number.

    Examples
    --------
    >>> made_name(0), made_name(4660)
    ('Barbarbarbar', 'Denfolgamkin')
    """
    digits = (number >> 12 & 15, number >> 8 & 15, number >> 4 & 15, number & 15)
    more = made_name((number >> 16) - 1).lower() if number >> 16 else ""
    return ("".join(_SYLLABLES[digit] for digit in digits) + more).capitalize()


def filed(folder: Path) -> tuple[list[Narrative], list[Narrative]]:
    """Give what real filings tell: the items that can tell of a deal, a text a filing as the batch reads them, and all items, one by one."""
    from dealterms.api import join_sections
    from dealterms.errors import DealtermsError, NoDealItemError
    from dealterms.filings import deal_sections, decode, read_filing

    telling, items = [], []
    for path in sorted(folder.glob("*_8K_*")):
        try:
            filing = read_filing(decode(path.read_bytes()))
        except DealtermsError:
            continue
        items += [Narrative(section.text, filing.registrant) for section in filing.sections if section.text.strip()]
        try:
            text = join_sections(deal_sections(filing))[0]
        except NoDealItemError:
            continue
        if text.strip():
            telling.append(Narrative(text, filing.registrant))
    return telling, items


def long_narrative(length: int) -> str:
    """Give deal narratives one after another, up to a length in characters."""
    texts, size = [], 0
    for text, _ in cycle(_narratives()[0]):
        texts.append(text)
        size += len(text) + 2
        if size >= length:
            return "\n\n".join(texts)[:length]
    raise AssertionError("a cycle does not end")


def characters(narratives: Sequence[Narrative]) -> int:
    """Count the characters of narratives."""
    return sum(len(text) for text, _ in narratives)


def _spread(narratives: list[Narrative], count: int) -> list[Narrative]:
    step = max(len(narratives) / count, 1)
    return [narratives[int(number * step)] for number in range(min(count, len(narratives)))]


def take(narratives: Iterator[Narrative], count: int) -> list[Narrative]:
    """Give the first few narratives."""
    return list(islice(narratives, count))

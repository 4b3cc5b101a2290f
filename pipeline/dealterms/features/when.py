"""Whether a passage tells of what is agreed now or of what was before: tenses, years, and words such as "formerly"."""

from __future__ import annotations

from dealterms.candidates import Mention
from dealterms.features.context import Context

_AUXILIARIES = frozenset({"will", "would", "was", "had", "has", "is", "owed", "due"})
_BACK = 3


def when_features(names: set[str], context: Context, mention: Mention, begin: int, end: int) -> None:
    """Add what tells whether a candidate is of the deal or of its background."""
    tenses = context.tenses
    for side, positions in (("<", range(mention.first - 1, begin - 1, -1)), (">", range(mention.last, end))):
        told = [name for position in positions if (name := tenses[position])]
        verb = next((name for name in told if name in _AUXILIARIES), "-")
        names.add(f"when={side}{verb}")
        names.update(f"when={side}any:{name}" for name in told)
        if {"would", "had"} <= set(told) or {"would", "has"} <= set(told):
            names.add(f"when={side}would have")
    sentence = context.words.sentence[mention.first]
    for back in range(1, _BACK + 1):
        if sentence >= back:
            first, last = context.words.sentences[sentence - back]
            names.update(f"when=before{min(back, 2)}:{name}" for name in tenses[first:last] if name)
    if context.year is None:
        return
    years = [context.years[position] for position in range(begin, end) if position in context.years]
    if years:
        names.add(f"when=year:{_apart(max(years), context.year)}")
        names.add(f"when=first year:{_apart(min(years), context.year)}")
    near = next((context.years[position] for position in range(mention.first - 1, begin - 1, -1) if position in context.years), None)
    if near is not None:
        names.add(f"when=<year:{_apart(near, context.year)}")
    if not years:
        past = next((context.years[p] for p in range(begin - 1, max(begin - 80, 0), -1) if p in context.years), None)
        if past is not None:
            names.add(f"when=last year:{_apart(past, context.year)}")


def _apart(year: int, now: int) -> str:
    return "before" if year < now - 1 else "last" if year == now - 1 else "now" if year == now else "soon" if year <= now + 2 else "after"

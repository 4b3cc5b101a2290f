"""What bounds a sum or a rate: "up to" and "at least" before it, "or more" behind it, and what an earlier one of its list has."""

from __future__ import annotations

from bisect import bisect_left

from dealterms.candidates import Mention, bound_kind
from dealterms.features.context import Context
from dealterms.features.vocabulary import VERBS

_NONE = "none"
_FAR = 99


def bound_features(names: set[str], context: Context, mention: Mention) -> None:
    """Add what the words tell of a candidate's bound."""
    kind, gap, told = _nearest(context, mention)
    names.add(f"own=bound:{kind}")
    if kind != _NONE:
        near = "next" if gap <= 1 else "near" if gap <= 4 else "far"
        names.add(f"own=bound:{kind} {near}")
        names.add(f"own=bound:{told} {near}")
    else:
        names.add(f"own=carried:{_carried(context, mention)}")
    place = bisect_left(context.bound_starts, mention.last)
    if place < len(context.bounds) and context.bounds[place][0] == mention.last:
        first, last, _ = context.bounds[place]
        names.add(f"own=bound after:{' '.join(context.stems[first:last])}")


def bound_cue(context: Context, mention: Mention) -> tuple[str, int]:
    """Give the kind of the nearest bound before a candidate, and how many words it is away (99 where none)."""
    return _nearest(context, mention)[:2]


def _nearest(context: Context, mention: Mention) -> tuple[str, int, str]:
    begin, _ = context.sentence_of(mention.first)
    position = bisect_left(context.bound_starts, mention.first) - 1
    while position >= 0 and context.bounds[position][0] >= begin:
        first, last, pattern = context.bounds[position]
        kind = bound_kind(pattern)
        if kind != "approximate":
            between = context.masked[last : mention.first]
            if "@money" not in between and "@percent" not in between:
                return kind, mention.first - last, " ".join(context.stems[first:last])
            break
        position -= 1
    return _NONE, _FAR, ""


def _carried(context: Context, mention: Mention) -> str:
    """Give the last bound of the sentence before a candidate, over other sums: "at least $1 million in 2001 and $2 million in 2002".

    And whether what stands between goes on with the list, or begins to tell of something else.
    """
    begin, _ = context.sentence_of(mention.first)
    before = context.bounds[bisect_left(context.bound_starts, begin) : bisect_left(context.bound_starts, mention.first)]
    for _first, last, pattern in reversed(before):
        kind = bound_kind(pattern)
        if kind != "approximate":
            between = range(last, mention.first)
            told = any(context.words.lower[p] in VERBS or context.tenses[p] in {"will", "would", "is", "was"} for p in between)
            named = any(p in context.company for p in between)
            return f"{kind} {'told' if told else 'named' if named else 'listed'}"
    return _NONE

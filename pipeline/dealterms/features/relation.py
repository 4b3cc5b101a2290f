"""What is known of candidates that belong together: tiers of a royalty, the count of a renewal."""

from __future__ import annotations

import itertools

from dealterms.features.bound import bound_cue
from dealterms.features.context import Context, bag
from dealterms.normalize.count import count_of

_WHOLE = 100
# So many words on either side are looked at for how often an agreement is renewed.
_BEFORE, _BEHIND = 12, 10


def link_features(context: Context, before: int, after: int) -> dict[str, float]:
    """Describe two rates that follow each other, to tell whether they are tiers of one royalty.

    Parameters
    ----------
    context : Context
        The text.
    before, after : int
        Two mentions in the order of the text.

    Returns
    -------
    dict of str to float
        Feature names and values.
    """
    first, second = context.mentions[before], context.mentions[after]
    between = context.masked[first.last : second.first]
    apart = context.words.sentence[second.first] - context.words.sentence[first.first]
    names = {"link=bias", f"link=sentences:{min(apart, 3)}", f"link=gap:{min(len(between) // 4, 8)}", f"link=kind:{first.label}"}
    names |= {f"link=between:{stem}" for stem in between[:25] if stem}
    names |= {f"link=before:{stem}" for stem in context.masked[max(0, first.first - 6) : first.first]}
    names |= {f"link=after:{stem}" for stem in context.masked[second.last : second.last + 8]}
    if first.low is not None and second.low is not None:
        names.add(f"link=order:{'up' if second.low > first.low else 'down' if second.low < first.low else 'same'}")
        small, large = sorted((float(first.low), float(second.low)))
        names.add(f"link=ratio:{min(int(large / max(small, 1.0)), 6)}")
        # "60% to the one and 40% to the other" are no tiers.
        names.add(f"link=whole:{small + large == _WHOLE}")
    return dict.fromkeys(sorted(names), 1.0)


def count_features(context: Context, index: int) -> dict[str, float]:
    """Describe a renewal, to tell how often it may happen.

    Parameters
    ----------
    context : Context
        The text.
    index : int
        Which mention: the renewal's length, or the word that tells of it.

    Returns
    -------
    dict of str to float
        Feature names and values; number words keep their number.
    """
    mention = context.mentions[index]
    begin, end = context.sentence_of(mention.first)
    lower = context.words.lower
    names = {f"count=label:{mention.label}", f"count=words:{' '.join(lower[mention.first : mention.last])}"}
    near = lower[max(begin, mention.first - _BEFORE) : min(end, mention.last + _BEHIND)]
    told = " ".join(near)
    for automatic in (True, False):
        names.add(f"count=rule{automatic:d}:{count_of(told, automatic)}")
    names.add(f"count=whole:{count_of(' '.join(lower[begin:end]), False)}")
    names.add(f"count=rest:{count_of(' '.join(lower[max(begin, mention.first - _BEFORE) : end]), False)}")
    names |= {f"count=near:{word}" for word in near}
    names |= {f"count=near:{a} {b}" for a, b in itertools.pairwise(near)}
    behind = lower[mention.last : end]
    names |= {f"count=behind:{word}" for word in behind} | {f"count=behind:{a} {b}" for a, b in itertools.pairwise(behind)}
    for step in range(1, 6):
        names.add(f"count=L{step}:{lower[mention.first - step] if mention.first - step >= begin else '^'}")
        names.add(f"count=R{step}:{lower[mention.last + step - 1] if mention.last + step - 1 < end else '$'}")
    names |= {f"count=cue:{cue}" for position in range(begin, end) for cue in context.cues[position]}
    return dict.fromkeys(sorted(names), 1.0)


def told_count(context: Context, index: int) -> int | None:
    """Give the number that the words around a renewal's length tell of; None where they tell of none above one."""
    mention = context.mentions[index]
    begin, end = context.sentence_of(mention.first)
    count = count_of(" ".join(context.words.lower[max(begin, mention.first - _BEFORE) : min(end, mention.last + _BEHIND)]), False)
    return count if isinstance(count, int) and count > 1 else None


def tier_features(context: Context, first: int, last: int) -> dict[str, float]:
    """Describe a royalty of which one rate or none is told, to tell whether the rate changes.

    Parameters
    ----------
    context : Context
        The text.
    first, last : int
        Its first and last mention.

    Returns
    -------
    dict of str to float
        Feature names and values.
    """
    start, stop = context.mentions[first].first, context.mentions[last].last
    begin, end = context.sentence_of(start)
    names = {f"tier=pattern:{context.mentions[first].pattern}", "tier=bias", f"tier=bound:{bound_cue(context, context.mentions[first])[0]}"}
    names |= bag(context.stems[max(begin, start - 10) : start], "tier=<")
    names |= bag(context.stems[stop : min(end, stop + 22)], "tier=>")
    names |= bag(context.stems[start:stop], "tier=in")
    names |= bag(context.stems[begin:end], "tier=")
    if end < len(context.stems):
        following = context.words.sentences[min(context.words.sentence[start] + 1, len(context.words.sentences) - 1)]
        names |= bag(context.stems[slice(*following)], "tier=next:")
    return dict.fromkeys(sorted(names), 1.0)

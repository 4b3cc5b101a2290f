"""What is known of a sum, a rate, a length, a date or a phrase."""

from __future__ import annotations

from itertools import combinations, islice

from dealterms.candidates import VALUE_LABELS, Mention
from dealterms.features.bound import bound_features
from dealterms.features.context import Context, bag, stem
from dealterms.features.vocabulary import STOPWORDS, VERBS
from dealterms.features.when import when_features

_REACH = 4
_CLAUSE = 14
# So many telling words on each side are looked at in pairs.
_PAIRED = 8


def mention_features(context: Context, index: int) -> dict[str, float]:
    """Describe one candidate.

    Parameters
    ----------
    context : Context
        The text.
    index : int
        Which of its mentions.

    Returns
    -------
    dict of str to float
        Feature names and values.

    Examples
    --------
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of("an upfront fee of $3 million")
    >>> context = Context(words, find_mentions(words), [])
    >>> "near=L2:fee" in mention_features(context, len(context.mentions) - 1)
    True
    """
    mention = context.mentions[index]
    _stems, masked, words = context.stems, context.masked, context.words
    first, last = mention.first, mention.last
    begin, end = context.sentence_of(first)
    names: set[str] = {f"own={mention.pattern}", "own=bias"}
    _own(names, context, mention, index)

    for step in range(1, _REACH + 1):
        left, right = first - step, last + step - 1
        names.add(f"near=L{step}:{masked[left] if left >= begin else '^'}")
        names.add(f"near=R{step}:{masked[right] if right < end else '$'}")
    names.add(f"near=LL:{masked[first - 2] if first - 2 >= begin else '^'} {masked[first - 1] if first > begin else '^'}")
    names.add(f"near=RR:{masked[last] if last < end else '$'} {masked[last + 1] if last + 1 < end else '$'}")
    names |= {f"near=W{a} {b}" for a, b in zip(masked[max(begin, first - 6) : first], masked[max(begin, first - 5) : first]) if a and b}

    same = context.by_label[mention.label]
    rank = context.order[index][0]
    previous = context.mentions[same[rank - 1]] if rank else None
    following = context.mentions[same[rank + 1]] if rank + 1 < len(same) else None
    left_edge = max(begin, previous.last if previous else 0)
    right_edge = min(end, following.first if following else end)
    names |= bag(masked[max(left_edge, first - _CLAUSE) : first], "left=")
    names |= bag(masked[last : min(right_edge, last + _CLAUSE)], "right=")
    names |= bag(masked[begin:first], "sentence=<")
    names |= bag(masked[last:end], "sentence=>")
    sentence = words.sentence[first]
    if sentence:
        names |= bag(masked[slice(*words.sentences[sentence - 1])], "before=")
    _cues(names, context, mention, index, begin, end)
    _list(names, context, mention, index, rank, same, begin, end)
    names.update(context.deal)
    _sides(names, context, mention, begin, end)
    _slots(names, context, mention, begin, end, left_edge, right_edge)
    names |= {
        f"class={side}:{cluster}"
        for side, a, b in (
            ("left", max(left_edge, first - _CLAUSE), first),
            ("right", last, min(right_edge, last + _CLAUSE)),
            ("sentence", begin, end),
        )
        for cluster in context.clusters[a:b]
        if cluster >= 0
    }
    _meaning(names, context, first, last, begin, end, left_edge, right_edge)
    if mention.label in VALUE_LABELS:
        _pairs(names, context, first, last, begin, end)
    when_features(names, context, mention, begin, end)
    for step in range(1, _REACH + 1):
        if first - step >= begin and context.clusters[first - step] >= 0:
            names.add(f"class=L{step}:{context.clusters[first - step]}")
        if last + step - 1 < end and context.clusters[last + step - 1] >= 0:
            names.add(f"class=R{step}:{context.clusters[last + step - 1]}")
    return dict.fromkeys(sorted(names), 1.0)


def _pairs(names: set[str], context: Context, first: int, last: int, begin: int, end: int) -> None:
    """What the nearest words of the sentence say together, on whichever side they stand: "pay" and "licence", "pay" and "expense"."""
    told: set[str] = set()
    for positions in (range(first - 1, begin - 1, -1), range(last, end)):
        near = (s for s in map(context.masked.__getitem__, positions) if s and (s[0].isalpha() or s[0] == "@") and s not in STOPWORDS)
        told.update(islice(near, _PAIRED))
    names.update(f"pair={a} {b}" for a, b in combinations(sorted(told), 2))


def _meaning(names: set[str], context: Context, first: int, last: int, begin: int, end: int, left_edge: int, right_edge: int) -> None:
    """The cues of meaning around a candidate: how near, on which side, and in its own part of the sentence."""
    cues = context.cues
    for side, positions, edge in (("<", range(first - 1, begin - 1, -1), left_edge), (">", range(last, end), right_edge)):
        met: list[str] = []
        for position in positions:
            own = position >= edge if side == "<" else position < edge
            for cue in cues[position]:
                if cue in met:
                    continue
                met.append(cue)
                gap = abs(position - (first if side == "<" else last))
                names.add(f"meaning={side}{cue}{'' if own else ' beyond'}")
                if own:
                    names.add(f"meaning={side}{cue}:{'next' if gap <= 2 else 'near' if gap <= 6 else 'far'}")
                    if len(met) <= 3:
                        names.add(f"meaning={side}{cue} is {len(met)}")
    lower = context.words.lower
    # The item of a list that a candidate is in: from the last ";" or "(ii)" before it to the next after it.
    item_first, item_last = first, last
    while item_first > begin and not _is_mark(lower, item_first - 1):
        item_first -= 1
    while item_last < end and not _is_mark(lower, item_last):
        item_last += 1
    names.add(f"list=marked:{item_first > begin}")
    if item_first > begin or item_last < end:
        names |= bag(context.masked[item_first:first], "item=<") | bag(context.masked[last:item_last], "item=>")
        names |= {f"item={cue}" for position in range(item_first, item_last) for cue in cues[position]}
    # "when net sales exceed $100 million": a threshold, not a payment.
    behind = [cue for position in range(max(left_edge, first - 5), first) for cue in cues[position]]
    if "threshold" in behind or "event" in behind:
        sales = any(lower[position] in _SALES for position in range(max(begin, first - 9), first)) or any(
            lower[position] in _SALES for position in range(last, min(end, last + 4))
        )
        paid = any(lower[position] in _PAID for position in range(max(left_edge, first - 6), first))
        names.add(f"meaning=threshold:{'sales' if sales else 'other'}{' paid' if paid else ''}")
    if any(lower[position] in _SALES for position in range(last, min(end, last + 4))):
        names.add("meaning=of sales")
    if last < end and lower[last] in {"upon", "if", "when", "on", "for", "once", "at"}:
        names.add(
            f"meaning=then:{lower[last]} "
            + "+".join(sorted({cue for position in range(last + 1, min(end, last + 7)) for cue in cues[position] if cue in _TELLING}))
        )
    told = {cue for position in range(begin, end) for cue in cues[position]}
    names |= {f"meaning=sentence:{cue}" for cue in told}
    names |= {f"meaning=without:{cue}" for cue in ("event", "option", "equity", "royalty", "term", "hedge", "renewing") if cue not in told}
    nearby = sorted({cue for p in range(left_edge, right_edge) if not first <= p < last for cue in cues[p] if cue in _TELLING})
    names |= {f"meaning={a}+{b}" for i, a in enumerate(nearby) for b in nearby[i + 1 :]}


def _is_mark(lower: list[str], position: int) -> bool:
    """Tell whether a word is ";" or closes the "(ii)" of a list."""
    return lower[position] == ";" or (
        lower[position] == ")"
        and position > 1
        and lower[position - 2] == "("
        and len(lower[position - 1]) <= 4
        and lower[position - 1][0] not in "$€£¥"
    )


_SALES = frozenset(["sales", "revenue", "revenues", "turnover", "receipts", "purchases"])
_PAID = frozenset(
    "pay pays paid payment payments milestone milestones fee fees receive receives received owe owes bonus earn earns".split()
)
_TELLING = frozenset(
    (
        "signing event sales_event threshold option ending equity goods minimum recurring cost whole accounts term royalty "
        "renewing notice past hedge research"
    ).split()
)


# Words that stand between a sum and what it is called: bounds, articles, adverbs.
_FILLERS = frozenset(
    (
        "up to an a the aggregate total sum amount amounts nearly approximately about roughly around some another additional "
        "further maximum minimum least at more less than not exceed exceeding exceeds as much many over equal estimated initial "
        "one time one-time cash non refundable nonrefundable - , of no in excess just under above below is are was were be been "
        "being which that shall will would may could might can has have had its his their our"
    ).split()
)
_TRIGGERS = frozenset(
    (
        "upon when if once after following on should provided whenever until before where unless subject contingent depending at within by"
    ).split()
)
_LINKING = frozenset("of is was are were be equal to at in amounting totaling totalling reach total being : ( aggregating reaching".split())
_RELATIONS = frozenset(
    (
        "in for of as toward towards upon when if on per each to by from at after within over once against plus during under "
        "payable due annually"
    ).split()
)


def _slots(names: set[str], context: Context, mention: Mention, begin: int, end: int, left_edge: int, right_edge: int) -> None:
    """What the sum is called: the noun before "of", the words after "in", "for" or "as", the event that it waits for."""
    masked, clusters = context.masked, context.clusters
    first, last = mention.first, mention.last

    def tell(slot: str, positions: list[int]) -> None:
        for position in positions:
            names.add(f"slot={slot}:{masked[position]}")
            if clusters[position] >= 0:
                names.add(f"slot={slot}:c{clusters[position]}")
        if len(positions) > 1:
            names.add(f"slot={slot}:{masked[positions[0]]} {masked[positions[1]]}")

    position = first - 1
    linked = None
    while position >= left_edge and context.words.lower[position] in _FILLERS and first - position < 12:
        if context.words.lower[position] in _LINKING:
            linked = context.words.lower[position]
        position -= 1
    content = [p for p in range(position, max(left_edge, position - 4) - 1, -1) if masked[p] not in STOPWORDS and masked[p]]
    tell("called" if linked else "before", content[:3])
    if content:
        names.add(f"slot=head:{linked or '-'}:{masked[content[0]]}")

    position = last
    relation = None
    if position < right_edge and context.words.lower[position] in _RELATIONS:
        relation = context.words.lower[position]
        position += 1
        while position < right_edge and context.words.lower[position] in _FILLERS and position - last < 6:
            position += 1
    content = [p for p in range(position, min(right_edge, position + 7)) if masked[p] not in STOPWORDS and masked[p]]
    tell(f"after {relation or '-'}", content[:3])

    for side, positions in (("<", range(first - 1, begin - 1, -1)), (">", range(last, end))):
        for position in positions:
            word = context.words.lower[position]
            if word in {";"}:
                break
            if word in _TRIGGERS and (
                word not in {"on", "at", "by", "within", "before", "subject", "until", "where"} or side == ">" or position == begin
            ):
                content = [p for p in range(position + 1, min(end, position + 10)) if masked[p] not in STOPWORDS and masked[p]]
                names.add(f"slot=trigger{side}:{word}")
                for p in content[:5]:
                    names.add(f"slot=event{side}:{masked[p]}")
                    if clusters[p] >= 0:
                        names.add(f"slot=event{side}:c{clusters[p]}")
                break


def _own(names: set[str], context: Context, mention: Mention, index: int) -> None:
    if mention.label == "MONEY":
        names.add(f"own=currency:{mention.value}")
        if mention.low is not None:
            names.add(f"own=size:{len(str(int(mention.low)))}")
            names.add(f"own=cents:{mention.low != int(mention.low)}")
    elif mention.label == "PERCENT":
        names.add(
            f"own=rate:{'none' if mention.low is None else 'small' if mention.low < 15 else 'middle' if mention.low < 35 else 'half' if mention.low == 50 else 'large'}"
        )
    elif mention.label == "DURATION":
        names.add(f"own=length:{(mention.value or '')[-1:]}")
        names.add(f"own=value:{mention.value}")
    elif mention.label == "DATE":
        names.add(f"own=precision:{len(mention.value or '')}")
    else:
        names.add(f"own=words:{' '.join(context.stems[mention.first : mention.last])}")
    names.add(f"own=in_brackets:{context.words.lower[mention.first - 1 : mention.first] == ['(']}")
    bound_features(names, context, mention)


def _cues(names: set[str], context: Context, mention: Mention, index: int, begin: int, end: int) -> None:
    """The nearest phrases of each kind before and after, in the sentence, and whether another sum stands between."""
    own_label = mention.label
    nearest: dict[str, tuple[int, str]] = {}
    position = index
    mentions = context.mentions
    for step in (-1, 1):
        position = index + step
        crossed = 0
        while 0 <= position < len(mentions):
            other = mentions[position]
            if (other.last <= begin) if step < 0 else (other.first >= end):
                break
            if other.label == own_label and own_label not in {"PAYMENT", "ROYALTY", "RENEW", "EVENT"}:
                crossed += 1
            if other.label in {"PAYMENT", "ROYALTY", "RENEW", "EVENT", "PERCENT", "MONEY", "DURATION"} and other.label != own_label:
                side = "<" if step < 0 else ">"
                gap = mention.first - other.last if step < 0 else other.first - mention.last
                name = other.pattern if other.label in {"PAYMENT", "ROYALTY", "RENEW"} else other.label
                key = f"{side}{name}"
                if key not in nearest:
                    nearest[key] = (gap, key)
                    names.add(f"cue={key}:{'touch' if gap <= 2 else 'near' if gap <= 6 else 'far'}{'x' * min(crossed, 1)}")
                first_key = f"{side}first:{other.label}"
                if first_key not in nearest and not crossed:
                    nearest[first_key] = (gap, name)
                    phrase = (
                        " ".join(context.stems[other.first : other.last])
                        if other.label in {"PAYMENT", "ROYALTY", "RENEW", "EVENT"}
                        else other.label
                    )
                    names.add(f"cue={side}first:{phrase}")
            position += step
    verb_left = next((context.words.lower[i] for i in range(mention.first - 1, begin - 1, -1) if context.words.lower[i] in VERBS), "none")
    verb_right = next((context.words.lower[i] for i in range(mention.last, end) if context.words.lower[i] in VERBS), "none")
    names.add(f"cue=verb<{stem(verb_left)}")
    names.add(f"cue=verb>{stem(verb_right)}")


def _list(names: set[str], context: Context, mention: Mention, index: int, rank: int, same: list[int], begin: int, end: int) -> None:
    """Where a candidate stands among its like: in a list, whole or part, told before."""
    mentions = context.mentions
    names.add(f"list=rank:{min(rank, 4)}")
    names.add(f"list=rank_from_end:{min(len(same) - rank - 1, 3)}")
    inside = [i for i in context.mentions_in(begin, end) if mentions[i].label == mention.label]
    names.add(f"list=in_sentence:{min(len(inside), 4)}")
    names.add(f"list=place:{min(inside.index(index), 3)}")
    names.add(f"list=sentence:{min(context.words.sentence[mention.first], 6)}")
    sentences = len(context.words.sentences)
    names.add(f"list=depth:{4 * context.words.sentence[mention.first] // max(sentences, 1)}")
    if mention.label == "MONEY" and mention.low is not None:
        names.add(f"list=largest:{[mention.low] >= context.largest}")
        later = [v for i in same[rank + 1 : rank + 6] if (v := mentions[i].low) is not None]
        total = 0
        for count, value in enumerate(later, 1):
            total += value  # type: ignore[assignment]
            if count > 1 and total == mention.low:
                names.add("list=sum_of_following")
        for back in range(1, min(rank, 5) + 1):
            whole = mentions[same[rank - back]]
            if whole.low is not None and mention.low < whole.low and whole.low < 100 * mention.low:
                parts = [mentions[i].low for i in same[rank - back + 1 : rank + 6]]
                total = 0
                for part in parts:
                    total += part or 0  # type: ignore[assignment]
                    if total == whole.low:
                        names.add("list=part_of_whole")
        first_rank, last_rank = context.value_ranks["MONEY", mention.low]
        if first_rank < rank:
            names.add("list=told_before")
        if last_rank > rank:
            names.add("list=told_again")
    if mention.label in {"DURATION", "DATE"} and context.value_ranks[mention.label, mention.value][0] < rank:
        names.add("list=told_before")


def _sides(names: set[str], context: Context, mention: Mention, begin: int, end: int) -> None:
    """Who stands before and after in the sentence."""
    for side, positions in (("<", range(mention.first - 1, begin - 1, -1)), (">", range(mention.last, end))):
        number = next((context.company[p] for p in positions if p in context.company), None)
        who = "none" if number is None else "filer" if context.entities[number].registrant else "other"
        names.add(f"party={side}{who}")
    inside = {context.company[p] for p in range(begin, end) if p in context.company}
    names.add(f"party=count:{min(len(inside), 3)}")

"""What the classifier knows of a candidate, as named features; training and extraction share this file.

Features come in groups (``GROUPS``), so that what each is worth can be measured (``training/RESULTS.md``). A feature's name
begins with its group.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from dealterms.candidates import Found, Mention
from dealterms.entities import Entity
from dealterms.normalize.count import count_of
from dealterms.resources import word_clusters
from dealterms.words import Words

# Raise when the meaning of a feature changes: models of another version are refused.
VERSION = 1
GROUPS = (
    "own",
    "near",
    "left",
    "right",
    "sentence",
    "before",
    "cue",
    "slot",
    "list",
    "deal",
    "party",
    "class",
    "meaning",
    "item",
    "between",
    "text",
    "link",
    "count",
    "tier",
    "second",
)
_STEMMER = snowballstemmer.stemmer("english")
_REACH = 4
_CLAUSE = 14
_STOPWORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "and",
        "or",
        "for",
        "on",
        "by",
        "with",
        "as",
        "at",
        "from",
        "its",
        "it",
        "is",
        "be",
        "that",
        "which",
        "this",
        "such",
        "any",
        ",",
        ".",
        "(",
        ")",
        '"',
        "'",
        ":",
        "-",
    ]
)
_VERBS = frozenset(
    (
        "pay paid pays receive received receives grant granted grants license licensed purchase purchased purchases buy bought "
        "buys acquire acquired sell sold sells supply supplies fund funds funded reimburse reimbursed invest invested invests "
        "spend spent lend lent borrow borrowed contribute owe owed owes earn earned earns make made makes provide provides "
        "provided include includes total totals consist consists issue issued terminate terminated terminates expire expires "
        "renew renewed renews extend extended extends exercise exercised manufacture develop developed develops distribute "
        "distributes market markets commercialize commercializes collaborate announced entered agreed amended exceed exceeds "
        "exceeded reach reaches reached generate generated recorded reported had was were spent incurred estimated expects "
        "expected"
    ).split()
)
_DEAL_WORDS = frozenset(
    (
        "licens option collabor research develop suppli distribut manufactur purchas asset acquisit franchis trademark brand "
        "patent settlement settl litig joint ventur grant contract govern mine royalti properti hotel game softwar product "
        "trial clinic univers servic amend termin credit loan note merger employ leas offer share dividend restat exclus promot "
        "store retail output stream"
    ).split()
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the stem of a word in lower case; figures become their shape.

    Parameters
    ----------
    word : str
        One word.

    Returns
    -------
    str
        Its Snowball stem; ``#`` for figures, with the number of digits, and ``#year`` for years.

    Examples
    --------
    >>> stem("payments"), stem("1999"), stem("250,000")
    ('payment', '#year', '#6')
    """
    if word[0].isdigit():
        digits = word.replace(",", "").split(".")[0]
        return "#year" if len(digits) == 4 and digits[:2] in {"19", "20"} and "," not in word else f"#{len(digits)}"
    return _STEMMER.stemWord(word) if word.isalpha() else word


class Context:
    """Everything that the features of one text share."""

    def __init__(self, words: Words, found: Found, entities: list[Entity]) -> None:
        self.words = words
        self.mentions = found.mentions
        self.bounds = found.bounds
        self.cues: list[tuple[str, ...]] = [()] * len(words)
        for first, last, cue in found.cues:
            for position in range(first, last):
                if cue[4:] not in self.cues[position]:
                    self.cues[position] = (*self.cues[position], cue[4:])
        self.entities = entities
        self.stems = [stem(word) for word in words.lower]
        self.company: dict[int, int] = {}
        for number, entity in enumerate(entities):
            for first, last in entity.places:
                for position in range(first, last):
                    self.company[position] = number
        self.masked = list(self.stems)
        for position, number in self.company.items():
            self.masked[position] = "@filer" if entities[number].registrant else "@name"
        by_label: dict[str, list[int]] = {}
        for index, mention in enumerate(self.mentions):
            by_label.setdefault(mention.label, []).append(index)
        self.by_label = by_label
        self.order = {index: (rank, len(indexes)) for indexes in by_label.values() for rank, index in enumerate(indexes)}
        for mention in self.mentions:
            if mention.label in {"MONEY", "PERCENT", "DURATION", "DATE"}:
                for position in range(mention.first, mention.last):
                    self.masked[position] = f"@{mention.label.lower()}"
        for index in by_label.get("MONEY", []):
            mention = self.mentions[index]
            self.masked[mention.first : mention.last] = ["@money"] + [""] * (mention.last - mention.first - 1)
        clusters = word_clusters()
        self.clusters = [
            -1 if i in self.company or s in _STOPWORDS else clusters.get(word, -1)
            for i, (word, s) in enumerate(zip(words.lower, self.stems))
        ]
        self.deal = sorted({f"deal={s}" for s in set(self.stems) if s in _DEAL_WORDS})
        self.bound_starts = [first for first, _, _ in self.bounds]

    def sentence_of(self, position: int) -> tuple[int, int]:
        """Give the range of words of the sentence that a word is in."""
        return self.words.sentences[self.words.sentence[position]]


def _bag(stems: Iterable[str], prefix: str) -> set[str]:
    return {f"{prefix}{s}" for s in stems if s and s not in _STOPWORDS}


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
    names |= _bag(masked[max(left_edge, first - _CLAUSE) : first], "left=")
    names |= _bag(masked[last : min(right_edge, last + _CLAUSE)], "right=")
    names |= _bag(masked[begin:first], "sentence=<")
    names |= _bag(masked[last:end], "sentence=>")
    sentence = words.sentence[first]
    if sentence:
        names |= _bag(masked[slice(*words.sentences[sentence - 1])], "before=")
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
    for step in range(1, _REACH + 1):
        if first - step >= begin and context.clusters[first - step] >= 0:
            names.add(f"class=L{step}:{context.clusters[first - step]}")
        if last + step - 1 < end and context.clusters[last + step - 1] >= 0:
            names.add(f"class=R{step}:{context.clusters[last + step - 1]}")
    return dict.fromkeys(sorted(names), 1.0)


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
        names |= _bag(context.masked[item_first:first], "item=<") | _bag(context.masked[last:item_last], "item=>")
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
    content = [p for p in range(position, max(left_edge, position - 4) - 1, -1) if masked[p] not in _STOPWORDS and masked[p]]
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
    content = [p for p in range(position, min(right_edge, position + 7)) if masked[p] not in _STOPWORDS and masked[p]]
    tell(f"after {relation or '-'}", content[:3])

    for side, positions in (("<", range(first - 1, begin - 1, -1)), (">", range(last, end))):
        for position in positions:
            word = context.words.lower[position]
            if word in {";"}:
                break
            if word in _TRIGGERS and (
                word not in {"on", "at", "by", "within", "before", "subject", "until", "where"} or side == ">" or position == begin
            ):
                content = [p for p in range(position + 1, min(end, position + 10)) if masked[p] not in _STOPWORDS and masked[p]]
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
    names.add(f"own=bound:{bound_cue(context, mention)[0]}")


def bound_cue(context: Context, mention: Mention) -> tuple[str, int]:
    """Give the kind of the nearest bound before a candidate, and how many words it is away (99 where none)."""
    begin, _ = context.sentence_of(mention.first)
    position = bisect_left(context.bound_starts, mention.first) - 1
    while position >= 0 and context.bounds[position][0] >= begin:
        _first, last, pattern = context.bounds[position]
        if pattern != "bound.approximate":
            between = context.masked[last : mention.first]
            if "@money" not in between and "@percent" not in between:
                return pattern.removeprefix("bound."), mention.first - last
            break
        position -= 1
    return "none", 99


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
    verb_left = next((context.words.lower[i] for i in range(mention.first - 1, begin - 1, -1) if context.words.lower[i] in _VERBS), "none")
    verb_right = next((context.words.lower[i] for i in range(mention.last, end) if context.words.lower[i] in _VERBS), "none")
    names.add(f"cue=verb<{stem(verb_left)}")
    names.add(f"cue=verb>{stem(verb_right)}")


def _list(names: set[str], context: Context, mention: Mention, index: int, rank: int, same: list[int], begin: int, end: int) -> None:
    """Where a candidate stands among its like: in a list, whole or part, told before."""
    mentions = context.mentions
    names.add(f"list=rank:{min(rank, 4)}")
    names.add(f"list=rank_from_end:{min(len(same) - rank - 1, 3)}")
    inside = [i for i in same if begin <= mentions[i].first < end]
    names.add(f"list=in_sentence:{min(len(inside), 4)}")
    names.add(f"list=place:{min(inside.index(index), 3)}")
    names.add(f"list=sentence:{min(context.words.sentence[mention.first], 6)}")
    sentences = len(context.words.sentences)
    names.add(f"list=depth:{4 * context.words.sentence[mention.first] // max(sentences, 1)}")
    if mention.label == "MONEY" and mention.low is not None:
        values = [mentions[i].low for i in same if i != index and mentions[i].low is not None]
        names.add(f"list=largest:{all(mention.low >= v for v in values if v is not None)}")
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
        if any(mentions[i].low == mention.low for i in same[:rank]):
            names.add("list=told_before")
        if any(mentions[i].low == mention.low for i in same[rank + 1 :]):
            names.add("list=told_again")
    if mention.label in {"DURATION", "DATE"} and any(mentions[i].value == mention.value for i in same[:rank]):
        names.add("list=told_before")


def _sides(names: set[str], context: Context, mention: Mention, begin: int, end: int) -> None:
    """Who stands before and after in the sentence."""
    for side, positions in (("<", range(mention.first - 1, begin - 1, -1)), (">", range(mention.last, end))):
        number = next((context.company[p] for p in positions if p in context.company), None)
        who = "none" if number is None else "filer" if context.entities[number].registrant else "other"
        names.add(f"party={side}{who}")
    inside = {context.company[p] for p in range(begin, end) if p in context.company}
    names.add(f"party=count:{min(len(inside), 3)}")


def party_features(context: Context, number: int) -> dict[str, float]:
    """Describe one who is named.

    Parameters
    ----------
    context : Context
        The text.
    number : int
        Which of its entities.

    Returns
    -------
    dict of str to float
        Feature names and values.

    Examples
    --------
    >>> from dealterms.entities import find_entities
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of("Acme Inc. licensed its patents to Beta GmbH.")
    >>> found = find_mentions(words)
    >>> "near=R1:licens" in party_features(Context(words, found, find_entities(words, found.mentions)), 0)
    True
    """
    entity = context.entities[number]
    masked, words = context.masked, context.words
    names: set[str] = {
        "own=bias",
        f"own=registrant:{entity.registrant}",
        f"own=legal:{entity.legal}",
        f"own=defined:{bool(entity.defined)}",
    }
    names.add(f"own=mentions:{min(len(entity.places), 6)}")
    names.add(f"own=first_sentence:{min(words.sentence[entity.places[0][0]], 5)}")
    order = sorted(range(len(context.entities)), key=lambda n: context.entities[n].places[0])
    names.add(f"own=order:{min(order.index(number), 6)}")
    strong = [n for n in order if context.entities[n].legal or context.entities[n].registrant or context.entities[n].defined]
    names.add(f"own=strong_order:{min(strong.index(number), 5) if number in strong else 'no'}:{min(len(strong), 5)}")
    most = max(len(e.places) for e in context.entities)
    names.add(f"own=share:{4 * len(entity.places) // most}")
    for word in entity.key:
        names.add(f"own=word:{stem(word)}")
    for term in entity.defined:
        names.add(f"own=term:{term}")
    names.add(f"own=words:{min(len(entity.key), 4)}")
    names.add(f"own=upper:{entity.name.isupper()}")
    context_words: set[str] = set()
    for first, last in entity.places[:40]:
        begin, end = context.sentence_of(first)
        for step in range(1, 4):
            left, right = first - step, last + step - 1
            names.add(f"near=L{step}:{masked[left] if left >= begin else '^'}")
            names.add(f"near=R{step}:{masked[right] if right < end else '$'}")
        names.add(f"near=LL:{masked[first - 2] if first - 2 >= begin else '^'} {masked[first - 1] if first > begin else '^'}")
        names.add(f"near=RR:{masked[last] if last < end else '$'} {masked[last + 1] if last + 1 < end else '$'}")
        _subject(names, context, first, last, begin, end, number)
        _neighbours(names, context, first, last, begin, end, number)
        if masked[last : last + 1] == ["'s"]:
            names |= {f"right='s:{s}" for s in masked[last + 1 : last + 4] if s not in _STOPWORDS}
        context_words |= _bag(masked[max(begin, first - 8) : first], "left=") | _bag(masked[last : min(end, last + 8)], "right=")
        if words.sentence[first] == words.sentence[entity.places[0][0]]:
            context_words |= _bag(masked[begin:end], "sentence=")
    names |= context_words
    names.update(context.deal)
    kind = "filer" if entity.registrant else "other"
    names.update(f"party={kind}:{name}" for name in context.deal)
    return dict.fromkeys(sorted(names), 1.0)


def _subject(names: set[str], context: Context, first: int, last: int, begin: int, end: int, number: int) -> None:
    """What a party does, and what is done to, from or with it: the nearest verbs with no other name between."""
    masked, words = context.masked, context.words
    kind = "filer" if context.entities[number].registrant else "other"
    for position in range(last, min(end, last + 10)):
        if position in context.company and context.company[position] != number:
            break
        if words.lower[position] in _VERBS:
            passive = any(w in {"was", "were", "been", "be", "is", "are", "being"} for w in words.lower[max(last, position - 3) : position])
            verb = f"{'be ' if passive else ''}{masked[position]}"
            things = [masked[p] for p in range(position + 1, min(end, position + 8)) if masked[p] and masked[p] not in _STOPWORDS]
            names.add(f"right=does:{verb}")
            names |= {f"right=does:{verb} {thing}" for thing in things[:4]}
            link = next((w for w in words.lower[position + 1 : position + 12] if w in {"to", "from"}), "-")
            names.add(f"right=does:{verb} {link}")
            break
    link = next(
        (
            words.lower[p]
            for p in range(first - 1, max(begin, first - 4) - 1, -1)
            if words.lower[p] in {"to", "from", "by", "with", "of", "for", "against"}
        ),
        "-",
    )
    for position in range(first - 1, max(begin, first - 12) - 1, -1):
        if words.lower[position] in _VERBS:
            passive = any(
                w in {"was", "were", "been", "be", "is", "are", "being"} for w in words.lower[max(begin, position - 3) : position]
            )
            verb = f"{'be ' if passive else ''}{masked[position]}"
            crossed = any(p in context.company and context.company[p] != number for p in range(position, first))
            names.add(f"left=done:{verb} {link}{' x' if crossed else ''}")
            names.add(f"left=done:{verb} {link} {kind}")
            things = [
                masked[p] for p in range(position + 1, first) if masked[p] and masked[p] not in _STOPWORDS and p not in context.company
            ]
            names |= {f"left=done:{verb} {thing} {link}" for thing in things[:4]}
            break
    names.add(f"left=link:{link}")


def _neighbours(names: set[str], context: Context, first: int, last: int, begin: int, end: int, number: int) -> None:
    """The words between a party and the next name on either side, in order: who does what to whom."""
    masked, clusters, company = context.masked, context.clusters, context.company
    for side, positions in ((">", range(last, min(end, last + 16))), ("<", range(first - 1, max(begin, first - 16) - 1, -1))):
        between = []
        met = False
        for position in positions:
            if position in company and company[position] != number:
                met = True
                break
            if position not in company:
                between.append(position)
        whom = "name" if met else "-"
        for place, position in enumerate(between):
            if masked[position] and masked[position] not in {",", "the", "a", "an", "(", ")", '"', "'"}:
                names.add(f"between={side}{whom}:{masked[position]}")
                if clusters[position] >= 0:
                    names.add(f"between={side}{whom}:c{clusters[position]}")
                    if place < 5:
                        names.add(f"between={side}:c{clusters[position]}")


def text_features(context: Context) -> dict[str, float]:
    """Describe a whole text, to tell whether it is about a deal.

    Parameters
    ----------
    context : Context
        The text.

    Returns
    -------
    dict of str to float
        Feature names and values.

    Examples
    --------
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of("A licence was granted.")
    >>> "text=licenc" in text_features(Context(words, find_mentions(words), []))
    True
    """
    names = _bag(context.masked, "text=")
    names |= {f"text={a} {b}" for a, b in zip(context.stems, context.stems[1:]) if a not in _STOPWORDS and b not in _STOPWORDS}
    for mention in context.mentions:
        if mention.label in {"PAYMENT", "ROYALTY", "RENEW"}:
            names.add(f"text=cue:{mention.pattern}")
    names.add("text=bias")
    counts: dict[str, int] = {}
    for cues in context.cues:
        for cue in cues:
            counts[cue] = counts.get(cue, 0) + 1
    names |= {
        f"text=meaning:{cue}:{share}"
        for cue, count in counts.items()
        for share in range(1, 1 + min(5, 200 * count // (len(context.cues) or 1)))
    }
    for position, form in enumerate(context.stems):
        if form in {"agreement", "contract", "ventur", "allianc", "licens", "right", "settlement"}:
            begin, _ = context.sentence_of(position)
            names |= {f"text=title:{s} {form}" for s in context.stems[max(begin, position - 4) : position] if s not in _STOPWORDS}
    for first, last in context.words.sentences[:2]:
        names |= _bag(context.masked[first:last], "text=first:")
    names |= {f"text=class:{cluster}" for cluster in set(context.clusters) if cluster >= 0}
    for _number, entity in enumerate(context.entities[:8]):
        kind = "filer" if entity.registrant else "other"
        for first, last in entity.places[:20]:
            _, end = context.sentence_of(first)
            verb = next((context.words.lower[i] for i in range(last, min(end, last + 8)) if context.words.lower[i] in _VERBS), None)
            if verb:
                names.add(f"text={kind} {stem(verb)}")
    return dict.fromkeys(sorted(names), 1.0)


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
    near = lower[max(begin, mention.first - 12) : min(end, mention.last + 10)]
    told = " ".join(near)
    for automatic in (True, False):
        names.add(f"count=rule{automatic:d}:{count_of(told, automatic)}")
    names.add(f"count=whole:{count_of(' '.join(lower[begin:end]), False)}")
    names |= {f"count=near:{word}" for word in near}
    names |= {f"count=near:{a} {b}" for a, b in itertools.pairwise(near)}
    for step in range(1, 6):
        names.add(f"count=L{step}:{lower[mention.first - step] if mention.first - step >= begin else '^'}")
        names.add(f"count=R{step}:{lower[mention.last + step - 1] if mention.last + step - 1 < end else '$'}")
    names |= {f"count=cue:{cue}" for position in range(begin, end) for cue in context.cues[position]}
    return dict.fromkeys(sorted(names), 1.0)


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
    names |= _bag(context.stems[max(begin, start - 10) : start], "tier=<")
    names |= _bag(context.stems[stop : min(end, stop + 22)], "tier=>")
    names |= _bag(context.stems[start:stop], "tier=in")
    names |= _bag(context.stems[begin:end], "tier=")
    if end < len(context.stems):
        following = context.words.sentences[min(context.words.sentence[start] + 1, len(context.words.sentences) - 1)]
        names |= _bag(context.stems[slice(*following)], "tier=next:")
    return dict.fromkeys(sorted(names), 1.0)

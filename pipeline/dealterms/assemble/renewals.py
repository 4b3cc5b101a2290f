"""Renewals: length, count, notice, holder and fee of each right or mechanism to renew."""

from __future__ import annotations

import re

from dealterms.assemble.links import is_background, quote, reason
from dealterms.assemble.parties import Sides
from dealterms.classifier import Models
from dealterms.decisions import Decisions
from dealterms.features import Context, count_features, told_count
from dealterms.normalize.recurrence import length_without_unit
from dealterms.types import Renewal

# So many sentences on, "five more" still means the years told last.
_UNIT_KEPT = 2
_FEE = re.compile(r"\b(?:fees?|payment|pay|paying|cost|costs|price|[$€£¥]|funded|charge)\b|[$€£¥]", re.I)


def assemble_renewals(context: Context, decisions: Decisions, models: Models, sides: Sides) -> tuple[Renewal, ...]:
    """Make renewals of the lengths and words that tell of them.

    Parameters
    ----------
    context : Context
        The text.
    decisions : Decisions
        What each candidate is.
    models : Models
        For the reasons.
    sides : Sides
        Who may hold the right.

    Returns
    -------
    tuple of Renewal
        In the order of the text.
    """
    by_sentence: dict[int, list[int]] = {}
    for index, mention in enumerate(context.mentions):
        if decisions.mentions[index].role == "renewal":
            by_sentence.setdefault(context.words.sentence[mention.first], []).append(index)
    lengths = {s for s, group in by_sentence.items() if any(context.mentions[i].label == "DURATION" for i in group)}
    renewals: list[Renewal] = []
    seen: set[tuple[object, ...]] = set()
    for sentence, group in sorted(by_sentence.items()):
        durations = [i for i in group if context.mentions[i].label == "DURATION"]
        if not durations and lengths & {sentence - 1, sentence + 1}:
            continue  # the neighbour sentence tells the length of the same renewal
        anchors = [i for i in group if context.mentions[i].label == "RENEW"]
        for part in [[i] for i in durations] or [anchors]:
            renewal = _renewal(context, decisions, models, sides, part, anchors)
            key = (renewal.length, renewal.count, renewal.automatic, renewal.background)
            if key not in seen:
                seen.add(key)
                renewals.append(renewal)
    return tuple(renewals)


def _count(context: Context, models: Models, index: int) -> int | str | None:
    """Give how often: the number that the words tell, else the likeliest answer."""
    told = told_count(context, index)
    if told is not None:
        return told
    chances = models.linear["COUNT"].probabilities(count_features(context, index))
    answer = max(chances, key=lambda label: (chances[label], label))
    return None if answer == "unsaid" else int(answer) if answer.isdigit() else answer


def _length(context: Context, part: list[int]) -> str | None:
    """Give the length of a renewal beside which none stands with its unit."""
    words = context.words
    for index in part:
        mention = context.mentions[index]
        begin, end = context.sentence_of(mention.first)
        near, _ = words.sentences[max(words.sentence[mention.first] - _UNIT_KEPT, 0)]
        told = [m.value for i in context.mentions_in(near, mention.first) if (m := context.mentions[i]).label == "DURATION" and m.value]
        unit = told[-1][-1] if told else None
        length = length_without_unit(
            " ".join(words.lower[mention.last : end]),
            " ".join(words.lower[begin : mention.first]) + " ",
            unit if unit in {"Y", "M"} else None,
        )
        if length:
            return length
    return None


def _renewal(context: Context, decisions: Decisions, models: Models, sides: Sides, part: list[int], anchors: list[int]) -> Renewal:
    index = part[0]
    mention, decision = context.mentions[index], decisions.mentions[index]
    begin, end = context.sentence_of(mention.first)
    words = context.words
    whole = " ".join(words.lower[begin:end])
    length = mention.value if mention.label == "DURATION" else _length(context, part)
    automatic = sum(decisions.mentions[i].automatic for i in (*part, *anchors)) > 0.5 * len((*part, *anchors))
    notice = next(
        (
            context.mentions[i].value
            for i in context.by_label.get("DURATION", ())
            if decisions.mentions[i].role == "notice"
            and abs(words.sentence[context.mentions[i].first] - words.sentence[mention.first]) <= 1
        ),
        None,
    )
    holder = None
    if not automatic and anchors:
        anchor = context.mentions[anchors[0]]
        before = [context.company[p] for p in range(begin, anchor.first) if context.company.get(p) in sides.names]
        holder = sides.names[before[-1]] if len(set(before)) == 1 else None
    reach = [context.mentions[i] for i in (*part, *[a for a in anchors if abs(context.mentions[a].first - mention.first) < 14])]
    start, stop, told = quote(context, min(m.first for m in reach), max(m.last for m in reach))
    return Renewal(
        length,
        _count(context, models, index),
        automatic,
        holder,
        notice,
        bool(_FEE.search(whole)),
        is_background(decision),
        told,
        start,
        stop,
        round(decision.confidence, 4),
        reason(models, mention, decision, "renewals.sentence"),
    )

"""Royalties: tiers of one obligation made one record, royalties per unit, and royalties whose rate is not told."""

from __future__ import annotations

import re
from decimal import Decimal

from dealterms.assemble.links import is_background, payer_and_payee, quote, reason, unit_after
from dealterms.assemble.parties import Sides
from dealterms.classifier import Models
from dealterms.decisions import Decisions
from dealterms.features import Context, link_features, tier_features
from dealterms.types import Royalty

_BASE = re.compile(
    r"(?:of|on|upon|from)\s+(?:(?:its|their|our|all|any|the|such|annual|worldwide|future|aggregate|certain|[A-Z][\w'’]*)\s+){0,4}?"
    r"(?P<base>(?:(?:annual|worldwide|future|adjusted|operating|gross|net|sublicen[sc]\w+|non-royalty|wholesale|product|licensing|license)\s+){0,3}"
    r"(?:sales|revenues?|profits?|proceeds|income|receipts|selling prices?|invoice(?:d)? prices?|margins?|billings|smelter returns?|recoveries|consideration|collections|fees)\b)",
    re.I,
)


def assemble_royalties(context: Context, decisions: Decisions, models: Models, sides: Sides) -> tuple[Royalty, ...]:
    """Make royalties of the rates, of the sums per unit, and of phrases where no rate is told.

    Parameters
    ----------
    context : Context
        The text.
    decisions : Decisions
        What each candidate is.
    models : Models
        Their ``LINK`` tells whether two rates are of one royalty.
    sides : Sides
        Who pays whom.

    Returns
    -------
    tuple of Royalty
        In the order of the text.
    """
    royalties = []
    for group in royalty_groups(context, decisions, models):
        mentions = [context.mentions[i] for i in group]
        decision = decisions.mentions[group[0]]
        low = high = amount = currency = per = None
        if mentions[0].label == "MONEY":
            amount, currency = max(m.high or Decimal(0) for m in mentions), mentions[0].value
            per = unit_after(context, mentions[0])
            tiered = len({m.low for m in mentions}) > 1
        elif mentions[0].label == "PERCENT" and any(m.low is not None for m in mentions):
            low, high, tiered = _ends(context, decisions, group)
            tiered = tiered or _is_tiered(context, models, group)
        else:
            tiered = _is_tiered(context, models, group)
        first, last = _reach(context, mentions[0].first, mentions[-1].last)
        start, stop, words = quote(context, first, last)
        payer, payee = payer_and_payee(context, mentions[0], sides)
        royalties.append(
            Royalty(
                low,
                high,
                tiered,
                amount,
                currency,
                per,
                _base(context, mentions[0].first, mentions[-1].last),
                payer,
                payee,
                is_background(decision),
                words,
                start,
                stop,
                round(min(decisions.mentions[i].confidence for i in group), 4),
                reason(models, mentions[0], decision, "royalties.tiers" if len(group) > 1 else "royalties.rate"),
            )
        )
    return tuple(sorted(_distinct(royalties), key=lambda royalty: (royalty.start, royalty.end)))


def royalty_groups(context: Context, decisions: Decisions, models: Models) -> list[list[int]]:
    """Group the candidates of one royalty: tiers that follow each other."""
    groups: list[list[int]] = []
    for label in ("PERCENT", "MONEY"):
        last: int | None = None
        for index in context.by_label.get(label, ()):
            if decisions.mentions[index].role != "royalty":
                continue
            linked = last is not None and is_background(decisions.mentions[last]) == is_background(decisions.mentions[index])
            if linked and last is not None and models.linear["LINK"].probabilities(link_features(context, last, index))["same"] > 0.5:
                groups[-1].append(index)
            else:
                groups.append([index])
            last = index
    rated = {context.words.sentence[context.mentions[i].first] for group in groups for i in group}
    told: set[int] = set()
    for index in context.by_label.get("ROYALTY", ()):
        sentence = context.words.sentence[context.mentions[index].first]
        if decisions.mentions[index].role == "royalty" and sentence not in rated | told:
            told.add(sentence)
            groups.append([index])
    return groups


def _ends(context: Context, decisions: Decisions, group: list[int]) -> tuple[Decimal | None, Decimal | None, bool]:
    mentions = [context.mentions[i] for i in group if context.mentions[i].low is not None]
    bound = decisions.mentions[group[0]].bound
    low = min(m.low for m in mentions if m.low is not None)
    high = None if any(m.high is None for m in mentions) else max(m.high for m in mentions if m.high is not None)
    pattern = mentions[0].pattern
    spread = (
        len({(m.low, m.high) for m in mentions}) > 1
        or pattern.startswith("rate.range")
        or (pattern.startswith("rate.band") and bool(re.search(r"\b(?:to|and)\b", context.words.text[mentions[0].start : mentions[0].end])))
    )
    if len(mentions) == 1 and mentions[0].low == mentions[0].high:
        if bound == "cap":
            return None, high, spread
        if bound == "floor":
            return low, None, spread
    if len(mentions) == 1 and bound == "cap" and pattern.startswith("rate.band"):
        return None, high, spread
    return low, high, spread


def _is_tiered(context: Context, models: Models, group: list[int]) -> bool:
    return models.linear["TIERED"].probabilities(tier_features(context, group[0], group[-1]))["tiered"] > 0.5


def _reach(context: Context, first: int, last: int) -> tuple[int, int]:
    """Widen to the word "royalty" beside a rate."""
    begin, end = context.sentence_of(first)
    for mention in (context.mentions[i] for i in context.mentions_in(begin, end)):
        if mention.label == "ROYALTY" and mention.last <= end:
            if first - 10 <= mention.first < first:
                first = mention.first
            elif last < mention.last <= last + 6:
                last = mention.last
    return first, last


def _base(context: Context, first: int, last: int) -> str | None:
    begin, end = context.sentence_of(first)
    after = context.words.slice(last, min(end, last + 14))
    match = _BASE.search(after) or _BASE.search(context.words.slice(max(begin, first - 12), first))
    return match.group("base") if match else None


def _distinct(royalties: list[Royalty]) -> list[Royalty]:
    """Keep one of those told twice, in a heading and in the body."""
    kept: list[Royalty] = []
    seen: set[tuple[object, ...]] = set()
    for royalty in royalties:
        key = (royalty.low, royalty.high, royalty.amount, royalty.background)
        if key in seen and (royalty.low is not None or royalty.high is not None):
            continue
        seen.add(key)
        kept.append(royalty)
    return kept

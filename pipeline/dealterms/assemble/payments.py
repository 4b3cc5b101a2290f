"""Payments: bounds, units, whole and parts, and sums without a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal

from dealterms.assemble.links import is_background, payer_and_payee, quote, reason, unit_after
from dealterms.assemble.parties import Sides
from dealterms.candidates import Mention
from dealterms.classifier import Models
from dealterms.decisions import NONE, Decision, Decisions
from dealterms.features import Context, bound_cue
from dealterms.types import Payment

_LEFT, _RIGHT = 8, 6
_APPROXIMATE = re.compile(
    r"\b(?:approximately|about|roughly|nearly|almost|around|some|estimated|close to|circa|just (?:over|under)|slightly (?:more|less) than)\s+(?:an?\s+)?(?:aggregate of\s+)?$",
    re.I,
)
_CONTINGENT = re.compile(
    r"\b(?:if|upon|when|once|contingent|provided|should|subject to|may|could|potential|eligible|up to|as much as|exercise)\b", re.I
)
_STAGES = {
    "regulatory": re.compile(
        r"\b(?:regulatory|approv\w+|fda|nda|bla|anda|maa|pma|510\(k\)|clearance|ema|submission|filing|authori[sz]ation|registration|registered|reimbursement)\b",
        re.I,
    ),
    "sales": re.compile(r"\b(?:sales|commerciali?[sz]\w*|commercial|launch\w*|revenues?|net sales)\b", re.I),
    "development": re.compile(
        r"\b(?:development|clinical|phase|trial|preclinical|patients?|ind|technical|research|dosing|study|enrol\w+|prototype|feasibility|target|candidate)\b",
        re.I,
    ),
}
_HOME = re.compile(
    r"\b(?:in|are|to|of|dollar amounts[^.]{0,40}|\"?\$\"?[^.]{0,30}) (?P<where>canadian|australian|new zealand|hong kong|singapore) (?:dollars|currency|funds)\b",
    re.I,
)
_HOMES = {"canadian": "CAD", "australian": "AUD", "new zealand": "NZD", "hong kong": "HKD", "singapore": "SGD"}
# A conversion in brackets: told for the reader, not by the contract.
_MOST_BETWEEN = 3
# The share of such places in the labelled narratives that are records.
_RULE_CONFIDENCE = 0.6
# How many words apart two phrases may be of one thing, and the words that make them two.
_BREATH = 6
_LIST = frozenset({",", ";", "and", "or", "plus", "&", "/"})
# "another $2 million": so near before it, or right behind, stands the word that makes a sum one more.
_AGAIN = frozenset("another further second third additional more again other final last remaining".split())
_AGAIN_REACH = 3
# "Not more than $62 nor less than $41": so far apart may the ends of one range be, and its bounds from them.
_MOST_BETWEEN_ENDS, _NEAR_BOUND = 8, 3
_REIMBURSED = ("reimbursement", "research_funding")
_DUTY = frozenset({"will", "shall", "must", "to", "be", "is", "are", "agreed"})
_FEE_PATTERNS = frozenset({"payment.license", "payment.upfront"})


def assemble_payments(context: Context, decisions: Decisions, models: Models, sides: Sides) -> tuple[Payment, ...]:
    """Make payments of the sums, and of phrases for kinds of which no sum is told.

    Parameters
    ----------
    context : Context
        The text.
    decisions : Decisions
        What each candidate is.
    models : Models
        For the reasons.
    sides : Sides
        Who pays whom.

    Returns
    -------
    tuple of Payment
        In the order of the text; a sum that is told again once, and one that is paid again twice.
    """
    payments: list[Payment] = []
    unfigured: list[Payment] = []
    seen: dict[tuple[object, ...], int] = {}
    home = home_currency(context)
    for index in [i for label in ("MONEY", "PAYMENT") for i in context.by_label.get(label, ())]:
        mention, decision = context.mentions[index], decisions.mentions[index]
        if mention.label == "PAYMENT" and decision.role == NONE:
            if _is_renewal_fee(context, decisions, index):
                decision = _by_rule(decision, "license_fee")
            elif _is_duty_to_reimburse(context, index):
                decision = _by_rule(decision, max(_REIMBURSED, key=lambda kind: decision.probabilities.get(kind, 0.0)))
        if decision.role in {NONE, "royalty"} or is_conversion(context, index) or is_outdone(context, decisions, index, decision):
            continue
        figured = mention.label == "MONEY" and mention.low is not None
        low, high = bounds(mention, decision.bound) if figured else (None, None)
        partner = other_end(context, decisions, index)
        if partner is not None:
            if partner < index:
                continue  # told with the end before it
            low, high = sorted((mention.low, context.mentions[partner].low))  # type: ignore[type-var]
        currency = (
            (home if home and mention.value == "USD" and context.words.forms[mention.first] == "$" else mention.value) if figured else None
        )
        background = is_background(decision)
        key = (decision.role, low, high, currency, background)
        sentence = context.words.sentence[mention.first]
        if key in seen and not (figured and (seen[key] == sentence or _is_paid_again(context, mention))):
            continue
        seen[key] = sentence
        payer, payee = payer_and_payee(context, mention, sides)
        start, end, words = _quote(context, mention)
        begin, stop = context.sentence_of(mention.first)
        around = " ".join(context.words.lower[max(begin, mention.first - 14) : min(stop, mention.last + 14)])
        payment = Payment(
            kind=decision.role,
            low=low,
            high=high,
            currency=currency,
            approximate=figured
            and bool(_APPROXIMATE.search(" ".join(context.words.lower[max(begin, mention.first - 5) : mention.first]) + " ")),
            per=unit_after(context, mention) if figured else None,
            milestone=_stage(around) if decision.role == "milestone" else None,
            contingent=decision.role in {"milestone", "option_fee", "termination_fee"}
            or (low is None and high is not None)
            or bool(_CONTINGENT.search(around)),
            payer=payer,
            payee=payee,
            background=background,
            quote=words,
            start=start,
            end=end,
            confidence=round(decision.confidence, 4),
            reason=reason(models, mention, decision, "payments.bound" if low != high else "payments.sum"),
        )
        (payments if figured else unfigured).append(payment)
    told = {(payment.kind, payment.background) for payment in payments}
    for payment in unfigured:
        if (payment.kind, payment.background) not in told:
            told.add((payment.kind, payment.background))
            payments.append(payment)
    return tuple(sorted(payments, key=lambda payment: (payment.start, payment.end, payment.kind)))


def _is_paid_again(context: Context, mention: Mention) -> bool:
    """Tell whether the words call a sum one more like an earlier one, and no repetition of it."""
    return not _AGAIN.isdisjoint(context.words.lower[max(0, mention.first - _AGAIN_REACH) : mention.last + 1])


def _by_rule(decision: Decision, role: str) -> Decision:
    return replace(decision, role=role, probabilities={role: _RULE_CONFIDENCE})


def is_outdone(context: Context, decisions: Decisions, index: int, decision: Decision) -> bool:
    """Tell whether a phrase is part of what a surer one says: "reimbursed" and "cost of" in "reimbursed for its cost of"."""
    mention = context.mentions[index]
    if mention.label != "PAYMENT":
        return False
    begin, end = context.sentence_of(mention.first)
    for i in context.mentions_in(max(begin, mention.first - _BREATH), min(end, mention.last + _BREATH)):
        other, rival = context.mentions[i], decisions.mentions[i]
        if i == index or other.label != "PAYMENT" or rival.role == NONE or (rival.confidence, -i) <= (decision.confidence, -index):
            continue
        between = context.words.lower[min(mention.last, other.last) : max(mention.first, other.first)]
        if len(between) < _BREATH and not _LIST.intersection(between):
            return True
    return False


def _is_renewal_fee(context: Context, decisions: Decisions, index: int) -> bool:
    """Tell whether a phrase is the fee of a renewal that its sentence tells of, where no sum is told."""
    mention = context.mentions[index]
    if mention.pattern not in _FEE_PATTERNS:
        return False
    here = [(context.mentions[i], decisions.mentions[i]) for i in context.mentions_in(*context.sentence_of(mention.first))]
    renewed = any(decision.role == "renewal" and other.last <= mention.first for other, decision in here)
    return renewed and not any(other.label == "MONEY" for other, _ in here)


def _is_duty_to_reimburse(context: Context, index: int) -> bool:
    """Tell whether somebody must pay costs back, in words that tell no sum: "will be reimbursed for", "has agreed to reimburse"."""
    mention = context.mentions[index]
    begin, end = context.sentence_of(mention.first)
    lower = context.words.lower
    if (
        mention.pattern != "payment.reimbursement"
        or not lower[mention.first].startswith("reimburse")
        or lower[mention.first].startswith("reimbursement")
    ):
        return False
    before = lower[max(begin, mention.first - 4) : mention.first]
    figured = any(word == "@money" for word in context.masked[mention.last : end])
    return not figured and bool(_DUTY & set(before)) and not {"not", "no", "neither"} & set(before)


def bounds(mention: Mention, bound: str) -> tuple[Decimal | None, Decimal | None]:
    """Give the ends of a sum: a range has its own, a cap no low end, a floor no high one."""
    if mention.low != mention.high:
        return mention.low, mention.high
    return (None if bound == "cap" else mention.low, None if bound == "floor" else mention.high)


def other_end(context: Context, decisions: Decisions, index: int) -> int | None:
    """Give the sum that is the other end of a range told in two: "at least $1 million and at most $3 million"."""
    mention = context.mentions[index]
    same = context.by_label.get("MONEY", [])
    if mention.label != "MONEY" or mention.low is None or mention.low != mention.high:
        return None
    place = context.order[index][0]
    for other in (*same[place + 1 : place + 2], *same[max(place - 1, 0) : place]):
        first, second = sorted((index, other))
        if _are_ends(context, decisions, first, second):
            return other
    return None


def _are_ends(context: Context, decisions: Decisions, first: int, second: int) -> bool:
    one, two = context.mentions[first], context.mentions[second]
    between = context.words.lower[one.last : two.first]
    return (
        decisions.mentions[first].role == decisions.mentions[second].role
        and one.value == two.value
        and None not in (one.low, two.low)
        and one.low != two.low
        and two.low == two.high
        and len(between) <= _MOST_BETWEEN_ENDS
        and not {";", "."} & set(between)
        and bool({"and", "nor", "but", "or"} & set(between))
        and {bound_cue(context, one)[0], bound_cue(context, two)[0]} == {"floor", "cap"}
        and bound_cue(context, one)[1] <= _NEAR_BOUND
        and (bound_cue(context, two)[0] == "cap") == (two.low > one.low)  # type: ignore[operator]
    )


def home_currency(context: Context) -> str | None:
    """Give the currency that the text says a bare dollar sign stands for."""
    match = _HOME.search(" ".join(context.words.slice(0, len(context.words)).split()))
    return _HOMES[match.group("where").lower()] if match and "$" in context.words.lower else None


def is_conversion(context: Context, index: int) -> bool:
    """Tell whether a sum only says in another currency what the one before it said."""
    mention = context.mentions[index]
    if mention.label != "MONEY" or mention.low is None:
        return False
    rank = context.order[index][0]
    if not rank:
        return False
    before = context.mentions[context.by_label["MONEY"][rank - 1]]
    between = context.words.lower[before.last : mention.first]
    return (
        before.value != mention.value
        and before.low is not None
        and "(" in between[:1]
        and len(between) <= _MOST_BETWEEN + 4
        and ")" not in between
    )


def _quote(context: Context, mention: Mention) -> tuple[int, int, str]:
    """Widen a sum to the words that give it its meaning: to the phrase for its kind, or the bound, in the sentence."""
    begin, end = context.sentence_of(mention.first)
    first, last = mention.first, mention.last
    for other in (context.mentions[i] for i in context.mentions_in(begin, end)):
        if other.label in {"PAYMENT", "ROYALTY"} and other.last <= end:
            if first - _LEFT <= other.first < first:
                first = other.first
            elif last < other.last <= mention.last + _RIGHT:
                last = other.last
    for start, stop, _ in context.bounds[bisect_left(context.bound_starts, begin) : bisect_left(context.bound_starts, first)]:
        if start < first and mention.first - stop <= 4:
            first = start
    return quote(context, first, last)


def _stage(around: str) -> str:
    """Tell what a milestone waits for, by the words around it; mixed where they tell of several or none."""
    stages = [stage for stage, pattern in _STAGES.items() if pattern.search(around)]
    if "regulatory" in stages and "sales" not in stages and not re.search(r"\bclinical\b|\bdevelopment\b", around):
        return "regulatory"
    return stages[0] if len(stages) == 1 else "mixed"

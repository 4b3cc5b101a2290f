"""What several kinds of record need: quotes, payers and payees, units, background."""

from __future__ import annotations

import re

from dealterms.assemble.parties import PAYEES, PAYERS, Sides
from dealterms.candidates import Mention
from dealterms.classifier import Models
from dealterms.decisions import Decision
from dealterms.features import Context
from dealterms.types import Reason

_PER = re.compile(
    r"\s*(?:[,(]\s*)?(?:(?:per|a|an|for each|for every|each|every|in each)\s+(?:such\s+|successive\s+|calendar\s+|contract\s+|fiscal\s+|license\s+)*(?P<unit>[a-z]+(?:\s+(?:target|candidate|product|year|month|unit|device|patient|store|location|restaurant|share|system|dose|annum))?)\b"
    r"|(?P<annual>annually|per annum|a year|each year|every year|yearly)|(?P<apiece>apiece|each)\b)",
    re.I,
)
_NOT_UNITS = frozenset(
    (
        "the of to in and at on for further total result party license event portion part share percent milestone time number amount such"
    ).split()
)
_RECEIVE = frozenset("receive received receives earn earned earns collect collected collects entitled".split())
_PAY = frozenset(
    (
        "pay pays paid owe owes owed make makes made purchase purchased purchases buy bought invest reimburse reimburses fund "
        "funds lend contribute"
    ).split()
)
_BACKGROUND = 0.5


def unit_after(context: Context, mention: Mention) -> str | None:
    """Read what a sum is for each of: "per target", "a year", "for each product"."""
    _, end = context.sentence_of(mention.first)
    tail = " ".join(context.words.text[mention.end : context.words.ends[end - 1]].split())[:80]
    match = _PER.match(" " + tail)
    if not match:
        return None
    if match.group("annual"):
        return "year"
    unit = match.group("unit")
    if unit is None:
        return None
    unit = "year" if unit.lower() == "annum" else unit
    return None if unit.lower() in _NOT_UNITS else unit


def is_background(decision: Decision) -> bool:
    """Tell whether a record is of another agreement."""
    return decision.background > _BACKGROUND


def payer_and_payee(context: Context, mention: Mention, sides: Sides) -> tuple[str | None, str | None]:
    """Tell who pays whom: by the verb between the parties of the sentence, else by their roles."""
    payer, payee = sides.payer, sides.payee
    begin, _end = context.sentence_of(mention.first)
    before = [(p, context.company[p]) for p in range(begin, mention.first) if context.company.get(p) in sides.roles]
    if before:
        position, number = before[-1]
        verbs = [w for w in context.words.lower[position : mention.first] if w in _RECEIVE or w in _PAY]
        if verbs and sides.roles[number] == "collaborator":
            other = next((n for n in sides.roles if n != number), None) if len(sides.roles) == 2 else None
            payer, payee = (other, number) if verbs[0] in _RECEIVE else (number, other)
        elif verbs and verbs[0] in _RECEIVE and sides.roles[number] in PAYEES:
            payee = number
        elif verbs and verbs[0] in _PAY and sides.roles[number] in PAYERS:
            payer = number
    return (sides.names.get(payer) if payer is not None else None, sides.names.get(payee) if payee is not None else None)


def quote(context: Context, first: int, last: int) -> tuple[int, int, str]:
    """Give the characters of a range of words, and the words as they stand."""
    start, end = context.words.starts[first], context.words.ends[last - 1]
    return start, end, context.words.text[start:end]


def reason(models: Models, mention: Mention, decision: Decision, *rules: str) -> Reason:
    """Say which pattern found a mention and which features weighed most."""
    task = f"{mention.label}2" if f"{mention.label}2" in models.linear else mention.label
    return Reason((mention.pattern,), models.linear[task].reasons(decision.described, decision.role), rules)

"""What each candidate of a labelled narrative is: the classifier's answers, read off the gold records.

A candidate that repeats a recorded value elsewhere is neither right nor wrong; it is left out of training.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dealterms.candidates import Found, Mention, find_mentions
from dealterms.entities import Entity, find_entities
from dealterms.normalize.party import name_key
from dealterms.words import Words, words_of

NONE = "none"
SKIP = "skip"
# The kind that a phrase without a figure speaks of, by its pattern.
PHRASE_KINDS = {
    "payment.upfront": "upfront",
    "payment.milestone": "milestone",
    "payment.license": "license_fee",
    "payment.option": "option_fee",
    "payment.termination": "termination_fee",
    "payment.research": "research_funding",
    "payment.equity": "equity",
    "payment.purchase": "purchase_price",
    "payment.minimum": "royalty_minimum",
    "payment.reimbursement": "reimbursement",
}


@dataclass
class Aligned:
    """A labelled narrative with the answer for each of its candidates.

    Attributes
    ----------
    case : dict
        The labelled narrative.
    words, found, entities
        What the pipeline sees in it.
    roles : list of str
        For each mention its role, `NONE` or `SKIP`.
    background : list of bool or None
        For each mention whether its record is background; None where it has no record.
    bounds : list of str or None
        For each MONEY and PERCENT mention ``exact``, ``cap``, ``floor`` or ``range``; None where it has no record.
    record : list of (str, int) or None
        For each mention the group and number of its gold record.
    parties : list of str
        For each entity its role or `NONE`.
    """

    case: dict[str, Any]
    words: Words
    found: Found
    entities: list[Entity]
    roles: list[str]
    background: list[bool | None]
    bounds: list[str | None]
    record: list[tuple[str, int] | None]
    parties: list[str] = field(default_factory=list)


def align(case: dict[str, Any]) -> Aligned:
    """Find the candidates of a labelled narrative and give each its answer.

    Parameters
    ----------
    case : dict
        A labelled narrative.

    Returns
    -------
    Aligned
        Candidates and answers.

    Examples
    --------
    >>> case = {"text": "A fee of $3 million.", "payments": [{"kind": "upfront", "low": 3000000, "high": 3000000, "currency": "USD",
    ...         "background": False, "quote": "fee of $3 million"}]}
    >>> aligned = align(case)
    >>> [(m.label, role) for m, role in zip(aligned.found.mentions, aligned.roles)]
    [('PAYMENT', 'none'), ('MONEY', 'upfront')]
    """
    words = words_of(case["text"])
    found = find_mentions(words)
    entities = find_entities(words, found.mentions, case.get("registrant"))
    size = len(found.mentions)
    aligned = Aligned(case, words, found, entities, [NONE] * size, [None] * size, [None] * size, [None] * size)
    _payments(aligned)
    _royalties(aligned)
    _terms(aligned)
    _renewals(aligned)
    aligned.parties = [_party_role(entity, case.get("parties", [])) for entity in entities]
    return aligned


def quote_places(text: str, quote: str) -> list[tuple[int, int]]:
    """Give every place of a quote, the first first."""
    places: list[tuple[int, int]] = []
    start = text.find(quote)
    while quote and start >= 0 and len(places) < 10:
        places.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return places


def _within(mention: Mention, places: list[tuple[int, int]], slack: int = 1) -> bool:
    return any(start - slack <= mention.start and mention.end <= end + slack for start, end in places)


def _set(aligned: Aligned, index: int, role: str, record: tuple[str, int], background: bool, bound: str | None = None) -> None:
    aligned.roles[index] = role
    aligned.record[index] = record
    aligned.background[index] = background
    aligned.bounds[index] = bound


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def bound_of(low: Any, high: Any) -> str:
    """Name the bound that two ends make."""
    if low is not None and high is not None:
        return "exact" if low == high else "range"
    return "cap" if low is None else "floor"


def _payments(aligned: Aligned) -> None:
    mentions, case = aligned.found.mentions, aligned.case
    for number, record in enumerate(case.get("payments", [])):
        places = quote_places(case["text"], record["quote"])
        low, high = _decimal(record["low"]), _decimal(record["high"])
        if low is None and high is None:
            continue
        wanted = {value for value in (low, high) if value is not None}
        chosen = [
            (not _within(m, places), index)
            for index, m in enumerate(mentions)
            if m.label == "MONEY" and aligned.record[index] is None and m.low is not None and {m.low, m.high} <= wanted
        ]
        if chosen:
            _set(aligned, min(chosen)[1], record["kind"], ("payments", number), record.get("background", False), bound_of(low, high))
            if len(wanted) == 2 and mentions[min(chosen)[1]].low == mentions[min(chosen)[1]].high:
                for _, index in sorted(chosen)[1:2]:
                    _set(aligned, index, record["kind"], ("payments", number), record.get("background", False), "range")
    for number, record in enumerate(case.get("royalties", [])):
        amount = _decimal(record.get("amount"))
        if amount is None:
            continue
        places = quote_places(case["text"], record["quote"])
        for index, m in enumerate(mentions):
            if m.label == "MONEY" and aligned.record[index] is None and m.low is not None and _within(m, places) and m.low <= amount:
                _set(aligned, index, "royalty", ("royalties", number), record.get("background", False), "exact")
    figured = {record["kind"] for record in case.get("payments", []) if record["currency"]}
    for number, record in enumerate(case.get("payments", [])):
        if record["currency"]:
            continue
        places = quote_places(case["text"], record["quote"])
        inside = [
            i
            for i, m in enumerate(mentions)
            if aligned.record[i] is None and _within(m, places) and (m.label == "PAYMENT" or (m.label == "MONEY" and m.low is None))
        ]
        fitting = [i for i in inside if mentions[i].label == "MONEY"] or [
            i for i in inside if PHRASE_KINDS.get(mentions[i].pattern) == record["kind"]
        ]
        for index in (fitting or inside)[:1]:
            _set(aligned, index, record["kind"], ("payments", number), record.get("background", False))
        for index in inside:
            if aligned.record[index] is None:
                aligned.roles[index] = SKIP
    recorded = {(m.low, m.high, m.value) for i, m in enumerate(mentions) if m.label == "MONEY" and aligned.record[i]}
    for index, m in enumerate(mentions):
        if aligned.record[index] is not None:
            continue
        if m.label == "MONEY" and m.low is not None and (m.low, m.high, m.value) in recorded:
            aligned.roles[index] = SKIP
        if m.label == "PAYMENT" and PHRASE_KINDS.get(m.pattern) in figured:
            aligned.roles[index] = SKIP


def _royalties(aligned: Aligned) -> None:
    mentions, case = aligned.found.mentions, aligned.case
    for number, record in enumerate(case.get("royalties", [])):
        places = quote_places(case["text"], record["quote"])
        low, high = _decimal(record["low"]), _decimal(record["high"])
        ends = {value for value in (low, high) if value is not None}
        background = record.get("background", False)
        if ends:
            for index, m in enumerate(mentions):
                if m.label != "PERCENT" or aligned.record[index] is not None or m.low is None:
                    continue
                between = (low is None or m.low >= low) and (high is None or (m.high or m.low) <= high)
                if between and _within(m, places):
                    bound = "exact" if low == high or record.get("tiered") else bound_of(low, high)
                    _set(aligned, index, "royalty", ("royalties", number), background, bound)
        elif record.get("amount") is None:
            inside = [
                i
                for i, m in enumerate(mentions)
                if m.label in {"ROYALTY", "PERCENT"}
                and aligned.record[i] is None
                and _within(m, places)
                and (m.label == "ROYALTY" or m.low is None)
            ]
            for position, index in enumerate(inside):
                if position == 0:
                    _set(aligned, index, "royalty", ("royalties", number), background)
                elif aligned.record[index] is None:
                    aligned.roles[index] = SKIP
    rates = {m.low for i, m in enumerate(mentions) if m.label == "PERCENT" and aligned.record[i]}
    for index, m in enumerate(mentions):
        if m.label == "PERCENT" and aligned.record[index] is None and m.low is not None and m.low in rates:
            aligned.roles[index] = SKIP


def _terms(aligned: Aligned) -> None:
    mentions, case = aligned.found.mentions, aligned.case
    for number, record in enumerate(case.get("terms", [])):
        places = quote_places(case["text"], record["quote"])
        for label, value in (("DURATION", record["length"]), ("DATE", record["ends"])):
            if value is None:
                continue
            chosen = [
                (not _within(m, places), i)
                for i, m in enumerate(mentions)
                if m.label == label and m.value == value and aligned.record[i] is None
            ]
            if chosen and not min(chosen)[0]:
                _set(aligned, min(chosen)[1], record["kind"], ("terms", number), record.get("background", False))
        if record["event"]:
            inside = [i for i, m in enumerate(mentions) if m.label == "EVENT" and aligned.record[i] is None and _within(m, places)]
            for index in inside:
                _set(aligned, index, record["kind"], ("terms", number), record.get("background", False))


def _renewals(aligned: Aligned) -> None:
    mentions, case = aligned.found.mentions, aligned.case
    for number, record in enumerate(case.get("renewals", [])):
        places = quote_places(case["text"], record["quote"])
        background = record.get("background", False)
        for index, m in enumerate(mentions):
            if aligned.record[index] is not None:
                continue
            if (m.label == "RENEW" and _within(m, places)) or (
                m.label == "DURATION" and record["length"] and m.value == record["length"] and _within(m, places)
            ):
                _set(aligned, index, "renewal", ("renewals", number), background)
            elif m.label == "DURATION" and record["notice"] and m.value == record["notice"] and _within(m, places, 160):
                _set(aligned, index, "notice", ("renewals", number), background)
    lengths = {(m.label, m.value) for i, m in enumerate(mentions) if m.label in {"DURATION", "DATE"} and aligned.record[i]}
    for index, m in enumerate(mentions):
        if m.label in {"DURATION", "DATE"} and aligned.record[index] is None and (m.label, m.value) in lengths:
            aligned.roles[index] = SKIP


def _party_role(entity: Entity, parties: list[dict[str, Any]]) -> str:
    keys = {entity.key} | {name_key(form) for form in entity.forms}
    for party in parties:
        if name_key(party["name"]) == name_key(entity.name):
            return party["role"]
    for party in parties:
        if name_key(party["name"]) in keys:
            return party["role"]
    return NONE

"""Terms: a length, a date and an event of one clause made one record."""

from __future__ import annotations

from dealterms.assemble.links import is_background, quote, reason
from dealterms.classifier import Models
from dealterms.decisions import Decisions
from dealterms.features import Context
from dealterms.types import TERM_KINDS, Term

_EVENT_REACH = 24
_CLOSERS = frozenset({";", ".", "--"})


def assemble_terms(context: Context, decisions: Decisions, models: Models) -> tuple[Term, ...]:
    """Make terms of lengths, dates and events.

    Parameters
    ----------
    context : Context
        The text.
    decisions : Decisions
        What each candidate is.
    models : Models
        For the reasons.

    Returns
    -------
    tuple of Term
        In the order of the text; each distinct term once.
    """
    groups: dict[tuple[str, int, bool], list[int]] = {}
    for index, mention in enumerate(context.mentions):
        decision = decisions.mentions[index]
        if mention.label in {"DURATION", "DATE", "EVENT"} and decision.role in TERM_KINDS:
            groups.setdefault((decision.role, context.words.sentence[mention.first], is_background(decision)), []).append(index)
    terms: list[Term] = []
    seen: set[tuple[object, ...]] = set()
    for (kind, _, background), group in groups.items():
        for part in _split(context, group):
            first = {label: next((i for i in part if context.mentions[i].label == label), None) for label in ("DURATION", "DATE", "EVENT")}
            length = context.mentions[first["DURATION"]].value if first["DURATION"] is not None else None
            ends = context.mentions[first["DATE"]].value if first["DATE"] is not None else None
            event = _event(context, first["EVENT"]) if first["EVENT"] is not None else None
            key = (kind, length, ends, bool(event), background)
            if key in seen:
                continue
            seen.add(key)
            mentions = [context.mentions[i] for i in part]
            start, end, words = quote(context, min(m.first for m in mentions), max(m.last for m in mentions))
            confidence = min(decisions.mentions[i].confidence for i in part)
            because = reason(models, mentions[0], decisions.mentions[part[0]], "terms.clause" if len(part) > 1 else "terms.single")
            terms.append(Term(kind, length, ends, event, background, words, start, end, round(confidence, 4), because))
    return tuple(sorted(terms, key=lambda term: (term.start, term.end, term.kind)))


def _split(context: Context, group: list[int]) -> list[list[int]]:
    """Cut a sentence's candidates of one kind where a second length or date begins another term."""
    parts: list[list[int]] = []
    for index in group:
        mention = context.mentions[index]
        held = {context.mentions[i].label for i in parts[-1]} if parts else set()
        if not parts or (mention.label in held and mention.label != "EVENT"):
            parts.append([])
        parts[-1].append(index)
    return parts


def _event(context: Context, index: int) -> str:
    """Give the words of an ending that is an event, to the end of the clause."""
    mention = context.mentions[index]
    _, end = context.sentence_of(mention.first)
    last = mention.last
    while last < min(end, mention.first + _EVENT_REACH) and context.words.forms[last] not in _CLOSERS:
        last += 1
    return context.words.slice(mention.first, last).rstrip(" ,")

"""Who the parties are: the likeliest roles that also fit together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from dealterms.classifier import Models
from dealterms.decisions import SIDES, TYPES, Decisions, deal_type
from dealterms.entities import SELF_WORDS
from dealterms.features import Context
from dealterms.types import Party, Reason

# Those who pay under a deal, and those who are paid, where each side has one.
PAYERS = frozenset(role for role, side in SIDES.items() if side == "takes")
PAYEES = frozenset(role for role, side in SIDES.items() if side == "gives")
_BEAM = 64
_LEAST = 0.03
_MOST_PARTIES = 40
_RARE = 3e-3
_WEIGHT = 0.6
# In a text that tells of a deal "no party" outweighs "party" for all who are merely named: how much a party counts beside it.
_PARTY = 2.0
# From this chance of a deal on a text has parties, even where those who are named ("the Company" alone) hardly look like any.
_SURELY = 0.8


@dataclass(frozen=True)
class Sides:
    """Who pays whom.

    Attributes
    ----------
    names : dict of int to str
        Entity number to the party's name; one that the text only calls "we" has none.
    roles : dict of int to str
        Entity number to its role; none where there is no deal.
    payer, payee : int or None
        The only one on each side, where there is one.
    """

    names: dict[int, str]
    roles: dict[int, str]
    payer: int | None
    payee: int | None


def assemble_parties(context: Context, decisions: Decisions, models: Models) -> tuple[tuple[Party, ...], Sides]:
    """Choose the parties and their roles together.

    Parameters
    ----------
    context : Context
        The text.
    decisions : Decisions
        Probabilities of each entity's roles.
    models : Models
        Their table ``shapes`` tells how common each set of roles is.

    Returns
    -------
    (tuple of Party, Sides)
        Parties in the order of the text; none where there is no deal.
    """
    chosen = best_roles(decisions.parties, decisions.types, models.tables["shapes"], decisions.deal)
    parties, names = [], {}
    for number, role in sorted(chosen.items()):
        entity = context.entities[number]
        if entity.name.lower() in SELF_WORDS:
            continue  # "we" takes part, and is nobody's name
        names[number] = entity.name
        own = " ".join(entity.name.split())
        aliases = tuple(told for form, told in entity.forms.items() if form != own)
        places = tuple((context.words.starts[first], context.words.ends[last - 1]) for first, last in entity.places)
        task, answer = ("PARTY", "party") if role == "collaborator" else ("SIDE", SIDES[role])
        reason = Reason(("org.name",), models.linear[task].reasons(decisions.party_features[number], answer), ("parties.fit",))
        parties.append(Party(entity.name, aliases, role, places, round(_confidence(decisions, number, role), 4), reason))
    payers = [number for number, role in chosen.items() if role in PAYERS]
    payees = [number for number, role in chosen.items() if role in PAYEES]
    sides = Sides(names, chosen, payers[0] if len(payers) == 1 else None, payees[0] if len(payees) == 1 else None)
    return tuple(parties), sides


def best_roles(parties: list[tuple[float, float]], types: dict[str, float], shapes: dict[str, float], deal: float) -> dict[int, str]:
    """Find the parties and roles that are likeliest together.

    Parameters
    ----------
    parties : list of (float, float)
        For each entity the probability that it is a party, and that a party like it gives.
    types : dict of str to float
        Probability of each type of deal.
    shapes : dict of str to float
        Share of each set of roles ("licensee licensor") among labelled narratives.
    deal : float
        Probability that there is a deal.

    Returns
    -------
    dict of int to str
        Entity number to role.

    Examples
    --------
    >>> best_roles([(0.9, 0.9), (0.6, 0.55)], {"licence": 0.9, "supply": 0.1}, {"licensee licensor": 0.8, "": 0.1}, 0.95)
    {0: 'licensor', 1: 'licensee'}
    """
    likeliest = sorted((party for party, _ in parties), reverse=True)
    nobody = (
        math.log(max(1 - deal, 1e-6))
        + _WEIGHT * math.log(shapes.get("", 0.0) + _RARE)
        + sum(math.log(max(1 - party, 1e-6)) for party in likeliest)
    )
    best: tuple[float, tuple[tuple[int, str], ...]] = (-math.inf, ())
    # No deal has more parties than this; the rest would only cost time. The likeliest is always looked at.
    least = min(max(_LEAST, *likeliest[_MOST_PARTIES : _MOST_PARTIES + 1], 0.0), *likeliest[:1], 1.0)
    for kind, share in sorted(types.items()):
        gives, takes = TYPES[kind]
        # The share among deals of this type: how common the type is, the classifier has said already.
        like = sum(part for shape, part in shapes.items() if _type_of(shape) == kind) or 1.0
        beam: list[tuple[float, tuple[tuple[int, str], ...]]] = [(math.log(max(share, 1e-6)) + math.log(max(deal, 1e-6)), ())]
        for number, (party, giver) in enumerate(parties):
            if party < least:
                beam = [(score + math.log(max(1 - party, 1e-6)), chosen) for score, chosen in beam]
                continue
            roles = [(gives, 1.0)] if gives == takes else [(gives, giver), (takes, 1 - giver)]
            grown = [(score + math.log(max(1 - party, 1e-6)), chosen) for score, chosen in beam]
            grown += [
                (score + math.log(max(party * side, 1e-6) * _PARTY), (*chosen, (number, role)))
                for score, chosen in beam
                for role, side in roles
            ]
            beam = sorted(grown, key=lambda pair: (-pair[0], pair[1]))[:_BEAM]
        for score, chosen in beam:
            if not chosen:
                continue
            shape = " ".join(sorted(role for _, role in chosen))
            whole = score + _WEIGHT * math.log(shapes.get(shape, 0.0) / like + _RARE)
            if whole > best[0]:
                best = (whole, chosen)
    whole, chosen = best
    # Whether there is a deal at all is not for that weight to say.
    return dict(chosen) if deal >= _SURELY or whole - len(chosen) * math.log(_PARTY) > nobody else {}


@lru_cache(maxsize=1024)
def _type_of(shape: str) -> str | None:
    return deal_type(shape.split())


def _confidence(decisions: Decisions, number: int, role: str) -> float:
    party, giver = decisions.parties[number]
    if role == "collaborator":
        return party * decisions.types.get("collaboration", 1.0)
    return party * (giver if SIDES[role] == "gives" else 1 - giver)

"""What each candidate is: a first pass looks at each alone, a second also at what the first made of the others."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from dealterms.classifier import LinearModel, Models
from dealterms.features import Context, mention_features, party_features, text_features

NONE = "none"
# Who gives rights or goods, and who takes them; the type of the deal says what the two are called.
SIDES = {"licensor": "gives", "supplier": "gives", "seller": "gives", "licensee": "takes", "distributor": "takes", "purchaser": "takes"}
TYPES = {
    "licence": ("licensor", "licensee"),
    "supply": ("supplier", "purchaser"),
    "distribution": ("supplier", "distributor"),
    "sale": ("seller", "purchaser"),
    "collaboration": ("collaborator", "collaborator"),
}
LABELS = ("MONEY", "PAYMENT", "PERCENT", "ROYALTY", "DURATION", "DATE", "EVENT", "RENEW")
# A probability enters the second pass as a feature's value; these are the labels whose neighbours tell something.
_NEIGHBOURS = 2
# "None" outweighs each single role of these labels, since it is what most of their candidates are: how much of it counts when
# the role is chosen. Set by cross-validation; the probabilities told are not touched.
_NONE_WEIGHT = {"DURATION": 0.3, "DATE": 0.5, "EVENT": 0.4, "ROYALTY": 0.3, "PAYMENT": 0.2}


@dataclass
class Decision:
    """What one candidate is thought to be.

    Attributes
    ----------
    role : str
        The likeliest role; ``none`` for no record.
    probabilities : dict of str to float
        Of every role.
    background : float
        Probability that its record is background.
    bound : str
        ``exact``, ``cap``, ``floor`` or ``range``.
    described : dict of str to float
        The features of the second pass.
    """

    role: str = NONE
    probabilities: dict[str, float] = field(default_factory=dict)
    background: float = 0.0
    bound: str = "exact"
    automatic: float = 0.0
    described: dict[str, float] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """Probability of the role."""
        return self.probabilities.get(self.role, 0.0)


@dataclass
class Decisions:
    """What every candidate of a text is thought to be.

    Attributes
    ----------
    mentions : list of Decision
        One for each mention; of ORG mentions an empty one.
    parties : list of (float, float)
        For each entity the probability that it is a party, and that a party like it gives rights or goods.
    types : dict of str to float
        Probability of each type of deal.
    deal : float
        Probability that the text tells of a deal at all.
    """

    mentions: list[Decision]
    parties: list[tuple[float, float]]
    types: dict[str, float]
    party_features: list[dict[str, float]]
    deal: float


def decide(context: Context, models: Models) -> Decisions:
    """Classify every candidate of a text.

    Parameters
    ----------
    context : Context
        The text with its candidates and entities.
    models : Models
        What was learned.

    Returns
    -------
    Decisions
        For each candidate its probabilities.
    """
    linear = models.linear
    described = [mention_features(context, i) if m.label != "ORG" else {} for i, m in enumerate(context.mentions)]
    party_described = [party_features(context, number) for number in range(len(context.entities))]
    text_described = text_features(context)
    first = [linear[m.label].probabilities(d, 1.0) if m.label in linear else {} for m, d in zip(context.mentions, described)]
    party_first = party_roles(linear, party_described, text_described)
    deal = linear["DEAL"].probabilities(text_described)["deal"]
    decisions = []
    for index, mention in enumerate(context.mentions):
        if mention.label not in linear:
            decisions.append(Decision())
            continue
        features = described[index] | second_features(context, index, first, party_first, deal)
        probabilities = _second(linear, mention.label).probabilities(features)
        weight = _NONE_WEIGHT.get(mention.label, 1.0)
        role = max(probabilities, key=lambda label: (probabilities[label] * (weight if label == NONE else 1.0), label))
        decision = Decision(role, probabilities, described=features)
        likely = 1 - probabilities.get(NONE, 0.0) > 0.2
        if likely:
            decision.background = linear["BACKGROUND"].probabilities(features)["background"]
            if mention.label in {"MONEY", "PERCENT"}:
                bounds = linear["BOUND"].probabilities(described[index])
                decision.bound = max(bounds, key=lambda label: (bounds[label], label))
            if role == "renewal":
                decision.automatic = linear["AUTOMATIC"].probabilities(described[index])["automatic"]
        decisions.append(decision)
    chances = [
        _second(linear, "PARTY").probabilities(alone | second_party_features(number, party_first, deal))["party"]
        for number, alone in enumerate(party_described)
    ]
    parties = list(zip(chances, giving(linear, party_described, chances)))
    types = _second(linear, "TYPE").probabilities(text_described | second_text_features(context, first))
    return Decisions(decisions, parties, types, party_described, deal)


def _second(linear: dict[str, LinearModel], label: str) -> LinearModel:
    return linear.get(f"{label}2") or linear[label]


def deal_type(roles: list[str]) -> str | None:
    """Give the type of a deal whose parties have these roles; None where there are none.

    Examples
    --------
    >>> deal_type(["licensor", "licensee", "purchaser"])
    'licence'
    """
    for kind, wanted in (
        ("licence", {"licensor", "licensee"}),
        ("distribution", {"distributor"}),
        ("sale", {"seller"}),
        ("supply", {"supplier", "purchaser"}),
    ):
        if wanted & set(roles):
            return kind
    return "collaboration" if roles else None


def party_roles(linear: dict[str, LinearModel], described: list[dict[str, float]], text: dict[str, float]) -> list[dict[str, float]]:
    """Give the first pass's probability of each role for each entity: of being a party, of the deal's type, and of the side."""
    types = linear["TYPE"].probabilities(text) if "TYPE" in linear else {"licence": 1.0}
    party = [linear["PARTY"].probabilities(one, 1.0)["party"] if "PARTY" in linear else 0.5 for one in described]
    roles = []
    for chance, gives in zip(party, giving(linear, described, party)):
        told = {NONE: 1 - chance}
        for kind, share in types.items():
            for role, side in zip(TYPES[kind], (gives, 1 - gives)):
                told[role] = told.get(role, 0.0) + chance * share * side
        roles.append(told)
    return roles


def giving(linear: dict[str, LinearModel], described: list[dict[str, float]], party: list[float]) -> list[float]:
    """Give the probability that each entity is on the side that gives, against the likely parties' mean.

    The model was trained on pairs, so only the distance between two parties means something.
    """
    if "SIDE" not in linear or not described:
        return [0.5] * len(described)
    model = linear["SIDE"]
    column = model.classes.index("gives")
    scores = [float((s := model.scores(one))[column] - s[1 - column]) for one in described]
    weight = sum(party) or 1.0
    mean = sum(score * chance for score, chance in zip(scores, party)) / weight
    return [1 / (1 + math.exp(-max(min(2 * (score - mean), 30.0), -30.0))) for score in scores]


def second_features(
    context: Context, index: int, first: list[dict[str, float]], parties: list[dict[str, float]], deal: float
) -> dict[str, float]:
    """Describe a candidate by what the first pass made of the others.

    Parameters
    ----------
    context : Context
        The text.
    index : int
        Which mention.
    first : list of dict
        Probabilities of the first pass for each mention.
    parties : list of dict
        Probabilities of the first pass for each entity.
    deal : float
        Probability that the text tells of a deal.

    Returns
    -------
    dict of str to float
        Features whose value is a probability.
    """
    mention = context.mentions[index]
    same = context.by_label[mention.label]
    rank = context.order[index][0]
    told: dict[str, float] = {}
    for role, probability in first[index].items():
        told[f"second=self:{role}"] = probability
    for step in range(1, _NEIGHBOURS + 1):
        for side, place in (("<", rank - step), (">", rank + step)):
            if not 0 <= place < len(same):
                continue
            other = same[place]
            together = context.words.sentence[context.mentions[other].first] == context.words.sentence[mention.first]
            for role, probability in first[other].items():
                if probability > 0.05:
                    told[f"second={side}{step}{'s' if together else ''}:{role}"] = probability
    told |= second_text_features(context, first, index)
    for role in ("licensor", "licensee", "supplier", "distributor", "purchaser", "seller", "collaborator"):
        strongest = max((p.get(role, 0.0) for p in parties), default=0.0)
        if strongest > 0.1:
            told[f"second=party:{role}"] = strongest
    # On which side stands who is named before and after: who pays tells what is paid for.
    begin, end = context.sentence_of(mention.first)
    for side, positions in (("<", range(mention.first - 1, begin - 1, -1)), (">", range(mention.last, end))):
        number = next((context.company[p] for p in positions if p in context.company), None)
        if number is not None:
            for role, probability in parties[number].items():
                if probability > 0.1:
                    told[f"second=who{side}:{role}"] = probability
    told["second=deal"] = deal
    return told


def second_text_features(context: Context, first: list[dict[str, float]], but: int = -1) -> dict[str, float]:
    """Describe a text by the strongest candidate for each role, one mention left out."""
    told: dict[str, float] = {}
    for (label, role), strongest in _strongest(context, first).items():
        probability = next((probability for probability, index in strongest if index != but), 0.0)
        if probability > 0.1:
            told[f"second=text:{label}:{role}"] = probability
    return told


_Strongest = dict[tuple[str, str], list[tuple[float, int]]]


def _strongest(context: Context, first: list[dict[str, float]]) -> _Strongest:
    """Find the two strongest candidates for each role, once for a text."""
    known: tuple[int, _Strongest] | None = getattr(context, "strongest", None)
    if known and known[0] == id(first):
        return known[1]
    best: _Strongest = {}
    for label in ("MONEY", "DURATION", "PERCENT", "ROYALTY"):
        for index in context.by_label.get(label, ()):
            for role, probability in first[index].items():
                if role != NONE:
                    pair = best.setdefault((label, role), [])
                    pair.append((probability, index))
                    pair.sort(key=lambda entry: (-entry[0], entry[1]))
                    del pair[2:]
    context.strongest = (id(first), best)
    return best


def second_party_features(number: int, parties: list[dict[str, float]], deal: float) -> dict[str, float]:
    """Describe an entity by what the first pass made of it and of the others."""
    told = {f"second=self:{role}": probability for role, probability in parties[number].items()}
    for role in parties[number]:
        if role != NONE:
            strongest = max((p[role] for n, p in enumerate(parties) if n != number), default=0.0)
            if strongest > 0.05:
                told[f"second=other:{role}"] = strongest
    told["second=deal"] = deal
    return told

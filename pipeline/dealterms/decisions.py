"""What each candidate is: a first pass looks at each alone, a second also at what the first made of the others."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from dealterms.classifier import Models
from dealterms.features import Context, mention_features, party_features, text_features
from dealterms.stack import Stack, Sums, stack_of

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
# Below this chance of being a record nothing more is asked of a candidate.
_LIKELY = 0.2
# Below this chance of telling of a deal nothing more is asked of a text. One labelled deal in 400 falls below it, if the model has not
# seen it, and would hardly be told of anyway.
_MAY_BE_DEAL = 0.02
# "None" outweighs each single role of these labels, since it is what most of their candidates are: how much of it counts when
# the role is chosen. Set by cross-validation; the probabilities told are not touched.
_NONE_WEIGHT = {"MONEY": 0.7, "DURATION": 0.6, "DATE": 0.6, "EVENT": 0.6, "ROYALTY": 0.4, "PAYMENT": 0.3}


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
        The features of the second pass; empty for what is hardly a record.
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


@dataclass
class Described:
    """The features of a text that no model is needed for: of its mentions, of its entities, and of the whole."""

    mentions: list[dict[str, float]]
    parties: list[dict[str, float]]
    text: dict[str, float]


def describe(context: Context, text: dict[str, float] | None = None) -> Described:
    """Describe everything in a text that is to be classified; what `text_features` gave of it may be handed over."""
    return Described(
        [mention_features(context, i) if m.label != "ORG" else {} for i, m in enumerate(context.mentions)],
        [party_features(context, number) for number in range(len(context.entities))],
        text_features(context) if text is None else text,
    )


_Strongest = dict[tuple[str, str], list[tuple[float, int]]]


@dataclass
class FirstPass:
    """What each candidate alone is thought to be.

    Attributes
    ----------
    mentions, parties : list of dict of str to float
        Probability of each role of each mention, and of each entity.
    sides : list of float
        For each entity how much speaks for giving rights or goods, in log-odds.
    background : list of float
        For each mention the probability that it is background, were it a record.
    deal : float
        Probability that the text tells of a deal.
    sums : dict of str to Sums
        What the features of a label's mentions, of the entities and of the text add up to.
    strongest_mentions : dict of (str, str) to list of (float, int)
        Of each label and role the two likeliest mentions: probability and which.
    strongest_parties : dict of str to (float, int, float)
        Of each role the probability of the likeliest entity, which it is, and the probability of the next.
    """

    mentions: list[dict[str, float]]
    parties: list[dict[str, float]]
    sides: list[float]
    background: list[float]
    deal: float
    sums: dict[str, Sums]
    strongest_mentions: _Strongest
    strongest_parties: dict[str, tuple[float, int, float]] = field(init=False)

    def __post_init__(self) -> None:
        self.strongest_parties = {}
        for number, roles in enumerate(self.parties):
            for role, probability in roles.items():
                best, whose, next_best = self.strongest_parties.setdefault(role, (0.0, -1, 0.0))
                if probability > best:
                    self.strongest_parties[role] = probability, number, best
                elif probability > next_best:
                    self.strongest_parties[role] = best, whose, probability


def deal_chance(text: dict[str, float], models: Models) -> float:
    """Give the probability that a text of these features tells of a deal; 1 where the models know of deals alone."""
    stack = _stack(models, _TEXT)
    return stack.probabilities("DEAL", stack.sums([text]))[0]["deal"] if "DEAL" in stack.models else 1.0


def first_pass(context: Context, described: Described, models: Models) -> FirstPass:
    """Look at each candidate alone."""
    mentions: list[dict[str, float]] = [{} for _ in described.mentions]
    background = [0.0] * len(mentions)
    sums = {}
    for label, indexes in context.by_label.items():
        if label in models.linear:
            stack = _stack(models, label)
            sums[label] = stack.sums([described.mentions[index] for index in indexes])
            for index, chances in zip(indexes, stack.probabilities(label, sums[label], 1.0)):
                mentions[index] = chances
            if "BACKGROUND" in stack.models:
                for index, chances in zip(indexes, stack.probabilities("BACKGROUND", sums[label], 1.0)):
                    background[index] = chances["background"]
    stack = _stack(models, _TEXT)
    sums[_TEXT] = stack.sums([described.text])
    deal = stack.probabilities("DEAL", sums[_TEXT])[0]["deal"] if "DEAL" in stack.models else 1.0
    types = stack.probabilities("TYPE", sums[_TEXT])[0] if "TYPE" in stack.models else {"licence": 1.0}
    stack = _stack(models, "PARTY")
    sums["PARTY"] = stack.sums(described.parties)
    party = [0.5] * len(described.parties)
    if "PARTY" in stack.models:
        party = [chances["party"] for chances in stack.probabilities("PARTY", sums["PARTY"], 1.0)]
    sides = [0.0] * len(described.parties)
    if "SIDE" in stack.models:
        column = stack.models["SIDE"].classes.index("gives")
        scores = stack.scores("SIDE", sums["PARTY"])
        sides = (scores[:, column] - scores[:, 1 - column]).tolist()
    return FirstPass(mentions, _roles(types, party, giving(sides, party)), sides, background, deal, sums, _strongest(context, mentions))


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
        For each candidate its probabilities; none of a text that hardly tells of a deal.
    """
    text = text_features(context)
    deal = deal_chance(text, models)
    if deal < _MAY_BE_DEAL:
        return Decisions([Decision() for _ in context.mentions], [(0.0, 0.5)] * len(context.entities), {}, [], deal)
    described = describe(context, text)
    first = first_pass(context, described, models)
    decisions = [Decision() for _ in described.mentions]
    for label, indexes in context.by_label.items():
        if label not in models.linear:
            continue
        more = [second_features(context, index, first) for index in indexes]
        told = _answers(models, label, first.sums[label], more)
        for place, index in enumerate(indexes):
            features = described.mentions[index] | more[place]
            decisions[index] = _decision(label, {task: answers[place] for task, answers in told.items()}, features)
    told = _answers(models, "PARTY", first.sums["PARTY"], [second_party_features(n, first) for n in range(len(described.parties))])
    chances = [party["party"] for party in told.get("PARTY2") or told["PARTY"]]
    parties = list(zip(chances, giving(first.sides, chances)))
    told = _answers(models, _TEXT, first.sums[_TEXT], [second_text_features(first)])
    return Decisions(decisions, parties, (told.get("TYPE2") or told["TYPE"])[0], described.parties, first.deal)


def _answers(models: Models, label: str, alone: Sums, more: list[dict[str, float]]) -> dict[str, list[dict[str, float]]]:
    """Give for each task the probabilities of each candidate: what its features alone say, or these with the first pass."""
    stack = _stack(models, label)
    both = alone + stack.sums(more)
    return {task: stack.probabilities(task, both if task.endswith("2") else alone) for task in stack.models}


def _decision(label: str, told: dict[str, dict[str, float]], described: dict[str, float]) -> Decision:
    probabilities = told.get(f"{label}2") or told[label]
    weight = _NONE_WEIGHT.get(label, 1.0)
    role = max(probabilities, key=lambda name: (probabilities[name] * (weight if name == NONE else 1.0), name))
    decision = Decision(role, probabilities)
    if role != NONE or 1 - probabilities.get(NONE, 0.0) > _LIKELY:
        decision.described = described
        decision.background = (told.get("BACKGROUND2") or told["BACKGROUND"])["background"]
        if "BOUND" in told:
            decision.bound = max(told["BOUND"], key=lambda name: (told["BOUND"][name], name))
        if role == "renewal":
            decision.automatic = told["AUTOMATIC"]["automatic"]
    return decision


_TEXT = "TEXT"
# Which regressions look at the same candidates.
_TASKS = {
    _TEXT: ("DEAL", "TYPE", "TYPE2"),
    "PARTY": ("PARTY", "PARTY2", "SIDE"),
    "MONEY": ("MONEY", "MONEY2", "BACKGROUND", "BACKGROUND2", "BOUND"),
    "PERCENT": ("PERCENT", "PERCENT2", "BACKGROUND", "BACKGROUND2", "BOUND"),
    "DURATION": ("DURATION", "DURATION2", "BACKGROUND", "BACKGROUND2", "AUTOMATIC"),
    "RENEW": ("RENEW", "RENEW2", "BACKGROUND", "BACKGROUND2", "AUTOMATIC"),
}


def _stack(models: Models, label: str) -> Stack:
    return stack_of(models, *_TASKS.get(label, (label, f"{label}2", "BACKGROUND", "BACKGROUND2")))


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


def _roles(types: dict[str, float], party: list[float], gives: list[float]) -> list[dict[str, float]]:
    """Give the probability of each role for each entity: of being a party, of the deal's type, and of the side."""
    roles = []
    for chance, side in zip(party, gives):
        told = {NONE: 1 - chance}
        for kind, share in types.items():
            for role, part in zip(TYPES[kind], (side, 1 - side)):
                told[role] = told.get(role, 0.0) + chance * share * part
        roles.append(told)
    return roles


def giving(scores: list[float], party: list[float]) -> list[float]:
    """Give the probability that each entity is on the side that gives, against the likely parties' mean.

    The model was trained on pairs, so only the distance between two parties means something.

    Parameters
    ----------
    scores : list of float
        How much speaks for each entity's giving, in log-odds.
    party : list of float
        Probability that each is a party.

    Returns
    -------
    list of float
        For each entity.

    Examples
    --------
    >>> giving([1.0, -1.0], [0.9, 0.9])[0] > 0.8
    True
    """
    mean = sum(score * chance for score, chance in zip(scores, party)) / (sum(party) or 1.0)
    return [1 / (1 + math.exp(-max(min(2 * (score - mean), 30.0), -30.0))) for score in scores]


def second_features(context: Context, index: int, first: FirstPass) -> dict[str, float]:
    """Describe a candidate by what the first pass made of the others.

    Parameters
    ----------
    context : Context
        The text.
    index : int
        Which mention.
    first : FirstPass
        Of the text.

    Returns
    -------
    dict of str to float
        Features whose value is a probability.
    """
    mention = context.mentions[index]
    same = context.by_label[mention.label]
    rank = context.order[index][0]
    told: dict[str, float] = {}
    for role, probability in first.mentions[index].items():
        told[f"second=self:{role}"] = probability
    for step in range(1, _NEIGHBOURS + 1):
        for side, place in (("<", rank - step), (">", rank + step)):
            if not 0 <= place < len(same):
                continue
            other = same[place]
            together = context.words.sentence[context.mentions[other].first] == context.words.sentence[mention.first]
            for role, probability in first.mentions[other].items():
                if probability > 0.05:
                    told[f"second={side}{step}{'s' if together else ''}:{role}"] = probability
    told |= second_text_features(first, index)
    for role, (strongest, _, _) in first.strongest_parties.items():
        if role != NONE and strongest > 0.1:
            told[f"second=party:{role}"] = strongest
    # On which side stands who is named before and after: who pays tells what is paid for.
    begin, end = context.sentence_of(mention.first)
    for side, positions in (("<", range(mention.first - 1, begin - 1, -1)), (">", range(mention.last, end))):
        number = next((context.company[p] for p in positions if p in context.company), None)
        if number is not None:
            for role, probability in first.parties[number].items():
                if probability > 0.1:
                    told[f"second=who{side}:{role}"] = probability
    told |= _second_background(context, index, first)
    told["second=deal"] = first.deal
    return told


def _second_background(context: Context, index: int, first: FirstPass) -> dict[str, float]:
    """Tell how much of what stands around a candidate is background: a passage is seldom so for one sum alone."""
    sentence = context.words.sentence[context.mentions[index].first]
    told = {"second=background:self": first.background[index]}
    for name, number in (("sentence", sentence), ("before", sentence - 1), ("after", sentence + 1)):
        if 0 <= number < len(context.words.sentences):
            weights = [
                (1 - first.mentions[i].get(NONE, 1.0), i) for i in context.mentions_in(*context.words.sentences[number]) if i != index
            ]
            whole = sum(weight for weight, _ in weights)
            if whole > _LIKELY:
                told[f"second=background:{name}"] = sum(weight * first.background[i] for weight, i in weights) / whole
    return told


def second_text_features(first: FirstPass, but: int = -1) -> dict[str, float]:
    """Describe a text by the strongest candidate for each role, one mention left out."""
    told: dict[str, float] = {}
    for (label, role), strongest in first.strongest_mentions.items():
        probability = next((probability for probability, index in strongest if index != but), 0.0)
        if probability > 0.1:
            told[f"second=text:{label}:{role}"] = probability
    return told


def _strongest(context: Context, mentions: list[dict[str, float]]) -> _Strongest:
    """Find the two strongest candidates for each role."""
    best: _Strongest = {}
    for label in ("MONEY", "DURATION", "PERCENT", "ROYALTY"):
        for index in context.by_label.get(label, ()):
            for role, probability in mentions[index].items():
                if role != NONE:
                    pair = best.setdefault((label, role), [])
                    pair.append((probability, index))
                    pair.sort(key=lambda entry: (-entry[0], entry[1]))
                    del pair[2:]
    return best


def second_party_features(number: int, first: FirstPass) -> dict[str, float]:
    """Describe an entity by what the first pass made of it and of the others."""
    told = {f"second=self:{role}": probability for role, probability in first.parties[number].items()}
    for role in first.parties[number]:
        if role != NONE:
            best, whose, next_best = first.strongest_parties[role]
            strongest = next_best if whose == number else best
            if strongest > 0.05:
                told[f"second=other:{role}"] = strongest
    told["second=deal"] = first.deal
    return told

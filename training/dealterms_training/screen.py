"""What the first look at a text learns from: sentences that tell of a deal, and all sentences of texts that tell of none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dealterms.classifier import Models
from dealterms.screening import screening_features, screening_score
from dealterms.sentences import sentences_of
from dealterms_training.align import quote_places

# So many sentences of a deal, those that tell most, so that a deal told in a few words counts as much as one told at length.
_TELLING = 2
# Share of the labelled deals that screening may lose where it is fitted without them. Fitted with them, it must lose none.
_LOST = 1 / 500


def screening_examples(case: Mapping[str, Any]) -> list[tuple[dict[str, float], str]]:
    """Give the sentences of a labelled narrative that screening learns from.

    Parameters
    ----------
    case : dict
        A narrative with its records.

    Returns
    -------
    list of (dict of str to float, str)
        Features, and ``deal`` or ``no deal``.

    Examples
    --------
    >>> text = "Acme licensed its dye to Beta. The weather was fine. It rained. Acme is glad."
    >>> case = {"text": text, "parties": [{"name": "Acme"}, {"name": "Beta"}], "payments": [], "royalties": [], "terms": [], "renewals": []}
    >>> ["licensed" in features for features, answer in screening_examples(case)]
    [True, False]
    """
    text = case["text"]
    if not case["parties"]:
        return [(screening_features(text[begin:end]), "no deal") for begin, end in sentences_of(text)]
    names = [party["name"] for party in case["parties"]]
    quotes = [record["quote"] for group in ("payments", "royalties", "terms", "renewals") for record in case[group]]
    spans = [place for quote in quotes for place in quote_places(text, quote)[:1]]
    told = [
        (2 * sum(name in text[begin:end] for name in names) + sum(start < end and begin < stop for start, stop in spans), -begin, end)
        for begin, end in sentences_of(text)
    ]
    return [(screening_features(text[-begin:end]), "deal") for _, begin, end in sorted(told, reverse=True)[:_TELLING]]


def screening_bar(cases: Sequence[tuple[Mapping[str, Any], Models]], models: Models) -> float:
    """Give the log-odds below which a text is passed over.

    Parameters
    ----------
    cases : sequence of (dict, Models)
        Labelled narratives, each with models that were fitted without it.
    models : Models
        Fitted with all of them.

    Returns
    -------
    float
        Below every labelled deal, and below all but one in 500 as the models without them see these.
    """
    deals = [(case["text"], without) for case, without in cases if case["parties"] and "SCREEN" in without.linear]
    unseen = sorted(screening_score(text, without) for text, without in deals)
    seen = [screening_score(text, models) for text, _ in deals]
    return math.floor(100 * min(unseen[int(len(unseen) * _LOST)], *seen)) / 100 if unseen else 0.0

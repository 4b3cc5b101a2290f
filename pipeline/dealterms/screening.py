"""A cheap first look at a text: most Forms 8-K tell of no deal, and their words alone show it."""

from __future__ import annotations

import re
from itertools import pairwise

from dealterms.classifier import Models, shipped_models

_WORD = re.compile(r"[a-z]{3,}")


def screening_features(text: str) -> dict[str, float]:
    """Give the words of a text, and its pairs of words: a division is sold, and so are notes.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    dict of str to float
        Each word of three letters or more in lower case, and each pair of these that follow each other, with 1.

    Examples
    --------
    >>> screening_features("A License, a license!")
    {'license': 1.0, 'license license': 1.0}
    """
    words = _WORD.findall(text.lower())
    return dict.fromkeys((*words, *map(" ".join, pairwise(words))), 1.0)


def worth_reading(text: str, models: Models | None = None) -> bool:
    """Tell whether a text may tell of a deal.

    The bar is below every labelled deal, and below 499 in 500 where each is judged by a model that was fitted without it.

    Parameters
    ----------
    text : str
        A narrative.
    models : Models, optional
        In place of the shipped ones.

    Returns
    -------
    bool
        False where it surely tells of none. True of every text where the models were trained on deals alone.

    Examples
    --------
    >>> worth_reading("Acme licensed its patents to Beta Corp. for an upfront fee and royalties on net sales.")
    True
    """
    models = models or shipped_models()
    least = models.tables.get("screening", {}).get("least")
    return least is None or "SCREEN" not in models.linear or screening_score(text, models) >= least


def screening_score(text: str, models: Models) -> float:
    """Give how much speaks for a deal, in log-odds."""
    model = models.linear["SCREEN"]
    scores = dict(zip(model.classes, model.scores(screening_features(text)).tolist()))
    return scores["deal"] - scores["no deal"]

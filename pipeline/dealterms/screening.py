"""A cheap first look at a text: most Forms 8-K tell of no deal, and the words of their sentences alone show it."""

from __future__ import annotations

import re
from itertools import pairwise

from dealterms.classifier import Models, shipped_models
from dealterms.sentences import sentences_of
from dealterms.stack import stack_of
from dealterms.words import LONGEST_TEXT

_WORD = re.compile(r"[a-z]{3,}")


def screening_features(sentence: str) -> dict[str, float]:
    """Give the words of a sentence, and its pairs of words: a division is sold, and so are notes.

    Parameters
    ----------
    sentence : str
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
    words = _WORD.findall(sentence.lower())
    return dict.fromkeys((*words, *map(" ".join, pairwise(words))), 1.0)


def worth_reading(text: str, models: Models | None = None) -> bool:
    """Tell whether a text may tell of a deal.

    A deal may be told in one sentence among many, so the sentence that speaks most for one decides. The bar is below every labelled deal, and
    below 499 in 500 where each is judged by a model that was fitted without it.

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
    """Give how much the sentence that speaks most for a deal speaks for it, in log-odds."""
    text = text[:LONGEST_TEXT]
    stack = stack_of(models, "SCREEN")
    deal, no_deal = map(stack.models["SCREEN"].classes.index, ("deal", "no deal"))
    scores = stack.scores("SCREEN", stack.sums([screening_features(text[begin:end]) for begin, end in sentences_of(text)]))
    return float((scores[:, deal] - scores[:, no_deal]).max())

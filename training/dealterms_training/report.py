"""Scores and errors as text for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dealterms_training.scoring import ROWS, SHARES

if TYPE_CHECKING:
    from dealterms_training.train import Trained

Scores = Mapping[str, Any]


def scores_text(scores: Scores) -> str:
    """Give scores as a table, a row a measure.

    Examples
    --------
    >>> from dealterms_training.scoring import score
    >>> print(scores_text(score({}, {})).splitlines()[1])
    parties        1.000   1.000   1.000       0
    """
    lines = [f"{'':10} {'precision':>9} {'recall':>7} {'f1':>7} {'gold':>7}"]
    lines += [
        f"{row:10} {scores[row]['precision']:9.3f} {scores[row]['recall']:7.3f} {scores[row]['f1']:7.3f} {scores[row]['gold']:7d}"
        for row in ROWS
    ]
    return "\n".join([*lines, *(f"{row:10} {scores[row]:9.3f}" for row in SHARES)])


def compared_text(scores: Scores, shipped: Scores) -> str:
    """Give the scores of a new model beside the f1 of the shipped one, as a table."""
    lines = [f"{'':10} {'precision':>9} {'recall':>7} {'f1':>7} {'shipped':>8} {'change':>7} {'gold':>6}"]
    for row in ROWS:
        new, old = scores[row], shipped[row]
        lines.append(
            f"{row:10} {new['precision']:9.3f} {new['recall']:7.3f} {new['f1']:7.3f} {old['f1']:8.3f} {new['f1'] - old['f1']:+7.3f} {new['gold']:6d}"
        )
    lines += [f"{row:10} {'':9} {'':7} {scores[row]:7.3f} {shipped[row]:8.3f} {scores[row] - shipped[row]:+7.3f}" for row in SHARES]
    return "\n".join(lines)


def trained_text(trained: Trained) -> str:
    """Tell how well a new model does, and what to mind in reading it."""
    if trained.scores is None:
        return "one narrative cannot be left out and learned from at once: no scores"
    told = [
        f"{trained.given} narratives given, each extracted by a model fitted without it, and by the shipped model:",
        "",
        compared_text(trained.scores, trained.shipped),
    ]
    if trained.known:
        told += ["", f"The shipped model was trained on {trained.known} of them, so its scores flatter; the new model's do not."]
    return "\n".join(told)

"""Trains a model from labelled narratives, and measures it beside the shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dealterms.classifier import Models, shipped_models
from dealterms.errors import ExampleError
from dealterms_training.calibrate import calibration_tables, outcomes
from dealterms_training.crossval import deal_folds, extract_prepared, fit_and_cross_validate, one_thread_each, prepare_all
from dealterms_training.examples import shipped_examples
from dealterms_training.pipeline import requirement
from dealterms_training.scoring import ROWS, SHARES, score


@dataclass(frozen=True)
class Trained:
    """A model and how well it does.

    Attributes
    ----------
    models : Models
        Fitted on all narratives, with the table of calibration.
    scores : dict or None
        Cross-validated on the narratives given; None where they are too few.
    shipped : dict
        Of the shipped model on the same narratives.
    known : int
        How many of them the shipped model was trained on, so that its scores flatter.
    given : int
        How many narratives were given.
    """

    models: Models
    scores: dict[str, Any] | None
    shipped: dict[str, Any]
    known: int
    given: int


def train(given: Sequence[dict[str, Any]], base: bool = True, seed: int = 0) -> Trained:
    """Fit a model, and measure it by cross-validation.

    Parameters
    ----------
    given : sequence of dict
        Labelled narratives that were checked.
    base : bool
        Learn also from the shipped narratives; where a text is among both, as it is labelled in ``given``.
    seed : int
        Deals the folds of the cross-validation.

    Returns
    -------
    Trained
        The same for the same narratives and seed, in whatever order they are.

    Raises
    ------
    ExampleError
        Where no narrative tells of a deal.
    """
    shipped = {_text(case): case for case in shipped_examples()}
    given = sorted(given, key=lambda case: case["id"])
    own = {_text(case) for case in given}
    if not any(case["parties"] for case in given) and not base:
        raise ExampleError("no narrative tells of a deal", "label some that do, or train on top of the shipped narratives (--base)")
    ids = {case["id"] for case in given}
    rest = [case for text, case in shipped.items() if text not in own] if base else []
    cases = [*given, *(case | {"id": f"shipped:{case['id']}"} if case["id"] in ids else case for case in rest)]
    with one_thread_each():
        prepared = prepare_all(cases)
        models, outputs = fit_and_cross_validate(prepared, deal_folds([case["id"] for case in cases], seed))
        compared = {one.case["id"]: extract_prepared(one, shipped_models()) for one in prepared[: len(given)]}
    if outputs:
        models.tables.update(calibration_tables(outcomes(outputs, cases)))
    models.meta.update(base=base, given=len(given), seed=seed)
    gold = {case["id"]: case for case in given}
    return Trained(models, score(gold, outputs) if outputs else None, score(gold, compared), len(own & shipped.keys()), len(given))


def _text(case: dict[str, Any]) -> str:
    return " ".join(case["text"].split())


def meta_of(trained: Trained) -> dict[str, Any]:
    """Give what the pipeline's ``meta.json`` says of the model: what it is, and its scores."""
    meta = trained.models.meta
    source = "the narratives that dealterms ships and " if meta["base"] else ""
    performance: dict[str, float] = {}
    if scores := trained.scores:
        performance = {f"{row}_{part[0]}": scores[row][part] for row in ROWS for part in ("precision", "recall", "f1")}
        performance |= {row: scores[row] for row in SHARES}
    return {
        "name": "deals",
        "version": "0.0.0",
        "description": f"Deal terms from narratives of Form 8-K, trained on {source}{trained.given} labelled narratives.",
        "license": "",
        "requirements": [requirement()],
        "performance": performance,
    }

"""Writes ``training/RESULTS.md``: cross-validated scores, blind rounds, learning curve, ablation, calibration, commonest errors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dealterms_training.examples import DATA
from dealterms_training.scoring import ROWS, SHARES

RESULTS = DATA.parent / "RESULTS.md"
ROUNDS = DATA.parent / "rounds.json"
REAL = DATA.parent / "real_filings.md"
TRIED = DATA.parent / "tried.md"


def table(columns: Mapping[str, Mapping[str, Any]]) -> str:
    """Give scores as a Markdown table: a row a measure, a column a set.

    Examples
    --------
    >>> print(table({"dev": {row: {"f1": 0.5} for row in ROWS} | {"whole": 0.1, "grounded": 1.0}}).splitlines()[2])
    | parties | 0.500 |
    """
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for row in ROWS:
        lines.append(f"| {row} | " + " | ".join(f"{scores[row]['f1']:.3f}" for scores in columns.values()) + " |")
    for row in SHARES:
        lines.append(f"| {row} | " + " | ".join(f"{scores[row]:.3f}" for scores in columns.values()) + " |")
    return "\n".join(lines)


def write_results() -> Path:
    """Measure everything and write the report; takes some minutes."""
    from dealterms_training.measure import calibration, curve, groups, kinds_of_error, sets

    scores, outputs, cases = sets()
    parts = [
        "# Results",
        "Made by `python -m dealterms_training results`; do not edit. F1 by strict keys (`scoring.py`); `whole` is the share of narratives "
        "without a fault, `grounded` the share of records whose offsets hold their quote.",
        "## Cross-validation",
        "Five folds; every narrative is extracted by models that were trained without it. The rules were written by people who have read "
        "many of these narratives: the blind rounds below are the honest figures.",
        table(scores),
        "## Blind rounds",
        "Narratives that nobody who writes rules had read, scored once by a model trained without them; afterwards they join the training data.",
        _rounds(),
        "## Learning curve",
        curve(),
        "## What each group of features is worth",
        "Of the first pass on sums of money, on every third narrative.",
        groups(),
        "## Calibration",
        calibration(outputs, cases),
        "## Commonest kinds of error",
        "The ten commonest, each with an example.",
        kinds_of_error(outputs, cases),
        "## What was tried, and what is missing",
        TRIED.read_text(encoding="utf-8").strip(),
        "## Real filings",
        REAL.read_text(encoding="utf-8").strip(),
    ]
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"written to {RESULTS.name}")
    return RESULTS


def _rounds() -> str:
    if not ROUNDS.is_file():
        return "None yet."
    return table(json.loads(ROUNDS.read_text(encoding="utf-8")))

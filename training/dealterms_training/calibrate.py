"""What a record's confidence is worth: how often records that said so were right, on narratives the models had not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dealterms.assemble.confidence import calibrated
from dealterms_training.scoring import GROUPS, keys

BINS = 12
_LEAST = 20
Outcome = tuple[float, bool]


def outcomes(outputs: Mapping[str, Mapping[str, Any]], cases: Iterable[Mapping[str, Any]]) -> dict[str, list[Outcome]]:
    """Give for each record that was said its confidence, and whether it is right, by group; background left out.

    A party is right where its role is.
    """
    told: dict[str, list[Outcome]] = {group: [] for group in GROUPS}
    for case in cases:
        wanted = keys(case)
        for group in GROUPS:
            row = "roles" if group == "parties" else group
            for record in outputs[case["id"]][group]:
                if not record.get("background"):
                    (key,) = keys({group: [record]})[row]
                    told[group].append((record["confidence"], wanted[row][key] > 0))
    return told


def calibration_tables(told: Mapping[str, Sequence[Outcome]]) -> dict[str, dict[str, float]]:
    """Give a model's tables of calibration, one for each group of which something was said."""
    return {f"calibration {group}": calibration_table(part) for group, part in told.items() if part}


def calibration_table(told: Sequence[Outcome]) -> dict[str, float]:
    """Give how often records of each confidence were right.

    Parameters
    ----------
    told : sequence of (float, bool)
        Confidence, and whether right.

    Returns
    -------
    dict of str to float
        Mean confidence of each of `BINS` bins of equal number to the share that was right, never falling.

    Examples
    --------
    >>> calibration_table([(0.9, True)] * 3 + [(0.9, False)])
    {'0.9': 0.75}
    """
    ordered = sorted(told)
    size = max(len(ordered) // BINS, _LEAST)
    table: dict[str, float] = {}
    highest = 0.0
    for start in range(0, len(ordered), size):
        part = ordered[start : start + size]
        highest = max(highest, sum(right for _, right in part) / len(part))
        table[f"{sum(confidence for confidence, _ in part) / len(part):.4g}"] = round(highest, 4)
    return table


def expected_error(told: Sequence[Outcome], table: Mapping[str, float] | None = None) -> float:
    """Give the expected calibration error over ten bins, after a table where one is given."""
    bins: dict[int, list[Outcome]] = {}
    for confidence, right in told:
        value = calibrated(confidence, table) if table else confidence
        bins.setdefault(min(int(value * 10), 9), []).append((value, right))
    return sum(abs(sum(c for c, _ in part) - sum(r for _, r in part)) for part in bins.values()) / len(told)

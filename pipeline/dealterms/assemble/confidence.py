"""Confidence that means how often such records are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy

from dealterms.types import GROUPS, Deal


def calibrated(confidence: float, table: Mapping[str, float]) -> float:
    """Give the share of records of a raw confidence that were right.

    Parameters
    ----------
    confidence : float
        What the classifier said.
    table : mapping of str to float
        Raw confidence to share, ascending; between two the straight line.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> calibrated(0.7, {"0.5": 0.6, "0.9": 0.8})
    0.7
    """
    (share,) = _calibrated_all([confidence], table)
    return share


def _calibrated_all(confidences: list[float], table: Mapping[str, float]) -> list[float]:
    points = sorted((float(raw), share) for raw, share in table.items())
    shares = numpy.interp(confidences, [raw for raw, _ in points], [share for _, share in points])
    return [round(share, 4) for share in shares.tolist()]


def calibrate(deal: Deal, tables: Mapping[str, Mapping[str, float]]) -> Deal:
    """Give a deal whose records say how often such records are right.

    Parameters
    ----------
    deal : Deal
        With what the classifier said as confidence.
    tables : mapping of str to mapping
        ``"calibration payments"`` and so on; a group without a table keeps what it has.

    Returns
    -------
    Deal
        The same records.
    """
    groups: dict[str, Any] = {}
    for group in GROUPS:
        table = tables.get(f"calibration {group}")
        records = getattr(deal, group)
        if table and records:
            shares = _calibrated_all([record.confidence for record in records], table)
            groups[group] = tuple(replace(record, confidence=share) for record, share in zip(records, shares))
    return replace(deal, **groups)

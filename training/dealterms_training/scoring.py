"""Scores extracted deals against labelled ones: a record is right only where its whole key agrees.

Keys: of parties the name without case, punctuation, title and legal form; of payments kind, bounds and currency; of royalties
bounds, tiered, amount and currency; of terms kind, length, end and whether there is an event; of renewals length, count and
automatic. Background records are left out on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from dealterms.errors import DealtermsError, InputError
from dealterms_training.examples import read_lines

GROUPS = ("parties", "payments", "royalties", "terms", "renewals")
ROWS = (*GROUPS, "roles", "amounts", "all")
#: Rows of a single figure.
SHARES = ("whole", "grounded")
_FORMS = frozenset(
    (
        "incorporated inc corporation corp company co limited ltd llc lp llp plc ag sa nv bv gmbh kk spa ab as oy pte pty se "
        "kgaa holding holdings the dr mr mrs ms prof"
    ).split()
)
_SPACED_FORMS = re.compile(r"\b(?:l l c|l p|s a|n v|b v|k k|s p a|a s)\b")

Keys = dict[str, Counter[Hashable]]


def name_key(name: str) -> str:
    """Give what of a name is compared.

    Examples
    --------
    >>> name_key("The Merck & Co., Inc.") == name_key("MERCK AND CO")
    True
    """
    words = " ".join(re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ")).split())
    kept = " ".join(word for word in _SPACED_FORMS.sub(" ", words).split() if word not in _FORMS)
    return kept or words


def _months_and_days(duration: str | None) -> tuple[float, float] | None:
    if duration is None:
        return None
    parts = {unit: float(number) for number, unit in re.findall(r"([\d.]+)([YMWD])", duration)}
    return parts.get("Y", 0) * 12 + parts.get("M", 0), parts.get("W", 0) * 7 + parts.get("D", 0)


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def keys(case: Mapping[str, Any]) -> Keys:
    """Give the multiset of keys of each group."""
    kept = {group: [record for record in case.get(group) or () if not record.get("background")] for group in GROUPS}
    money = [(p["kind"], _number(p["low"]), _number(p["high"]), p["currency"]) for p in kept["payments"]]
    return {
        "parties": Counter(name_key(p["name"]) for p in kept["parties"]),
        "payments": Counter(money),
        "royalties": Counter(
            (_number(r["low"]), _number(r["high"]), bool(r["tiered"]), _number(r["amount"]), r["currency"]) for r in kept["royalties"]
        ),
        "terms": Counter((t["kind"], _months_and_days(t["length"]), t["ends"], bool(t["event"])) for t in kept["terms"]),
        "renewals": Counter((_months_and_days(r["length"]), r["count"], bool(r["automatic"])) for r in kept["renewals"]),
        "roles": Counter((name_key(p["name"]), p["role"]) for p in kept["parties"]),
        "amounts": Counter(sum_[1:] for sum_ in money if sum_[3]),
    }


def score(gold: Mapping[str, Mapping[str, Any]], predicted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Score predictions.

    Parameters
    ----------
    gold, predicted : mapping of str to dict
        Labelled narratives and outputs by id.

    Returns
    -------
    dict
        For each of `ROWS` precision, recall, f1 and the number of gold records; ``whole``, the share of narratives without a
        fault; ``grounded``, the share of predicted records whose offsets hold their quote.

    Examples
    --------
    >>> case = {"text": "Five years.", "terms": [{"kind": "agreement", "length": "P5Y", "ends": None, "event": None, "quote": "Five years"}]}
    >>> score({"a": case}, {"a": case})["terms"]["f1"]
    1.0
    """
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    whole = 0
    anchored: list[bool] = []
    for case_id, case in gold.items():
        wanted = keys(case)
        got = keys(predicted[case_id]) if case_id in predicted else {group: Counter() for group in wanted}
        for group in wanted:
            right[group] += sum((wanted[group] & got[group]).values())
            said[group] += sum(got[group].values())
            true[group] += sum(wanted[group].values())
        whole += all(wanted[group] == got[group] for group in GROUPS)
        anchored += _grounded(predicted.get(case_id, {}), case["text"])
    for total in (right, said, true):
        total["all"] = sum(total[group] for group in GROUPS)
    figures: dict[str, Any] = {}
    for row in ROWS:
        precision = right[row] / said[row] if said[row] else float(not true[row])
        recall = right[row] / true[row] if true[row] else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        figures[row] = {"precision": precision, "recall": recall, "f1": f1, "gold": true[row]}
    figures["whole"] = whole / len(gold) if gold else 0.0
    figures["grounded"] = sum(anchored) / len(anchored) if anchored else 0.0
    return figures


def _grounded(case: Mapping[str, Any], text: str) -> list[bool]:
    return [
        isinstance(record.get("start"), int)
        and isinstance(record.get("end"), int)
        and text[record["start"] : record["end"]] == record.get("quote") != ""
        for group in GROUPS[1:]
        for record in case.get(group) or ()
    ]


def read_scored(paths: Iterable[Path]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Read labelled narratives or outputs to be scored: only what a score is made of is asked for.

    Parameters
    ----------
    paths : iterable of Path
        JSONL files, or folders of them.

    Returns
    -------
    dict of str to (str, dict)
        By id, file and line and the narrative.

    Raises
    ------
    InputError
        Naming file and line of what cannot be scored.
    """
    read: dict[str, tuple[str, dict[str, Any]]] = {}
    for place, case in read_lines(paths):
        if isinstance(case, DealtermsError):
            raise InputError(f"{place}: {case.message}", case.remedy)
        if not isinstance(case, dict) or not isinstance(case.get("id"), str) or not isinstance(case.get("text", ""), str):
            raise InputError(f"{place}: no object with an id and a text", "give labelled narratives, or what dealterms extract wrote")
        if case["id"] in read:
            raise InputError(f"{place}: the id {case['id']!r} is that of {read[case['id']][0]}", "give each narrative an id of its own")
        try:
            keys(case)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"{place}: a record cannot be scored ({type(error).__name__}: {error})", "give each all fields of the guide"
            ) from None
        read[case["id"]] = (place, case)
    if not read:
        raise InputError("no narrative to score", "give a .jsonl file of labelled narratives")
    return read

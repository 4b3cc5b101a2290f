"""Reads labelled narratives and checks them against the guide before anything learns from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dealterms.errors import ExampleError, NotFoundError
from dealterms.types import MILESTONES, PARTY_ROLES, PAYMENT_KINDS, TERM_KINDS

DATA = Path(__file__).parents[1] / "data"
FIELDS = {
    "parties": ("name", "aliases", "role"),
    "payments": (
        "kind",
        "low",
        "high",
        "currency",
        "approximate",
        "per",
        "milestone",
        "contingent",
        "payer",
        "payee",
        "background",
        "quote",
    ),
    "royalties": ("low", "high", "tiered", "amount", "currency", "per", "base", "payer", "payee", "background", "quote"),
    "terms": ("kind", "length", "ends", "event", "background", "quote"),
    "renewals": ("length", "count", "automatic", "holder", "notice", "fee", "background", "quote"),
}
_KINDS = {"payments": PAYMENT_KINDS, "terms": TERM_KINDS}
_DURATION = re.compile(r"P(?=\d)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+W)?(\d+D)?$")


def faults(case: dict[str, Any]) -> Iterator[str]:
    """Tell what in a labelled narrative breaks the guide.

    Parameters
    ----------
    case : dict
        A labelled narrative; fields beyond the annotation's (offsets, confidence) are passed over.

    Yields
    ------
    str
        One fault each, with the record it is in.

    Examples
    --------
    >>> list(faults({"id": "a", "text": "Nothing.", "parties": [], "payments": [], "royalties": [], "terms": [], "renewals": [
    ...     {"length": "3 years", "quote": "none"}]}))[0]
    "renewals: 'none': no count, automatic, holder, notice, fee, background"
    """
    for key in ("id", "text", *FIELDS):
        if key not in case:
            yield f"no {key}"
            return
    text, names = case["text"], {party.get("name") for party in case["parties"]}
    for group, fields in FIELDS.items():
        for record in case[group]:
            where = f"{group}: {record.get('quote') or record.get('name')!r}"
            missing = [name for name in fields if name not in record]
            if missing:
                yield f"{where}: no {', '.join(missing)}"
                continue
            if group == "parties":
                if record["role"] not in PARTY_ROLES:
                    yield f"{where}: role {record['role']!r} is none of {', '.join(PARTY_ROLES)}"
                yield from (f"{where}: {form!r} is not in the text" for form in (record["name"], *record["aliases"]) if form not in text)
                continue
            if record["quote"] not in text:
                yield f"{where}: the quote is not in the text"
            if group in _KINDS and record["kind"] not in _KINDS[group]:
                yield f"{where}: kind {record['kind']!r} is none of {', '.join(_KINDS[group])}"
            for side in ("payer", "payee", "holder"):
                if record.get(side) is not None and record[side] not in names:
                    yield f"{where}: {side} {record[side]!r} is no party"
            for name in ("length", "notice"):
                if record.get(name) is not None and not _DURATION.match(record[name]):
                    yield f"{where}: {name} {record[name]!r} is no ISO 8601 duration"
            if group == "payments":
                if (record["low"] is None and record["high"] is None) != (record["currency"] is None):
                    yield f"{where}: a figure and its currency go together"
                if (record["kind"] == "milestone") != (record["milestone"] in MILESTONES):
                    yield f"{where}: a milestone, and only a milestone, says which of {', '.join(MILESTONES)}"
            if group == "terms" and not any(record[name] for name in ("length", "ends", "event")):
                yield f"{where}: a term needs a length, an end or an event"


def read_examples(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read labelled narratives, and refuse to go on where one is wrong.

    Parameters
    ----------
    paths : iterable of Path
        JSONL files.

    Returns
    -------
    list of dict
        The narratives, files and lines in order.

    Raises
    ------
    ExampleError
        Naming file, line and fault of each that is wrong.

    Examples
    --------
    >>> len(read_examples([DATA / "dev.jsonl"]))
    282
    """
    cases: list[dict[str, Any]] = []
    wrong: list[str] = []
    seen: set[str] = set()
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                case = json.loads(line)
            except ValueError as error:
                wrong.append(f"{path.name}:{number}: not JSON ({error})")
                continue
            wrong += [f"{path.name}:{number} ({case.get('id')}): {fault}" for fault in faults(case)]
            if case.get("id") in seen:
                wrong.append(f"{path.name}:{number}: the id {case['id']!r} is given twice")
            seen.add(case.get("id"))
            cases.append(case)
    if wrong:
        raise ExampleError(f"{len(wrong)} faults in labelled narratives:\n" + "\n".join(wrong[:50]), "mend them by training/GUIDE.md")
    return cases


def shipped_examples() -> list[dict[str, Any]]:
    """Read every labelled narrative of the repository, in the order of the files' names."""
    files = sorted(DATA.glob("*.jsonl"))
    if not files:
        raise NotFoundError(f"no labelled narratives at {DATA}", "run this in a checkout of the repository")
    return read_examples(files)

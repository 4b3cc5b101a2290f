"""Doccano: a line of JSON for each text, with entities and relations, for a sequence labelling project that has relations.

In the tool a person may change spans, labels and relations. The other fields travel as metadata, untouched.
"""

from __future__ import annotations

import json
from typing import Any

from dealterms.convert.envelope import NAME, Returned, doubt, sealed
from dealterms.convert.marks import Link, Mark, Marked, Narrative, collapsed, mark
from dealterms.errors import ExampleError


def pack(narrative: Narrative) -> dict[str, Any]:
    """Give a narrative as a line to import.

    Examples
    --------
    >>> pack({"id": "a", "text": "Term: 5 years.", "parties": [], "payments": [], "royalties": [], "renewals": [],
    ...       "terms": [{"kind": "agreement", "length": "P5Y", "quote": "5 years"}]})["entities"]
    [{'id': 0, 'label': 'term:agreement', 'start_offset': 6, 'end_offset': 13}]
    """
    marked = collapsed(mark(narrative))
    return {
        "text": narrative["text"],
        "entities": [
            {"id": number, "label": given.label, "start_offset": given.start, "end_offset": given.end}
            for number, given in enumerate(marked.marks)
        ],
        "relations": [
            {"id": number, "from_id": link.source, "to_id": link.target, "type": link.label}
            for number, link in enumerate(marked.links or ())
        ],
        # The tool numbers texts by itself, and its metadata are best plain strings and numbers.
        "narrative": narrative.get("id"),
        "confidence": doubt(narrative),
        NAME: json.dumps(sealed(narrative), ensure_ascii=False),
    }


def unpack(row: dict[str, Any]) -> Returned:
    """Read an exported line, of a project with relations or with spans alone.

    Raises
    ------
    dealterms.errors.ExampleError
        Where it is no such line.
    """
    text = row.get("text", row.get("data"))
    if not isinstance(text, str):
        raise ExampleError("the line has no text", "export the project as JSONL")
    try:
        if "entities" in row:
            marks = [Mark(int(e["start_offset"]), int(e["end_offset"]), str(e["label"])) for e in row["entities"]]
            numbers = {e.get("id"): number for number, e in enumerate(row["entities"])}
            ends = [(numbers.get(r["from_id"]), numbers.get(r["to_id"]), str(r["type"])) for r in row.get("relations") or ()]
            links: list[Link] | None = [Link(a, b, label) for a, b, label in ends if a is not None and b is not None]
            links = links if "relations" in row else None
        else:
            marks = [Mark(int(start), int(end), str(label)) for start, end, label in row.get("label", row.get("labels")) or ()]
            links = None
    except (KeyError, TypeError, ValueError) as error:
        raise ExampleError(f"an entity or relation is not of Doccano's form ({error!r})", "export the project as JSONL") from None
    return Returned(Marked(text, marks, links), row.get(NAME), str(row.get("narrative") or row.get("id") or ""))


def is_row(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    spans = row.get("label", row.get("labels"))
    return "entities" in row or (isinstance(spans, list) and all(isinstance(span, list) for span in spans))

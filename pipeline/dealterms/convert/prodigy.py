"""Prodigy: a line of JSON for each task, with tokens, spans and relations, for its interfaces ``spans_manual`` and ``relations``.

In the tool a person may change spans, labels and relations. The other fields travel with the task, untouched.
"""

from __future__ import annotations

from typing import Any

from dealterms.convert.envelope import NAME, Returned, doubt, sealed
from dealterms.convert.marks import Link, Mark, Marked, Narrative, collapsed, mark
from dealterms.convert.tokens import doc_of
from dealterms.errors import ExampleError


def pack(narrative: Narrative) -> dict[str, Any]:
    """Give a narrative as a task.

    Examples
    --------
    >>> pack({"id": "a", "text": "Term: 5 years.", "parties": [], "payments": [], "royalties": [], "renewals": [],
    ...       "terms": [{"kind": "agreement", "length": "P5Y", "quote": "5 years"}]})["spans"]
    [{'start': 6, 'end': 13, 'token_start': 2, 'token_end': 3, 'label': 'term:agreement'}]
    """
    marked = collapsed(mark(narrative))
    doc = doc_of(narrative["text"], marked.marks)
    at = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i for token in doc}
    spans = [
        {"start": given.start, "end": given.end, "token_start": at[given.start], "token_end": ends[given.end], "label": given.label}
        for given in marked.marks
    ]
    return {
        "text": narrative["text"],
        "tokens": [
            {"text": token.text, "start": token.idx, "end": token.idx + len(token), "id": token.i, "ws": bool(token.whitespace_)}
            for token in doc
        ],
        "spans": spans,
        "relations": [
            {
                "head": spans[link.source]["token_end"],
                "child": spans[link.target]["token_end"],
                "head_span": spans[link.source],
                "child_span": spans[link.target],
                "label": link.label,
            }
            for link in marked.links or ()
        ],
        "meta": {"id": narrative.get("id"), "registrant": narrative.get("registrant"), "confidence": doubt(narrative)},
        NAME: sealed(narrative),
    }


def unpack(row: dict[str, Any]) -> Returned:
    """Read a line of ``db-out``.

    Raises
    ------
    dealterms.errors.ExampleError
        Where it is no such line.
    """
    text, meta, answer = row.get("text"), row.get("meta"), row.get("answer")
    if not isinstance(text, str):
        raise ExampleError("the line has no text", "give what prodigy db-out writes")
    try:
        marks = [Mark(int(span["start"]), int(span["end"]), str(span["label"])) for span in row.get("spans") or ()]
        links = None if "relations" not in row else _links(row, marks)
    except (KeyError, TypeError, ValueError) as error:
        raise ExampleError(f"a span or relation is not of Prodigy's form ({error!r})", "give what prodigy db-out writes") from None
    name = str(meta.get("id") or "") if isinstance(meta, dict) else ""
    dropped = f"answered {answer!r} in the tool" if answer in ("reject", "ignore") else ""
    return Returned(Marked(text, marks, links), row.get(NAME), name, answer == "accept", dropped)


def _links(row: dict[str, Any], marks: list[Mark]) -> list[Link]:
    """Read relations: from the head's span to the child's, by their places, or by the words that they name."""
    ends = [(token["start"], token["end"]) for token in row.get("tokens") or ()]
    links = []
    for relation in row["relations"] or ():
        source, target = (_end(marks, relation.get(f"{side}_span"), relation.get(side), ends) for side in ("head", "child"))
        if source is not None and target is not None:
            links.append(Link(source, target, str(relation["label"])))
    return links


def _end(marks: list[Mark], span: dict[str, Any] | None, token: Any, ends: list[tuple[int, int]]) -> int | None:
    """Give the mark at one end of a relation; where it was moved after the relation was drawn, the one that shares its words."""
    if span:
        start, end = int(span["start"]), int(span["end"])
        exact = [n for n, given in enumerate(marks) if given.place == (start, end, str(span.get("label", given.label)))]
        if exact:
            return exact[0]
    elif isinstance(token, int) and 0 <= token < len(ends):
        start, end = ends[token]
    else:
        return None
    label = span.get("label") if span else None
    shared = [(min(given.end, end) - max(given.start, start), given.label == label, -number) for number, given in enumerate(marks)]
    close, _, number = max(shared, default=(0, False, 0))
    return -number if close > 0 else None


def is_row(row: Any) -> bool:
    return isinstance(row, dict) and ("spans" in row or "_task_hash" in row or row.get("answer") in ("accept", "reject", "ignore"))

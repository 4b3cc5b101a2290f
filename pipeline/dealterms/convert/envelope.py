"""What travels with a text through a tool, so that nothing is lost that the tool has no place for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dealterms.convert.marks import Marked, Narrative
from dealterms.convert.merge import merge
from dealterms.errors import ExampleError
from dealterms.types import GROUPS

#: Under this name a tool keeps the narrative that went out, without its text.
NAME = "dealterms"
_FINGERPRINT = "text_sha256"


@dataclass(frozen=True)
class Returned:
    """One text as a tool gives it back.

    Attributes
    ----------
    marked : Marked
        Its marks.
    origin : dict or None
        The narrative that went out, as `sealed` gave it; None for a text that never went out.
    id : str or None
        The tool's own name for the text.
    reviewed : bool or None
        Whether a person has looked at it; None where the tool does not say.
    dropped : str
        Why it is to be left out, where a person said so.
    """

    marked: Marked
    origin: Any = None
    id: str | None = None
    reviewed: bool | None = None
    dropped: str = ""


def sealed(narrative: Narrative) -> dict[str, Any]:
    """Give a narrative without its text, and a fingerprint of that."""
    return {key: value for key, value in narrative.items() if key != "text"} | {_FINGERPRINT: _fingerprint(narrative["text"])}


def opened(returned: Returned, name: str = "") -> tuple[Narrative, list[str]]:
    """Give the labelled narrative of a text that came back, and what could not be known.

    Parameters
    ----------
    returned : Returned
        What the tool gives.
    name : str
        The id of a text to which neither we nor the tool gave one.

    Returns
    -------
    (dict, list of str)
        The narrative, and what could not be known.

    Raises
    ------
    dealterms.errors.ExampleError
        Where the text is not the one that went out, or what travelled with it is damaged.

    Examples
    --------
    >>> opened(Returned(Marked("Acme pays.", [])))[0]["payments"]
    []
    """
    text = returned.marked.text
    for mark in returned.marked.marks:
        if not 0 <= mark.start < mark.end <= len(text):
            raise ExampleError(
                f"the span {mark.start} to {mark.end} ({mark.label}) is not within the text of {len(text)} characters",
                "export it again; the text and the spans must be of one export",
            )
    origin = json.loads(returned.origin) if isinstance(returned.origin, str) else returned.origin
    if origin is None:
        origin = {"id": returned.id or name, "registrant": None, **{group: [] for group in GROUPS}}
    elif not isinstance(origin, dict) or _FINGERPRINT not in origin:
        raise ExampleError(f"the field {NAME!r} is not what convert wrote", "leave that field as it is in the tool, or leave it out")
    elif origin[_FINGERPRINT] != _fingerprint(text):
        raise ExampleError("the text is not the one that went out", "label the text as it is, with its white space and line ends")
    head = {key: value for key, value in origin.items() if key not in (*GROUPS, _FINGERPRINT)}
    whole = head | {"text": text} | {group: origin.get(group, []) for group in GROUPS}
    return merge(checked(whole), returned.marked)


def checked(narrative: Any) -> Narrative:
    """Refuse what is no labelled narrative by its form.

    Raises
    ------
    dealterms.errors.ExampleError
        Naming what is wrong.

    Examples
    --------
    >>> checked({"text": "Nothing."})
    Traceback (most recent call last):
    ...
    dealterms.errors.ExampleError: no parties; give a labelled narrative, or what dealterms extract --format jsonl writes
    """
    remedy = "give a labelled narrative, or what dealterms extract --format jsonl writes"
    if not isinstance(narrative, dict) or not isinstance(narrative.get("text"), str):
        raise ExampleError("no object with a text", remedy)
    for group in GROUPS:
        if group not in narrative:
            raise ExampleError(f"no {group}", remedy)
        rows = narrative[group]
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ExampleError(f"{group} is no list of objects", remedy)
        for row in rows:
            for name in _NEEDED.get(group, ()):
                if not isinstance(row.get(name), list if name == "aliases" else str):
                    raise ExampleError(f"{group}: {row.get('quote') or row.get('name')!r} has no {name}", remedy)
            if not all(isinstance(alias, str) for alias in row.get("aliases", ())) or not isinstance(row.get("quote"), str | None):
                raise ExampleError(f"{group}: a quote or alias that is no text", remedy)
    return narrative


_NEEDED = {"parties": ("name", "aliases", "role"), "payments": ("kind",), "terms": ("kind",)}


def doubt(narrative: Narrative) -> float:
    """Give how sure the least certain record is; 1 where none tells, so that labels made by hand come last."""
    told = [record["confidence"] for group in GROUPS for record in narrative[group] if isinstance(record.get("confidence"), int | float)]
    return min(told, default=1.0)


def _fingerprint(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

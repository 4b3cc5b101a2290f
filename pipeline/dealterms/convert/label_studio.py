"""Label Studio: JSON tasks whose predictions are regions of text with labels, a form for each region, and relations.

In the tool a person may change everything: spans and labels, the fields of a record in the form beside it, and who pays whom by relations
from a record to the name of a party.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from dealterms.colors import LIGHT
from dealterms.convert.envelope import NAME, Returned, doubt, sealed
from dealterms.convert.fields import CHOICES, FLAGS, TEXTS, shown
from dealterms.convert.marks import FAMILIES, LINKS, Link, Mark, Marked, Narrative, all_labels, mark, parts_of
from dealterms.errors import ExampleError
from dealterms.wording import one_line, shorten

_LABELS, _TEXT = "label", "text"
_BLANKS = re.compile(r"\\n|\s+")  # some versions tell a line end as a backslash and an n
_HINTS = {"low": "at least, or exactly", "high": "at most, or exactly", "ends": "2031-03-31", "length": "P5Y or 5 years", "per": "unit"}


def pack(narrative: Narrative) -> dict[str, Any]:
    """Give a narrative as a task with one prediction.

    Examples
    --------
    >>> pack({"id": "a", "text": "Term: 5 years.", "parties": [], "payments": [], "royalties": [], "renewals": [],
    ...       "terms": [{"kind": "agreement", "length": "P5Y", "quote": "5 years"}]})["predictions"][0]["result"][0]["value"]
    {'start': 6, 'end': 13, 'text': '5 years', 'labels': ['term:agreement']}
    """
    from dealterms import __version__

    marked = mark(narrative)
    records = {f"{group}-{number}": (group, record) for group in FAMILIES for number, record in enumerate(narrative[group])}
    result: list[dict[str, Any]] = []
    for given in marked.marks:
        place = {"start": given.start, "end": given.end, "text": marked.text[given.start : given.end]}
        group, record = records.get(str(given.key), ("", {}))
        region = _entry(given.key, _LABELS, "labels", place | {"labels": [given.label]})
        if isinstance(record.get("confidence"), int | float):
            region["score"] = record["confidence"]
        result.append(region)
        form = shown(group, record)
        if form["flags"]:
            result.append(_entry(given.key, f"{group}_flags", "choices", place | {"choices": list(form["flags"])}))
        for name, value in form.items():
            if name in CHOICES.get(group, ()):
                result.append(_entry(given.key, f"{group}_{name}", "choices", place | {"choices": [value]}))
            elif name != "flags":
                result.append(_entry(given.key, f"{group}_{name}", "textarea", place | {_TEXT: [value]}))
    for link in marked.links or ():
        source, target = marked.marks[link.source].key, marked.marks[link.target].key
        result.append({"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [link.label]})
    data = {"text": narrative["text"], "id": narrative.get("id"), "registrant": narrative.get("registrant"), NAME: sealed(narrative)}
    prediction = {"model_version": f"dealterms {__version__}", "score": doubt(narrative), "result": result}
    return {"data": data, "predictions": [prediction]}


def _entry(key: str | None, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, "from_name": name, "to_name": _TEXT, "type": kind, "value": value}


def unpack(task: dict[str, Any]) -> Returned:
    """Read a task: its latest annotation that was not cancelled, else its prediction.

    Raises
    ------
    dealterms.errors.ExampleError
        Where it is no task of this labelling.
    """
    if not isinstance(task.get("data"), dict) and isinstance(task.get("task"), dict):  # as cloud storages keep them
        task = task["task"] | {"annotations": [{"result": task.get("result", [])}]}
    data = task.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise ExampleError(
            "the task has no data.text", "export as JSON from a project with the labelling configuration that convert writes"
        )
    finished = [given for given in _objects(task, "annotations") if not given.get("was_cancelled")]
    predicted = _objects(task, "predictions")
    chosen = max(finished, key=lambda given: (bool(given.get("ground_truth")), str(given.get("updated_at") or "")), default=None)
    skipped = chosen is None and bool(_objects(task, "annotations"))
    marked = _marked(data["text"], _objects(chosen or (predicted[-1] if predicted else {}), "result"))
    return Returned(
        marked,
        data.get(NAME),
        str(data.get("id") or task.get("id") or ""),
        chosen is not None,
        "skipped by the annotator" if skipped else "",
    )


def _objects(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [part for part in row.get(name) or () if isinstance(part, dict)]


def _marked(text: str, result: list[dict[str, Any]]) -> Marked:
    forms: dict[str, dict[str, Any]] = {}
    for entry in result:
        value, name = entry.get("value") or {}, str(entry.get("from_name"))
        if entry.get("type") in ("choices", "textarea") and "_" in name:
            told = value.get("choices") if entry["type"] == "choices" else value.get(_TEXT)
            told = [told] if isinstance(told, str) else [str(part) for part in told or ()]
            forms.setdefault(str(entry.get("id")), {})[name] = told
    marks: list[Mark] = []
    numbers: dict[str, int] = {}
    for entry in result:
        if entry.get("type") != "labels":
            continue
        value, key = entry.get("value") or {}, str(entry.get("id"))
        labels = value.get("labels") or ["none"]
        if not isinstance(value.get("start"), int) or not isinstance(value.get("end"), int):
            raise ExampleError(
                f"the region {key} has no start and end", "label with <Text>, as in the labelling configuration that convert writes"
            )
        _check_words(text, value)
        group = (parts_of(labels[0]) or ("",))[0]
        form = {name.removeprefix(f"{group}_"): told for name, told in forms.get(key, {}).items() if name.startswith(f"{group}_")}
        fields = {name: tuple(told) if name == "flags" else " ".join(told) for name, told in form.items()}
        numbers[key] = len(marks)
        marks.append(Mark(value["start"], value["end"], str(labels[0]), key, fields))
    links = []
    for entry in result:
        source, target = numbers.get(str(entry.get("from_id"))), numbers.get(str(entry.get("to_id")))
        if entry.get("type") == "relation" and source is not None and target is not None:
            links += [Link(source, target, str(label)) for label in entry.get("labels") or _only(marks[source])]
    return Marked(text, marks, links)


def _check_words(text: str, value: dict[str, Any]) -> None:
    """Refuse a region whose words are elsewhere: a browser may count line ends and rare signs otherwise than we do."""
    told, here = value.get(_TEXT), text[value["start"] : value["end"]]
    if isinstance(told, str) and _BLANKS.sub("", told) != _BLANKS.sub("", here):
        raise ExampleError(
            f"the region {value['start']} to {value['end']} is {shorten(one_line(told), 60)!r} in the tool and {shorten(one_line(here), 60)!r} here",
            "export the narratives anew with line ends of one character and without emoji",
        )


def _only(source: Mark) -> list[str]:
    """Give the label of a relation drawn without one, where only one is possible."""
    return ["alias"] if source.label == "alias" else ["holder"] if source.label == "renewal" else []


def is_row(row: Any) -> bool:
    return isinstance(row, dict) and (isinstance(row.get("data"), dict) or isinstance(row.get("task"), dict))


def config(narratives: list[Narrative]) -> str:
    """Give the labelling configuration to paste into a project.

    Parameters
    ----------
    narratives : list of dict
        Whose kinds have labels beside those that are known.

    Returns
    -------
    str
        XML.

    Examples
    --------
    >>> '<Label value="term:agreement"' in config([])
    True
    """
    labels = all_labels(narratives)
    lines = ["<View>", '  <Header value="$id $registrant"/>', f'  <Labels name="{_LABELS}" toName="{_TEXT}">']
    lines += [
        f'    <Label value={quoteattr(label)} background="{LIGHT.lines.get((parts_of(label) or ("",))[0], LIGHT.quiet)}"/>'
        for label in labels
    ]
    lines += ["  </Labels>", "  <Relations>", *(f'    <Relation value="{link}"/>' for link in LINKS), "  </Relations>"]
    lines.append(f'  <Text name="{_TEXT}" value="$text" granularity="symbol"/>')
    for group in FLAGS:
        own = ",".join(label for label in labels if (parts_of(label) or ("",))[0] == group)
        lines.append(f'  <View visibleWhen="region-selected" whenLabelValue={quoteattr(own)}>')
        for name in TEXTS[group]:
            lines.append(f'    <Header size="6" value={quoteattr(f"{name} ({_HINTS[name]})" if name in _HINTS else name)}/>')
            lines.append(
                f'    <TextArea name="{group}_{name}" toName="{_TEXT}" perRegion="true" maxSubmissions="1" editable="true" rows="1"/>'
            )
        for name, values in CHOICES.get(group, {}).items():
            lines += _choices(f"{group}_{name}", "single", values)
        lines += [*_choices(f"{group}_flags", "multiple", FLAGS[group]), "  </View>"]
    return "\n".join([*lines, "</View>", ""])


def _choices(name: str, choice: str, values: tuple[str, ...]) -> list[str]:
    head = f'    <Choices name="{name}" toName="{_TEXT}" perRegion="true" choice="{choice}" showInline="true">'
    return [head, *(f'      <Choice value="{value}"/>' for value in values), "    </Choices>"]

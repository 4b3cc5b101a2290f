"""The errors of a prediction as text: missed, false, or right but for a field; the words marked in their line."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

from dealterms.types import Deal
from dealterms.wording import one_line, payment, renewal, royalty, shorten, term
from dealterms_training.scoring import GROUPS, keys

# The fields of each key, in its order; of parties the key is that of the roles.
_KEY = {
    "parties": ("name", "role"),
    "payments": ("kind", "low", "high", "currency"),
    "royalties": ("low", "high", "tiered", "amount", "currency"),
    "terms": ("kind", "length", "ends", "event"),
    "renewals": ("length", "count", "automatic"),
}
_ROW = {"parties": "roles"}
_WORDED: dict[str, Any] = {"payments": payment, "royalties": royalty, "terms": term, "renewals": renewal}
_AROUND = 50

Record = Mapping[str, Any]


class Error(NamedTuple):
    """An error of a prediction.

    Attributes
    ----------
    mark : str
        ``missed``, ``false`` or ``wrong``.
    group : str
        The list that it is in.
    gold, told : dict or None
        The labelled record, and the predicted one.
    fields : tuple of str
        In which fields of the key a ``wrong`` one differs.
    """

    mark: str
    group: str
    gold: Record | None
    told: Record | None
    fields: tuple[str, ...] = ()


def errors(case: Mapping[str, Any], predicted: Mapping[str, Any]) -> list[Error]:
    """Compare a prediction with the labels, record by record.

    Parameters
    ----------
    case, predicted : dict
        A labelled narrative, and what was extracted from it; background is left out on both sides.

    Returns
    -------
    list of Error
        In the order of the groups. Of two records that cover the same words, or differ in one field, the told one is ``wrong``.

    Examples
    --------
    >>> case = {"text": "Five years.", "terms": [{"kind": "agreement", "length": "P5Y", "ends": None, "event": None, "quote": "Five years"}]}
    >>> [(error.mark, error.group) for error in errors(case, {})]
    [('missed', 'terms')]
    """
    found: list[Error] = []
    for group in GROUPS:
        missed, false = _unmatched(group, case, predicted)
        for gold in missed:
            told = next((other for other in false if _same_place(case["text"], group, gold, other)), None) or next(
                (other for other in false if len(_differing(group, gold, other)) == 1), None
            )
            if told is None:
                found.append(Error("missed", group, gold, None))
            else:
                false.remove(told)
                found.append(Error("wrong", group, gold, told, _differing(group, gold, told)))
        found += [Error("false", group, None, told) for told in false]
    return found


def _unmatched(group: str, case: Mapping[str, Any], predicted: Mapping[str, Any]) -> tuple[list[Record], list[Record]]:
    missed = [record for record in case.get(group) or () if not record.get("background")]
    false = []
    for told in predicted.get(group) or ():
        if told.get("background"):
            continue
        same = next((gold for gold in missed if _key(group, gold) == _key(group, told)), None)
        if same is None:
            false.append(told)
        else:
            missed.remove(same)
    return missed, false


def _key(group: str, record: Record) -> tuple[Hashable, ...]:
    (key,) = keys({group: [{**record, "background": False}]})[_ROW.get(group, group)]
    return key  # type: ignore[return-value]


def _differing(group: str, gold: Record, told: Record) -> tuple[str, ...]:
    return tuple(name for name, one, other in zip(_KEY[group], _key(group, gold), _key(group, told)) if one != other)


def _same_place(text: str, group: str, gold: Record, told: Record) -> bool:
    if group == "parties":
        return bool({gold["name"], *gold["aliases"]} & {told["name"], *told.get("aliases", ())})
    (start, end), (begin, stop) = _place(text, gold), _place(text, told)
    return start < stop and begin < end


def _place(text: str, record: Record) -> tuple[int, int]:
    start, end = record.get("start"), record.get("end")
    if isinstance(start, int) and isinstance(end, int):
        return start, end
    words = record.get("quote") or record.get("name") or ""
    start = text.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else (0, 0)


def errors_text(place: str, case: Mapping[str, Any], predicted: Mapping[str, Any]) -> Iterator[str]:
    """Give the errors of one narrative as lines of text.

    Parameters
    ----------
    place : str
        File and line of the labelled narrative.
    case, predicted : dict
        As `errors` takes them.

    Yields
    ------
    str
        A line that names the narrative, where there are errors; then each error and, below it, its words marked in their line.

    Examples
    --------
    >>> case = {"id": "a", "text": "For five years.", "terms": [
    ...     {"kind": "agreement", "length": "P5Y", "ends": None, "event": None, "quote": "five years"}]}
    >>> print(*errors_text("mine.jsonl:1", case, {}), sep="\\n")
    mine.jsonl:1 (a)
      missed  terms: agreement, 5 years
              line 1: For [[five years]].
    """
    found = errors(case, predicted)
    if found:
        yield one_line(f"{place} ({case.get('id')})")
    for error in found:
        words = "; told: ".join(_worded(error.group, record, case["text"]) for record in (error.gold, error.told) if record)
        fields = f" [{', '.join(error.fields)}]" if error.fields else ""
        yield f"  {error.mark:6}  {one_line(f'{error.group}{fields}: {words}')}"
        yield f"          {_marked(case['text'], *_place(case['text'], error.gold or error.told or {}))}"


def _worded(group: str, record: Record, text: str) -> str:
    if group == "parties":
        return f"{record['name']}, {record['role']}"
    (told,) = getattr(Deal.from_dict({"text": text, group: [dict(record)]}), group)
    return ", ".join(part for part in (record.get("kind"), _WORDED[group](told)) if part)


def _marked(text: str, start: int, end: int) -> str:
    if start >= end:
        return "no such words in the text"
    number = text.count("\n", 0, start) + 1
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    before, after = before.rsplit("\n\n", 1)[-1], after.split("\n\n", 1)[0]
    dots = ("..." if start > _AROUND else "", "..." if end + _AROUND < len(text) else "")
    marked = f"{dots[0]}{before}[[{shorten(text[start:end], 200)}]]{after}{dots[1]}"
    return f"line {number}: {one_line(marked)}"

"""Reads labelled narratives and checks them against the guide before anything learns from them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from dealterms.errors import DealtermsError, ExampleError, InputError, NotFoundError
from dealterms.schema import CURRENCY, DATE, DURATION
from dealterms.types import MILESTONES, PARTY_ROLES, PAYMENT_KINDS, TERM_KINDS

_CHECKOUT = Path(__file__).parents[1] / "data"
_SHIPPED = Path(str(files("dealterms_training") / "data"))
#: The labelled narratives: inside an installed package, beside ``dealterms_training/`` in a checkout.
DATA = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT

# What may stand in each field: a type, or a pattern for texts of which only some will do.
_TEXT, _FLAG, _FIGURE, _COUNT = "text", "true or false", "a number that is not negative", 'a whole number from 1, or "successive"'
_LENGTH, _DAY, _CODE = "an ISO 8601 duration such as P5Y", "a date such as 2031, 2031-03 or 2031-03-31", "an ISO 4217 code such as USD"
_PATTERNS = {_LENGTH: re.compile(DURATION), _DAY: re.compile(DATE), _CODE: re.compile(CURRENCY)}
_NEEDED = frozenset({"name", "role", "kind", "quote"})
_FLAGS = frozenset({"approximate", "contingent", "background", "tiered", "automatic", "fee"})
_OTHERS = {"low": _FIGURE, "high": _FIGURE, "amount": _FIGURE, "currency": _CODE, "length": _LENGTH, "notice": _LENGTH, "ends": _DAY}
FIELDS: dict[str, tuple[str, ...]] = {
    "parties": ("name", "aliases", "role"),
    "payments": tuple("kind low high currency approximate per milestone contingent payer payee background quote".split()),
    "royalties": tuple("low high tiered amount currency per base payer payee background quote".split()),
    "terms": tuple("kind length ends event background quote".split()),
    "renewals": tuple("length count automatic holder notice fee background quote".split()),
}
_KIND = re.compile(r"[a-z][a-z0-9_]{1,39}")
_TAKEN = frozenset({"none", "skip", "royalty", "renewal", "notice"})


class Fault(NamedTuple):
    """What is wrong with a labelled narrative, and what to do about it."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}; {self.remedy}"


def faults(case: Any, kinds: Sequence[str] = ()) -> Iterator[Fault]:
    """Tell what in a labelled narrative breaks the guide.

    Parameters
    ----------
    case : dict
        A labelled narrative; fields beyond the annotation's (confidence, items) are passed over, offsets are checked.
    kinds : sequence of str
        Kinds of payment of the user's own.

    Yields
    ------
    Fault
        One each, with the record it is in.

    Examples
    --------
    >>> case = {"id": "a", "text": "Nothing.", "parties": [], "payments": [], "royalties": [], "terms": [],
    ...         "renewals": [{"length": "3 years", "quote": "none"}]}
    >>> print(next(faults(case)))
    renewals: 'none': no count, automatic, holder, notice, fee, background; write null where the text does not tell
    """
    if not isinstance(case, dict):
        yield Fault(f"a {type(case).__name__} in place of an object", "write one narrative a line")
        return
    missing = [key for key in ("id", "text", *FIELDS) if key not in case]
    if missing:
        yield Fault(f"no {', '.join(missing)}", "a list may be empty, but must be there")
        return
    if not (isinstance(case["id"], str) and case["id"] and isinstance(case["text"], str) and case["text"].strip()):
        yield Fault("an id or a text that is empty or no text", "give both, in quotation marks")
        return
    if not isinstance(case.get("registrant"), (str, type(None))):
        yield Fault(f"registrant {_told(case['registrant'])}", "give the name of the company that files, or null")
    lists = [group for group in FIELDS if not (isinstance(case[group], list) and all(isinstance(record, dict) for record in case[group]))]
    if lists:
        yield Fault(f"{', '.join(lists)}: no list of objects", "give a list, empty where there is none")
        return
    names = [party.get("name") for party in case["parties"]]
    for group in FIELDS:
        for record in case[group]:
            where = f"{group}: {_told(record.get('quote') or record.get('name'))}"
            for fault in _form(group, record) or _sense(group, record, case["text"], names, kinds):
                yield Fault(f"{where}: {fault.what}", fault.remedy)


def _told(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 80 else told[:77] + "..."


def _form(group: str, record: dict[str, Any]) -> list[Fault]:
    """Tell which fields are missing or of a wrong type."""
    missing = [name for name in FIELDS[group] if name not in record]
    if missing:
        return [Fault(f"no {', '.join(missing)}", "write null where the text does not tell")]
    return [
        Fault(f"{name} {_told(record[name])}", f"write {wanted}{'' if name in _NEEDED or wanted == _FLAG else ', or null'}")
        for name in FIELDS[group]
        if not _fits(record[name], wanted := _wanted(name), name in _NEEDED)
    ]


def _wanted(name: str) -> str:
    if name == "aliases":
        return "a list of texts"
    return _FLAG if name in _FLAGS else _COUNT if name == "count" else _OTHERS.get(name, _TEXT)


def _fits(value: Any, wanted: str, needed: bool) -> bool:
    if wanted == _FLAG:
        return value is None or isinstance(value, bool)  # untold is not so
    if wanted == "a list of texts":
        return isinstance(value, list) and all(isinstance(form, str) and form for form in value)
    if value is None:
        return not needed
    if wanted == _FIGURE:
        return type(value) in (int, float) and 0 <= value < math.inf
    if wanted == _COUNT:
        return value == "successive" or (type(value) is int and value > 0)
    return isinstance(value, str) and bool(value) and (wanted == _TEXT or bool(_PATTERNS[wanted].match(value)))


def _sense(group: str, record: dict[str, Any], text: str, names: Sequence[str | None], kinds: Sequence[str]) -> Iterator[Fault]:
    """Tell where a record of the right form breaks the guide."""
    if group == "parties":
        if record["role"] not in PARTY_ROLES:
            yield Fault(f"role {record['role']!r}", f"the guide's are {', '.join(PARTY_ROLES)}")
        for form in (record["name"], *record["aliases"]):
            if form not in text and " ".join(form.split()) not in " ".join(text.split()):
                yield Fault(f"{form!r} is not in the text", "write the name as it stands there")
        if names.count(record["name"]) > 1:
            yield Fault("the party is given twice", "make them one, with all aliases")
        places = record.get("mentions") or []
        if not isinstance(places, list):
            yield Fault(f"mentions {_told(places)} is no list", "give [start, end] pairs, or leave mentions out")
            places = []
        for place in places:
            if not (isinstance(place, list) and len(place) == 2 and _is_place(text, *place)):
                yield Fault(f"mention {_told(place)} is no place in the text", "give [start, end], or leave mentions out")
        return
    if record["quote"] not in text:
        yield Fault("the quote is not in the text", "copy the words exactly, line breaks included")
    elif "start" in record or "end" in record:
        start, end = record.get("start"), record.get("end")
        if not _is_place(text, start, end) or text[start:end] != record["quote"]:
            yield Fault(f"text[{_told(start)}:{_told(end)}] is not the quote", "mend start and end, or leave both out")
    for side in ("payer", "payee", "holder"):
        if record.get(side) is not None and record[side] not in names:
            yield Fault(f"{side} {record[side]!r} is no party", "write the party's name as under parties, or null")
    low, high = record.get("low"), record.get("high")
    if low is not None and high is not None and low > high:
        yield Fault(f"low {low} is above high {high}", "change them over")
    yield from _OF_GROUP[group](record, kinds)


def _is_place(text: str, start: Any, end: Any) -> bool:
    return type(start) is int and type(end) is int and 0 <= start < end <= len(text)


def _payment(record: dict[str, Any], kinds: Sequence[str]) -> Iterator[Fault]:
    kind = record["kind"]
    if kind not in PAYMENT_KINDS and kind not in kinds:
        own = f", or declare a kind of your own: --kind {kind}" if _KIND.fullmatch(kind) and kind not in _TAKEN else ""
        yield Fault(f"kind {kind!r}", f"the guide's are {', '.join((*PAYMENT_KINDS, *kinds))}{own}")
    if (record["low"] is None and record["high"] is None) != (record["currency"] is None):
        yield Fault("a figure without currency, or a currency without figure", "give both or neither")
    if (kind == "milestone") != (record["milestone"] in MILESTONES):
        yield Fault(
            f"kind {kind!r} with milestone {record['milestone']!r}",
            f"a milestone says which, one of {', '.join(MILESTONES)}; for other kinds it is null",
        )


def _royalty(record: dict[str, Any], kinds: Sequence[str]) -> Iterator[Fault]:
    if (record["amount"] is None) != (record["currency"] is None):
        yield Fault("an amount without currency, or a currency without amount", "give both or neither")
    if record["amount"] is not None and (record["low"], record["high"]) != (None, None):
        yield Fault("an amount and a rate", "of a royalty in money low and high are null")


def _term(record: dict[str, Any], kinds: Sequence[str]) -> Iterator[Fault]:
    if record["kind"] not in TERM_KINDS:
        yield Fault(f"kind {record['kind']!r}", f"the guide's are {', '.join(TERM_KINDS)}")
    if not any(record[name] for name in ("length", "ends", "event")):
        yield Fault("no length, end or event", "a term has at least one of them")


def _renewal(record: dict[str, Any], kinds: Sequence[str]) -> Iterator[Fault]:
    if record["automatic"] and record["holder"] is not None:
        yield Fault(f"automatic, and at the choice of {record['holder']!r}", "the holder of an automatic renewal is null")


_OF_GROUP = {"payments": _payment, "royalties": _royalty, "terms": _term, "renewals": _renewal}


def own_kinds(names: Iterable[str]) -> tuple[str, ...]:
    """Check the names of kinds of payment of the user's own.

    Raises
    ------
    InputError
        For one that cannot be a kind.

    Examples
    --------
    >>> own_kinds(["sponsorship_fee"])
    ('sponsorship_fee',)
    """
    for name in (names := tuple(names)):
        if not _KIND.fullmatch(name) or name in _TAKEN:
            raise InputError(f"{name!r} cannot be a kind of payment", "use small letters, digits and _, such as sponsorship_fee")
    return names


def check_examples(paths: Iterable[Path], kinds: Sequence[str] = ()) -> tuple[list[dict[str, Any]], list[str]]:
    """Read labelled narratives and tell what is wrong with them.

    Parameters
    ----------
    paths : iterable of Path
        JSONL files, or folders of them.
    kinds : sequence of str
        Kinds of payment of the user's own.

    Returns
    -------
    (list of dict, list of str)
        The narratives, files and lines in order; each fault, with file, line and remedy.

    Raises
    ------
    NotFoundError
        For a file that is not there.
    """
    cases: list[dict[str, Any]] = []
    wrong: list[str] = []
    seen: dict[tuple[str, str], str] = {}
    for place, case in read_lines(paths):
        if isinstance(case, DealtermsError):
            wrong.append(f"{place}: {case}")
            continue
        of_case = list(faults(case, kinds))
        told = case.get("id") if isinstance(case, dict) else None
        wrong += [f"{place}{f' ({told})' if isinstance(told, str) else ''}: {fault}" for fault in of_case]
        if isinstance(told, str):
            wrong += _repeated(seen, ("id", told), place, f"the id {told!r} is that of", "give each narrative an id of its own")
            text = " ".join(str(case.get("text")).split())
            wrong += _repeated(seen, ("text", text), place, f"({told}): the text is that of", "keep one of the two")
        cases.append(case)
    return cases, wrong


def _repeated(seen: dict[tuple[str, str], str], key: tuple[str, str], place: str, what: str, remedy: str) -> list[str]:
    before = seen.setdefault(key, place)
    return [] if before == place else [f"{place} {what} {before}; {remedy}"]


def read_lines(paths: Iterable[Path]) -> Iterator[tuple[str, Any]]:
    """Give each line of JSONL files with its place, or what is wrong with it."""
    for path in paths:
        inside = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not inside:
            raise NotFoundError(f"{path}: no .jsonl file in the folder", "give a file of labelled narratives")
        for file in inside:
            try:
                lines = file.read_bytes().splitlines()
            except OSError as error:
                raise NotFoundError(f"{file}: cannot be read ({error.strerror})", "check the path") from None
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        case = json.loads(line.decode("utf-8-sig"))
                    except (ValueError, RecursionError) as error:
                        case = InputError(f"not JSON ({error})", "write one object a line")
                    yield f"{file}:{number}", case


def read_examples(paths: Iterable[Path], kinds: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Read labelled narratives, and refuse to go on where one is wrong.

    Parameters
    ----------
    paths : iterable of Path
        JSONL files, or folders of them.
    kinds : sequence of str
        Kinds of payment of the user's own.

    Returns
    -------
    list of dict
        The narratives, files and lines in order.

    Raises
    ------
    ExampleError
        Naming file, line, fault and remedy of each that is wrong.

    Examples
    --------
    >>> len(read_examples([DATA / "dev.jsonl"]))
    282
    """
    cases, wrong = check_examples(paths, kinds)
    if wrong:
        raise ExampleError(f"{len(wrong)} faults in labelled narratives:\n" + "\n".join(wrong), "mend them by training/GUIDE.md")
    return cases


def shipped_examples() -> list[dict[str, Any]]:
    """Read every labelled narrative that the shipped model is made from, in the order of the files' names."""
    if not any(DATA.glob("*.jsonl")):
        raise NotFoundError(f"no labelled narratives at {DATA}", "reinstall dealterms")
    return read_examples([DATA])

"""From the marks that a tool gives back to the labelled narrative, by what went out.

A record whose marked words came back as they went out keeps every field. Where its label changed, the kind changes and the other
fields stay; where its bounds changed, those values change which the new words tell otherwise than the old ones did. A record whose
words are no longer marked is gone. Of newly marked words the values are read by our own normalisers; what they cannot tell is null or
false, and said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dealterms.convert.fields import edited, shown
from dealterms.convert.marks import ALIAS, FAMILIES, SIDES, TOLD, Mark, Marked, Narrative, label_of, mark, parts_of
from dealterms.convert.reading import blank, read_words
from dealterms.normalize.party import initials, name_key

# What a record keeps when its label moves it to another group.
_CARRIED = ("payer", "payee", "background", "length")
_UNREAD = {
    "payments": "contingent, per and background",
    "royalties": "base, per and background",
    "terms": "background",
    "renewals": "count, automatic, notice, fee and background",
}


@dataclass
class _Merge:
    """One narrative on its way back."""

    origin: Narrative
    back: Marked
    sent: Marked = field(init=False)
    match: dict[int, int] = field(init=False)
    party_at: dict[int, int] = field(default_factory=dict)  # which party a mark names, in full or by an alias
    parties: list[dict[str, Any]] = field(default_factory=list)
    renamed: dict[str, str | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sent = mark(self.origin)
        self.match = match_marks(self.sent.marks, self.back.marks)


def merge(origin: Narrative, back: Marked) -> tuple[Narrative, list[str]]:
    """Put what came back from a tool into the narrative that went out.

    Parameters
    ----------
    origin : dict
        The narrative that went out; of a text that was labelled from nothing, one with empty lists.
    back : Marked
        What the tool gives.

    Returns
    -------
    (dict, list of str)
        The narrative as it is labelled now, and what could not be known.

    Examples
    --------
    >>> empty = {"id": "a", "text": "Term: 5 years.", "parties": [], "payments": [], "royalties": [], "terms": [], "renewals": []}
    >>> merge(empty, Marked(empty["text"], [Mark(6, 13, "term:agreement")]))[0]["terms"]
    [{'kind': 'agreement', 'length': 'P5Y', 'ends': None, 'event': None, 'background': False, 'quote': '5 years'}]
    """
    work = _Merge(origin, back)
    _merge_parties(work)
    merged = origin | {"parties": work.parties}
    used = set(work.match.values())
    for group in FAMILIES:
        if group == "parties":
            continue
        records = [_merged(work, group, number, record) for number, record in enumerate(origin[group])]
        merged[group] = [record for record in records if record is not None]
        fresh = sorted(
            (given.start, given.end, number)
            for number, given in enumerate(back.marks)
            if (parts_of(given.label) or ("",))[0] == group and (number not in used or _moved(work, number))
        )
        merged[group] += [_fresh(work, group, number) for *_, number in fresh]
    work.notes += [
        f"the label {given.label!r} at {given.start} to {given.end} is none of ours and is left out; call it such as payment:upfront or alias"
        for given in back.marks
        if given.label != ALIAS and parts_of(given.label) is None
    ]
    return merged, work.notes


def match_marks(sent: list[Mark], back: list[Mark]) -> dict[int, int]:
    """Find which mark that came back is which that went out.

    Parameters
    ----------
    sent, back : list of Mark
        Before and after.

    Returns
    -------
    dict of int to int
        Number of a sent mark to that of the same mark come back: by its key, else by place and label, else by place, else by the most
        words shared with one of its own family. What has no counterpart is missing.

    Examples
    --------
    >>> match_marks([Mark(0, 4, "royalty", "a"), Mark(6, 9, "royalty", "b")], [Mark(5, 9, "royalty")])
    {1: 0}
    """
    keys = {given.key: number for number, given in enumerate(back) if given.key is not None}
    match = {number: keys[given.key] for number, given in enumerate(sent) if given.key in keys}
    ours = {given.key for given in sent}
    nameless = [number for number, given in enumerate(back) if given.key not in ours]
    places = {back[number].place: number for number in nameless}
    # One mark may stand for several that went out, where the tool cannot tell them apart.
    match |= {n: places[given.place] for n, given in enumerate(sent) if n not in match and given.place in places}
    free = [number for number in nameless if number not in set(match.values())]
    for closeness in (_same_place, _shared_words):
        pairs = [(closeness(given, back[other]), -n, -other) for n, given in enumerate(sent) if n not in match for other in free]
        for close, n, other in sorted(pairs, reverse=True):
            if close > 0 and -n not in match and -other in free:
                match[-n] = -other
                free.remove(-other)
    return dict(sorted(match.items()))


def _same_place(one: Mark, other: Mark) -> int:
    return int(one.place[:2] == other.place[:2])


def _shared_words(one: Mark, other: Mark) -> int:
    same = one.label.partition(":")[0] == other.label.partition(":")[0]
    return min(one.end, other.end) - max(one.start, other.start) if same else 0


def _moved(work: _Merge, number: int) -> bool:
    """Tell whether a mark that came back now belongs to another family than any record that it stood for."""
    family = work.back.marks[number].label.partition(":")[0]
    return all(work.sent.marks[sent].label.partition(":")[0] != family for sent, back in work.match.items() if back == number)


def _words(work: _Merge, number: int) -> str:
    given = work.back.marks[number]
    return work.back.text[given.start : given.end]


def _merge_parties(work: _Merge) -> None:
    demoted: dict[int, str] = {}
    for number, party in enumerate(work.origin["parties"]):
        sent = work.sent.where.get(f"parties-{number}")
        if sent is None:
            work.parties.append(dict(party))
            continue
        back = work.match.get(sent)
        told = parts_of(work.back.marks[back].label) if back is not None else None
        if back is None or told is None or told[0] != "parties":
            work.renamed[party["name"]] = None
            if back is not None:
                demoted[back] = party["name"]
            continue
        name = party["name"] if _same_place(work.sent.marks[sent], work.back.marks[back]) else _words(work, back)
        if name != party["name"]:
            work.renamed[party["name"]] = name
        work.party_at[back] = len(work.parties)
        work.parties.append(party | {"name": name, "role": told[1], "aliases": _kept_aliases(work, number, party, back)})
    _new_parties(work)
    _new_aliases(work)
    for back, name in demoted.items():  # what was the name of a party may now be an alias of a fuller one
        if back in work.party_at:
            work.renamed[name] = work.parties[work.party_at[back]]["name"]
    kept = {party["name"]: party for party in work.origin["parties"]}
    for party in work.parties:
        before = kept.get(party["name"])
        if before is None or any(before[name] != party[name] for name in ("aliases", "role")):
            party.pop("confidence", None)
            party.pop("mentions", None)


def _linked(work: _Merge, number: int, label: str) -> list[int]:
    """Give the marks that a mark is linked to, whichever way the link was drawn."""
    links = [link for link in work.back.links or () if link.label == label and number in (link.source, link.target)]
    return list(dict.fromkeys(link.target if link.source == number else link.source for link in links))


def _kept_aliases(work: _Merge, number: int, party: dict[str, Any], owner: int) -> list[str]:
    kept = []
    for other, form in enumerate(party["aliases"]):
        sent = work.sent.where.get(f"parties-{number}-{other}")
        if sent is None:
            kept.append(form)
            continue
        back = work.match.get(sent)
        if back is None or work.back.marks[back].label != ALIAS:
            continue
        if work.back.links is not None and owner not in _linked(work, back, ALIAS):
            continue
        if _same_place(work.sent.marks[sent], work.back.marks[back]):
            kept.append(form)
        elif (now := _words(work, back)) not in (*kept, party["name"]):
            kept.append(now)
    return kept


def _new_parties(work: _Merge) -> None:
    for number, given in sorted(enumerate(work.back.marks), key=lambda pair: (pair[1].start, pair[1].end)):
        told = parts_of(given.label)
        if told is None or told[0] != "parties" or number in work.party_at:
            continue
        name = _words(work, number)
        same = next((i for i, party in enumerate(work.parties) if name in (party["name"], *party["aliases"])), None)
        if same is None:  # another form of a name that is already a party's
            key = name_key(name)
            same = next((i for i, party in enumerate(work.parties) if key and name_key(party["name"]) == key), None)
            if same is not None:
                work.parties[same] = work.parties[same] | {"aliases": [*work.parties[same]["aliases"], name]}
        if same is None:
            same = len(work.parties)
            work.parties.append(blank("parties") | {"name": name, "role": told[1]})
        work.party_at[number] = same


def _new_aliases(work: _Merge) -> None:
    names = dict(work.party_at)
    for number, given in enumerate(work.back.marks):
        if given.label != ALIAS:
            continue
        form = _words(work, number)
        linked = {names[other] for other in _linked(work, number, ALIAS) if other in names}
        owners = linked or {i for i, party in enumerate(work.parties) if form in (party["name"], *party["aliases"])}
        owners = owners or set(_alike(form, work.parties))
        if not owners:
            work.notes.append(
                f"the alias {form!r} is linked to no party and is left out; draw a link {ALIAS!r} from it to the party's name"
            )
        for owner in owners:
            party = work.parties[owner]
            if form not in (party["name"], *party["aliases"]):
                work.parties[owner] = party | {"aliases": [*party["aliases"], form]}
        if len(owners) == 1:
            work.party_at[number] = min(owners)


def _alike(form: str, parties: list[dict[str, Any]]) -> list[int]:
    """Give the one party whose name begins as the form does, or has its initials."""
    key = name_key(form)
    found = [
        i
        for i, party in enumerate(parties)
        if key and (name_key(party["name"])[:1] == key[:1] or (initials(name_key(party["name"])),) == key)
    ]
    return found if len(found) == 1 else []


def _merged(work: _Merge, group: str, number: int, record: dict[str, Any]) -> dict[str, Any] | None:
    """Give a record as it came back, or None where it is gone or now of another group."""
    sent = work.sent.where.get(f"{group}-{number}")
    values = dict(record) | {side: _renamed(work, record.get(side)) for side in SIDES.get(group, ()) if side in record}
    if sent is not None:
        back = work.match.get(sent)
        if back is None:
            return None
        before, after = work.sent.marks[sent], work.back.marks[back]
        told = parts_of(after.label)
        if told is None or told[0] != group:
            return None
        if not _same_place(before, after):
            values |= _reread(work, group, before, after) | {"quote": _words(work, back)}
            if "start" in record:
                values |= {"start": after.start, "end": after.end}
        if label_of(group, record) != after.label:
            values[TOLD[group]] = told[1]
        if after.fields is not None:
            values |= edited(group, shown(group, record), after.fields)
        values |= _sides(work, group, back)
    if values != record:
        _settle(group, values)
        values.pop("confidence", None)
    return values


def _renamed(work: _Merge, name: str | None) -> str | None:
    return work.renamed.get(name, name) if name is not None else None


def _reread(work: _Merge, group: str, before: Mark, after: Mark) -> dict[str, Any]:
    """Give the values that the new words tell otherwise than the old ones."""
    old = read_words(group, work.back.text, before.start, before.end)
    new = read_words(group, work.back.text, after.start, after.end)
    return {name: value for name, value in new.items() if value != old[name]}


def _sides(work: _Merge, group: str, back: int) -> dict[str, str | None]:
    """Give who pays and the like where the links tell it otherwise than they did."""
    if work.back.links is None:
        return {}
    told: dict[str, str | None] = {}
    stood_for = {sent for sent, other in work.match.items() if other == back}
    for side in SIDES.get(group, ()):
        now = {work.party_at[other] for other in _linked(work, back, side) if other in work.party_at}
        sent = [work.match.get(link.target) for link in work.sent.links or () if link.source in stood_for and link.label == side]
        if now != {work.party_at[other] for other in sent if other in work.party_at}:
            told[side] = work.parties[min(now)]["name"] if len(now) == 1 else None
            if len(now) > 1:
                work.notes.append(f"{_words(work, back)!r} has {len(now)} links {side!r} and is given none, as where there are several")
    return told


def _settle(group: str, values: dict[str, Any]) -> None:
    """Keep the rule that a milestone, and only a milestone, says which; "mixed" is the guide's word for untold."""
    if group == "payments" and (values["kind"] == "milestone") != (values["milestone"] is not None):
        values["milestone"] = "mixed" if values["kind"] == "milestone" else None


def _fresh(work: _Merge, group: str, number: int) -> dict[str, Any]:
    """Give the record of newly marked words."""
    given = work.back.marks[number]
    values = blank(group) | read_words(group, work.back.text, given.start, given.end) | {"quote": _words(work, number)}
    values |= _carried(work, number, values)
    if group in TOLD:
        values[TOLD[group]] = (parts_of(given.label) or ("", None))[1]
    values |= edited(group, {}, given.fields or {})
    values |= _sides(work, group, number)
    _settle(group, values)
    unread = _UNREAD[group] if given.fields is None else "what was not filled in"
    work.notes.append(
        f"{values['quote']!r} is new: its values were read from its words; {unread} cannot be, and was taken as null or false"
    )
    return values


def _carried(work: _Merge, number: int, values: dict[str, Any]) -> dict[str, Any]:
    """Give what the words told under the label of another group that still holds under this one."""
    for key, sent in work.sent.where.items():
        group, _, which = key.partition("-")
        if group in SIDES and work.match.get(sent) == number:
            record = work.origin[group][int(which)]
            kept = {name: record[name] for name in _CARRIED if name in values and name in record}
            return {name: _renamed(work, value) if name in ("payer", "payee") else value for name, value in kept.items()}
    return {}

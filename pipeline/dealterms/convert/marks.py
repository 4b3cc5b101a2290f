"""A labelled narrative as labelling tools see it: marked words, each with a label, and links between them.

A payment is its quote under a label such as ``payment:upfront``, a party its name under ``party:licensor``, each other form of the
name an ``alias`` linked to it. Who pays, who is paid and who may renew are links from a record to a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dealterms.types import GROUPS, PARTY_ROLES, PAYMENT_KINDS, TERM_KINDS

ALIAS = "alias"
FAMILIES = {"parties": "party", "payments": "payment", "royalties": "royalty", "terms": "term", "renewals": "renewal"}
GROUP_OF = {family: group for group, family in FAMILIES.items()}
#: The field that a label tells beyond its family.
TOLD = {"parties": "role", "payments": "kind", "terms": "kind"}
#: The fields that are links to a party.
SIDES = {"payments": ("payer", "payee"), "royalties": ("payer", "payee"), "renewals": ("holder",)}
LINKS = (ALIAS, "payer", "payee", "holder")

Narrative = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """Marked words.

    Attributes
    ----------
    start, end : int
        Half-open range of characters.
    label : str
        Such as ``party:licensor``, ``alias``, ``payment:upfront``, ``royalty``.
    key : str or None
        Which record it went out as, such as ``payments-0``, where the tool keeps that.
    fields : dict or None
        The record's other fields as the tool shows them; None where it shows none.
    """

    start: int
    end: int
    label: str
    key: str | None = None
    fields: dict[str, Any] | None = None

    @property
    def place(self) -> tuple[int, int, str]:
        return self.start, self.end, self.label


@dataclass(frozen=True)
class Link:
    """That one mark points to another; both are numbers of marks."""

    source: int
    target: int
    label: str


@dataclass(frozen=True)
class Marked:
    """A text with its marks.

    Attributes
    ----------
    text : str
        The narrative.
    marks : list of Mark
        In no particular order.
    links : list of Link or None
        None where the tool keeps no links.
    where : dict of str to int
        Which mark stands for a record, by the record's key; what has no place in the text has none.
    """

    text: str
    marks: list[Mark]
    links: list[Link] | None = None
    where: dict[str, int] = field(default_factory=dict)


def label_of(group: str, record: dict[str, Any]) -> str:
    """Give the label of a record.

    Examples
    --------
    >>> label_of("payments", {"kind": "upfront"}), label_of("renewals", {})
    ('payment:upfront', 'renewal')
    """
    return f"{FAMILIES[group]}:{record[TOLD[group]]}" if group in TOLD else FAMILIES[group]


def parts_of(label: str) -> tuple[str, str | None] | None:
    """Give the group of a label and its kind or role, or None for a label that is not ours.

    Examples
    --------
    >>> parts_of("payment:upfront"), parts_of("royalty"), parts_of("payment"), parts_of("ORG")
    (('payments', 'upfront'), ('royalties', None), None, None)
    """
    family, _, told = label.partition(":")
    group = GROUP_OF.get(family)
    if group is None or bool(told) != (group in TOLD):
        return None
    return group, told or None


def all_labels(narratives: list[Narrative] | None = None) -> list[str]:
    """Give every label of ours, and those that the narratives add to them."""
    known = [f"party:{role}" for role in PARTY_ROLES] + [ALIAS]
    known += [f"payment:{kind}" for kind in PAYMENT_KINDS] + ["royalty"] + [f"term:{kind}" for kind in TERM_KINDS] + ["renewal"]
    told = {label_of(group, record) for narrative in narratives or () for group in GROUPS for record in narrative[group]}
    return known + sorted(told - set(known))


def mark(narrative: Narrative) -> Marked:
    """Give the marks and links of a labelled narrative.

    Parameters
    ----------
    narrative : dict
        As ``training/GUIDE.md`` defines it, or an output line of ``extract``.

    Returns
    -------
    Marked
        A mark for each record, in the order of the groups; names that are aliases of two parties are one mark.

    Examples
    --------
    >>> deal = {"text": "Acme pays.", "parties": [{"name": "Acme", "aliases": [], "role": "licensee"}], "payments": [],
    ...         "royalties": [], "terms": [], "renewals": []}
    >>> mark(deal).marks
    [Mark(start=0, end=4, label='party:licensee', key='parties-0', fields=None)]
    """
    text = narrative["text"]
    marks: list[Mark] = []
    links: list[Link] = []
    where: dict[str, int] = {}
    aliases: dict[tuple[int, int], int] = {}
    named: dict[str, int] = {}

    def put(key: str, place: tuple[int, int] | None, label: str) -> int | None:
        if place is None:
            return None
        seen = aliases.get(place) if label == ALIAS else None
        if seen is None:
            seen = len(marks)
            marks.append(Mark(*place, label, key))
            if label == ALIAS:
                aliases[place] = seen
        where[key] = seen
        return seen

    forms = [form for party in narrative["parties"] for form in (party["name"], *party["aliases"])]
    for number, party in enumerate(narrative["parties"]):
        owner = put(f"parties-{number}", _name_place(text, party["name"], forms), label_of("parties", party))
        if owner is None:
            continue
        named.setdefault(party["name"], owner)
        for other, form in enumerate(party["aliases"]):
            source = put(f"parties-{number}-{other}", _name_place(text, form, forms), ALIAS)
            if source is not None:
                links.append(Link(source, owner, ALIAS))
    for group in FAMILIES:
        if group == "parties":
            continue
        for number, record in enumerate(narrative[group]):
            source = put(f"{group}-{number}", _quote_place(text, record), label_of(group, record))
            if source is not None:
                links += [Link(source, named[record[side]], side) for side in SIDES.get(group, ()) if record.get(side) in named]
    return Marked(text, marks, links, where)


def collapsed(marked: Marked) -> Marked:
    """Make those marks one that have the same place and label, for tools that cannot tell them apart."""
    first: dict[tuple[int, int, str], int] = {}
    kept: list[Mark] = []
    number: list[int] = []
    for given in marked.marks:
        if given.place not in first:
            first[given.place] = len(kept)
            kept.append(given)
        number.append(first[given.place])
    links = list(dict.fromkeys(Link(number[link.source], number[link.target], link.label) for link in marked.links or ()))
    return Marked(marked.text, kept, links)


def _quote_place(text: str, record: dict[str, Any]) -> tuple[int, int] | None:
    quote = record.get("quote")
    if not quote:
        return None
    start = record.get("start")
    if not isinstance(start, int) or start < 0 or not text.startswith(quote, start):
        start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else None


def _name_place(text: str, name: str, forms: list[str]) -> tuple[int, int] | None:
    """Find a name where it stands for itself: not within a word, nor within a longer name."""
    longer = [form for form in forms if len(form) > len(name) and name in form]
    places = list(_places(text, name))
    for start, end in places:
        apart = not (text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum())
        if apart and not any(_within(text, start, end, name, form) for form in longer):
            return start, end
    return places[0] if places else None


def _places(text: str, name: str, most: int = 1000) -> Iterator[tuple[int, int]]:
    if name:
        for match, _ in zip(re.finditer(re.escape(name), text), range(most)):
            yield match.span()


def _within(text: str, start: int, end: int, name: str, form: str) -> bool:
    return any(
        text.startswith(form, begin) for begin in (start - inner.start() for inner in re.finditer(re.escape(name), form)) if begin >= 0
    )

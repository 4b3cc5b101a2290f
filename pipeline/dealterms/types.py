"""The records of a deal, as ``training/GUIDE.md`` defines them, and the deal that holds them.

Offsets are half-open character positions in ``Deal.text``: ``text[record.start:record.end] == record.quote``.
Money is ``Decimal`` in plain units of an ISO 4217 currency, rates are percent, lengths are ISO 8601 durations,
dates are ISO 8601 dates of year, month or day precision. What the text does not tell is ``None``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from dealterms.errors import InputError

if TYPE_CHECKING:
    import pandas

PARTY_ROLES = ("licensor", "licensee", "supplier", "distributor", "purchaser", "seller", "collaborator")
PAYMENT_KINDS = (
    "royalty_minimum",
    "option_fee",
    "termination_fee",
    "milestone",
    "equity",
    "research_funding",
    "purchase_price",
    "upfront",
    "license_fee",
    "reimbursement",
    "total",
    "other",
)
TERM_KINDS = ("agreement", "research", "option", "royalty", "exclusivity", "supply")
MILESTONES = ("development", "regulatory", "sales", "mixed")


@dataclass(frozen=True)
class Reason:
    """Why a record is what it is.

    Attributes
    ----------
    patterns : tuple of str
        Ids of the patterns that found it.
    weights : tuple of (str, float)
        Features that weighed most for (positive) and against (negative) the role, in log-odds.
    rules : tuple of str
        Names of the assembler's rules that linked its parts.
    """

    patterns: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    rules: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"found by {', '.join(self.patterns) or 'no pattern'}"]
        lines += [f"{'for' if weight > 0 else 'against':>8} {abs(weight):5.2f}  {name}" for name, weight in self.weights]
        if self.rules:
            lines.append(f"linked by {', '.join(self.rules)}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Record:
    """What every record has: its place, its words and how sure the program is of it (0 to 1)."""

    hidden: ClassVar[frozenset[str]] = frozenset({"reason"})

    def explain(self) -> str:
        """Say which patterns found the record and which features weighed for and against its role.

        Returns
        -------
        str
            A few lines of plain text.

        Examples
        --------
        >>> print(Term(kind="agreement", length="P5Y", reason=Reason(patterns=("duration.figures",))).explain())
        found by duration.figures
        """
        return str(getattr(self, "reason", Reason()))

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain JSON values.

        Returns
        -------
        dict
            The annotation's fields and the evidence fields, in the order of declaration.

        Examples
        --------
        >>> Term(kind="agreement", length="P5Y").to_dict()["length"]
        'P5Y'
        """
        return {f.name: plain(getattr(self, f.name)) for f in fields(self) if f.name not in self.hidden}


@dataclass(frozen=True)
class Party(Record):
    """Who the announced agreement is between."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str = "collaborator"
    mentions: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0
    reason: Reason = field(default=Reason(), compare=False, repr=False)


@dataclass(frozen=True)
class Payment(Record):
    """A sum that one side pays or may pay."""

    kind: str
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str | None = None
    approximate: bool = False
    per: str | None = None
    milestone: str | None = None
    contingent: bool = False
    payer: str | None = None
    payee: str | None = None
    background: bool = False
    quote: str = ""
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    reason: Reason = field(default=Reason(), compare=False, repr=False)


@dataclass(frozen=True)
class Royalty(Record):
    """A royalty, profit share or share of income."""

    low: Decimal | None = None
    high: Decimal | None = None
    tiered: bool = False
    amount: Decimal | None = None
    currency: str | None = None
    per: str | None = None
    base: str | None = None
    payer: str | None = None
    payee: str | None = None
    background: bool = False
    quote: str = ""
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    reason: Reason = field(default=Reason(), compare=False, repr=False)


@dataclass(frozen=True)
class Term(Record):
    """How long something lasts under the deal."""

    kind: str
    length: str | None = None
    ends: str | None = None
    event: str | None = None
    background: bool = False
    quote: str = ""
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    reason: Reason = field(default=Reason(), compare=False, repr=False)


@dataclass(frozen=True)
class Renewal(Record):
    """A right or mechanism to renew or extend."""

    length: str | None = None
    count: int | str | None = None
    automatic: bool = False
    holder: str | None = None
    notice: str | None = None
    fee: bool = False
    background: bool = False
    quote: str = ""
    start: int = 0
    end: int = 0
    confidence: float = 1.0
    reason: Reason = field(default=Reason(), compare=False, repr=False)


@dataclass(frozen=True)
class Item(Record):
    """One item of a Form 8-K whose body is part of the narrative.

    ``start`` and ``end`` place the body in ``Deal.text``, ``file_start`` and ``file_end`` in the text of the file.
    """

    item: str
    title: str = ""
    start: int = 0
    end: int = 0
    file_start: int = 0
    file_end: int = 0


GROUPS: dict[str, type[Record]] = {
    "parties": Party,
    "payments": Payment,
    "royalties": Royalty,
    "terms": Term,
    "renewals": Renewal,
}


@dataclass(frozen=True)
class Deal:
    """The terms of one narrative.

    Attributes
    ----------
    text : str
        The narrative, character for character as it was given; of a filing, the joined bodies of its items.
    registrant : str or None
        The company that files, where it is known.
    id : str or None
        The caller's name for the narrative.
    items : tuple of Item
        The items of the filing that the text is made of; empty for a bare narrative.
    parties, payments, royalties, terms, renewals : tuple
        The records, in the order of the text.

    Examples
    --------
    >>> Deal("", terms=(Term(kind="agreement", length="P5Y"),)).summary()["term"]
    '5 years'
    """

    text: str
    registrant: str | None = None
    id: str | None = None
    items: tuple[Item, ...] = ()
    parties: tuple[Party, ...] = ()
    payments: tuple[Payment, ...] = ()
    royalties: tuple[Royalty, ...] = ()
    terms: tuple[Term, ...] = ()
    renewals: tuple[Renewal, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the deal as plain JSON values, in the form of a labelled narrative.

        Returns
        -------
        dict
            ``id``, ``registrant``, ``text``, ``items`` and the five lists of records.

        Examples
        --------
        >>> Deal("No deal here.").to_dict()["payments"]
        []
        """
        head: dict[str, Any] = {"id": self.id, "registrant": self.registrant, "text": self.text}
        head["items"] = [item.to_dict() for item in self.items]
        return head | {group: [record.to_dict() for record in getattr(self, group)] for group in GROUPS}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Deal:
        """Read what `to_dict` wrote, or a labelled narrative; fields that this version does not know are passed over.

        Parameters
        ----------
        data : dict
            A labelled narrative or an output line.

        Returns
        -------
        Deal
            Figures as ``Decimal``; records without offsets get those of the first place of their quote.

        Raises
        ------
        dealterms.errors.InputError
            Where there is no text.

        Examples
        --------
        >>> Deal.from_dict({"text": "A five-year term.", "terms": [
        ...     {"kind": "agreement", "length": "P5Y", "quote": "five-year term"}]}).terms[0].start
        2
        """
        text = data.get("text")
        if not isinstance(text, str):
            raise InputError("the object has no text", "give what to_dict wrote, or a labelled narrative")
        groups = {group: tuple(_record(kind, row, text) for row in data.get(group, ())) for group, kind in GROUPS.items()}
        items = tuple(Item(**_known(Item, row)) for row in data.get("items", ()))
        return cls(text=text, registrant=data.get("registrant"), id=data.get("id"), items=items, **groups)  # type: ignore[arg-type]

    def to_json(self, indent: int | None = None) -> str:
        """Give the deal as one JSON object.

        Parameters
        ----------
        indent : int, optional
            Spaces for each level; one line where it is None.

        Returns
        -------
        str
            JSON text, not escaped beyond what JSON asks for.

        Examples
        --------
        >>> '"text": "Nothing."' in Deal("Nothing.").to_json()
        True
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def frames(self) -> dict[str, pandas.DataFrame]:
        """Give the five lists as pandas data frames.

        Returns
        -------
        dict of str to pandas.DataFrame
            One frame for each of parties, payments, royalties, terms and renewals, a row a record, the columns
            of the records also where there is no row.

        Raises
        ------
        ModuleNotFoundError
            Where pandas is not installed (``pip install dealterms[frames]``).

        Examples
        --------
        >>> list(Deal("").frames())
        ['parties', 'payments', 'royalties', 'terms', 'renewals']
        """
        import pandas

        return {
            group: pandas.DataFrame(
                [record.to_dict() for record in getattr(self, group)],
                columns=[f.name for f in fields(kind) if f.name not in kind.hidden],
            )
            for group, kind in GROUPS.items()
        }

    def summary(self) -> dict[str, str | None]:
        """Give one row of a deal table.

        Returns
        -------
        dict of str to str or None
            licensor, licensee, upfront, milestones, total, royalty, term, renewal: background left out, what the
            text does not tell None.

        Examples
        --------
        >>> Deal("").summary()["licensor"] is None
        True
        """
        from dealterms.summary import summarize

        return summarize(self)

    def above(self, confidence: float) -> Deal:
        """Give the deal without the records that are less sure than this.

        Parameters
        ----------
        confidence : float
            Between 0 and 1.

        Returns
        -------
        Deal
            A copy; parties stay, since payments name them.

        Examples
        --------
        >>> Deal("", terms=(Term(kind="agreement", length="P5Y", confidence=0.4),)).above(0.5).terms
        ()
        """
        kept = {
            group: tuple(record for record in getattr(self, group) if record.confidence >= confidence)
            for group in GROUPS
            if group != "parties"
        }
        return replace(self, **kept)  # type: ignore[arg-type]

    def _repr_html_(self) -> str:
        from dealterms.show import deal_html

        return deal_html(self)


def plain(value: Any) -> Any:
    """Give a value as JSON knows it: whole Decimals as int, others as float, tuples as lists."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Record):
        return asdict(value)
    return value


def _known(kind: type[Record], row: dict[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(kind)} - kind.hidden
    return {key: value for key, value in row.items() if key in names}


def _record(kind: type[Record], row: dict[str, Any], text: str) -> Any:
    values = _known(kind, row)
    for name in ("low", "high", "amount"):
        if values.get(name) is not None:
            values[name] = Decimal(str(values[name]))
    for name in ("aliases", "mentions"):
        if name in values:
            values[name] = tuple(tuple(part) if isinstance(part, list) else part for part in values[name])
    if "quote" in values and "start" not in row:
        start = text.find(values["quote"])
        if start >= 0:
            values["start"], values["end"] = start, start + len(values["quote"])
    return kind(**values)

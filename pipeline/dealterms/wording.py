"""How the values of a deal are told to people: sums, rates, lengths of time, and the records made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from dealterms.types import Party, Payment, Record, Renewal, Royalty, Term

_ESCAPE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_DURATION = re.compile(r"P(?=\d)(?:\d+(?:\.\d+)?[YMWD])+")
DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)([YMWD])")
_LATER = re.compile(r"\b(?:later|latest|longer|longest|greater|last to occur)\b", re.I)
_EARLIER = re.compile(r"\b(?:earlier|earliest|sooner|soonest|shorter|first to occur)\b", re.I)
_BEFORE, _AFTER = 60, 40
_EVENT_WIDTH = 80
_REASON_WIDTH = 300


def one_line(text: str) -> str:
    """Make words from a filing safe to show: one line, without control characters and terminal escapes.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Its printable characters, each run of white space one space.

    Examples
    --------
    >>> one_line("Acme\\n  \\x1b[31mInc.\\x1b[0m\\x07")
    'Acme Inc.'
    """
    words = " ".join(_ESCAPE.sub("", text).split())
    return "".join(character for character in words if unicodedata.category(character) not in _INVISIBLE)


def shorten(text: str, width: int) -> str:
    """Cut a text to a width, between words where that leaves enough.

    Parameters
    ----------
    text : str
        Any text.
    width : int
        Most characters.

    Returns
    -------
    str
        One line; what was cut is three dots.

    Examples
    --------
    >>> shorten("an upfront fee of $3 million", 20)
    'an upfront fee of...'
    """
    text = one_line(text)
    if len(text) <= width:
        return text
    space = text.rfind(" ", 0, width - 2)
    return text[: space if space > width // 3 else width - 3] + "..."


def internal_error(error: Exception) -> str:
    """Say in one short line that something failed which never should.

    Examples
    --------
    >>> internal_error(KeyError("a"))
    "internal error (KeyError: 'a'); please report it, with the input"
    """
    return f"internal error ({shorten(f'{type(error).__name__}: {error}', _REASON_WIDTH)}); please report it, with the input"


def money(low: Decimal | None, high: Decimal | None, currency: str | None, per: str | None = None, approximate: bool = False) -> str | None:
    """Word a sum.

    Parameters
    ----------
    low, high : Decimal or None
        Its ends; equal for one sum.
    currency : str or None
        ISO 4217 code.
    per : str, optional
        What the sum is for each of.
    approximate : bool
        Whether the text says "approximately" or the like.

    Returns
    -------
    str or None
        None where there is no figure.

    Examples
    --------
    >>> money(Decimal(3000000), Decimal(3000000), "USD")
    'USD 3,000,000'
    >>> money(None, Decimal(40000000), "USD", "antigen target", True)
    'up to USD 40,000,000 per antigen target (approx.)'
    >>> money(Decimal(2000000), Decimal(5000000), "USD")
    'USD 2,000,000 - 5,000,000'
    """
    ends = _ends(low, high, _figure, " - ")
    if ends is None:
        return None
    unit = f"{one_line(currency)} " if currency else ""
    each = f" per {one_line(per)}" if per else ""
    return f"{ends[0]}{unit}{ends[1]}{each}{' (approx.)' if approximate else ''}"


def rate(low: Decimal | None, high: Decimal | None, base: str | None = None, tiered: bool = False) -> str | None:
    """Word a rate in percent.

    Parameters
    ----------
    low, high : Decimal or None
        Its ends; equal for a flat rate.
    base : str, optional
        What it applies to.
    tiered : bool
        Whether it has steps.

    Returns
    -------
    str or None
        None where there is no figure.

    Examples
    --------
    >>> rate(Decimal(4), Decimal(13), "net sales", True)
    '4-13% of net sales (tiered)'
    >>> rate(None, Decimal("7.5"))
    'up to 7.5%'
    """
    ends = _ends(low, high, _plain, "-")
    if ends is None:
        return None
    return f"{ends[0]}{ends[1]}%{f' of {one_line(base)}' if base else ''}{' (tiered)' if tiered else ''}"


def duration(length: str) -> str:
    """Word a length of time.

    Parameters
    ----------
    length : str
        ISO 8601 duration of years, months, weeks and days.

    Returns
    -------
    str
        In the same units; what is no such duration as it stands.

    Examples
    --------
    >>> duration("P5Y"), duration("P1Y6M"), duration("P90D")
    ('5 years', '1 year 6 months', '90 days')
    """
    return " ".join(f"{count} {unit}{'' if count == '1' else 's'}" for count, unit in _parts(length)) or one_line(length)


def payment(record: Payment) -> str:
    """Word the sum of a payment.

    Examples
    --------
    >>> payment(Payment("upfront", Decimal(3000000), None, "USD"))
    'at least USD 3,000,000'
    >>> payment(Payment("upfront"))
    'amount not told'
    """
    return money(record.low, record.high, record.currency, record.per, record.approximate) or "amount not told"


def royalty(record: Royalty) -> str:
    """Word the rate of a royalty, or its sum per unit, of which the annotation keeps the highest.

    Examples
    --------
    >>> royalty(Royalty(amount=Decimal("0.12"), currency="USD", per="pound"))
    'USD 0.12 per pound'
    >>> royalty(Royalty())
    'royalties, rate not told'
    """
    percent = rate(record.low, record.high, record.base, record.tiered)
    sum_ = money(None if record.tiered else record.amount, record.amount, record.currency, record.per)
    if sum_ and record.tiered:
        sum_ += " (tiered)"
    told = ", ".join(part for part in (percent, sum_) if part)
    return told or f"royalties{f' on {one_line(record.base)}' if record.base else ''}, rate not told"


def term(record: Term, text: str = "") -> str:
    """Word how long something lasts.

    Parameters
    ----------
    record : Term
        A length, a date, an event, or several of them.
    text : str, optional
        The narrative: whether the later or the earlier counts is told around the quote, and not kept in the record.

    Returns
    -------
    str
        Ends of which the text does not tell which one counts stand beside each other.

    Examples
    --------
    >>> term(Term("agreement", "P5Y")), term(Term("agreement", ends="2012-12-31"))
    ('5 years', 'until 2012-12-31')
    >>> term(Term("royalty", "P10Y", event="last valid claim", quote="later of ten years and the last valid claim"))
    'later of 10 years / last valid claim'
    """
    fixed = [duration(record.length)] if record.length else []
    if record.ends:
        fixed.append(f"until {one_line(record.ends)}")
    if not record.event:
        return ", ".join(fixed)
    told = " / ".join([*fixed, shorten(record.event, _EVENT_WIDTH)])
    return f"{_which(record, text)}{told}" if fixed else told


def renewal(record: Renewal) -> str:
    """Word a right or mechanism to renew.

    Examples
    --------
    >>> renewal(Renewal("P3Y", 1, fee=True))
    '1 x 3 years, fee'
    >>> renewal(Renewal("P1Y", "successive", automatic=True, notice="P90D"))
    'successive 1-year terms, automatic, 90 days notice'
    >>> renewal(Renewal())
    'renewable'
    """
    if record.count == "successive":
        told = " ".join(["successive", *(f"{count}-{unit}" for count, unit in _parts(record.length or "")), "terms"])
    else:
        length = duration(record.length) if record.length else "length not told" if record.count is not None else "renewable"
        told = f"{record.count} x {length}" if record.count is not None else length
    extras = (
        "automatic" if record.automatic else "",
        "fee" if record.fee else "",
        f"{duration(record.notice)} notice" if record.notice else "",
    )
    return ", ".join(part for part in (told, *extras) if part)


def what(record: Record) -> str:
    """Say what a record is.

    Examples
    --------
    >>> what(Payment("milestone", milestone="sales")), what(Term("research")), what(Renewal()), what(Party("Acme Inc.", role="seller"))
    ('milestone (sales)', 'research term', 'renewal', 'seller')
    """
    if isinstance(record, Party):
        return record.role
    if isinstance(record, Payment):
        stage = f" ({record.milestone})" if record.milestone else ""
        return f"{record.kind.replace('_', ' ')}{stage}"
    return f"{record.kind} term" if isinstance(record, Term) else type(record).__name__.lower()


def value(record: Record, text: str = "") -> str:
    """Say what a record holds; `term` tells what the text is for.

    Examples
    --------
    >>> value(Payment("milestone", None, Decimal(9), "USD", contingent=True)), value(Party("Acme\\n Inc."))
    ('up to USD 9, contingent', 'Acme Inc.')
    """
    if isinstance(record, Party):
        return one_line(record.name)
    if isinstance(record, Payment):
        return payment(record) + (", contingent" if record.contingent else "")
    if isinstance(record, Royalty):
        return royalty(record)
    if isinstance(record, Term):
        return term(record, text)
    return renewal(record) if isinstance(record, Renewal) else ""


def short_names(parties: Iterable[Party]) -> dict[str, str]:
    """Give each name the shortest of its aliases that is a part of it, so that "the Company" is never one.

    Examples
    --------
    >>> short_names([Party("Acme Inc.", ("Acme", "the Company"))])
    {'Acme Inc.': 'Acme'}
    """
    return {party.name: _short(party) for party in parties}


def who(record: Record, names: Mapping[str, str]) -> str:
    """Say who pays whom, or who may renew, by their `short_names`.

    Examples
    --------
    >>> who(Royalty(payer="Acme Inc.", payee="Beta GmbH"), {"Acme Inc.": "Acme"})
    'Acme -> Beta GmbH'
    """
    if isinstance(record, Renewal):
        return names.get(record.holder, record.holder) if record.holder else ""
    if not isinstance(record, (Payment, Royalty)):
        return ""
    payer, payee = (names.get(side, side) if side else "" for side in (record.payer, record.payee))
    return f"{payer} -> {payee}" if payer and payee else f"{payer} pays" if payer else f"to {payee}" if payee else ""


def _short(party: Party) -> str:
    parts = [alias for alias in party.aliases if len(alias) > 1 and one_line(alias) in one_line(party.name)]
    return min([party.name, *parts], key=len)


def _ends(low: Decimal | None, high: Decimal | None, told: Callable[[Decimal], str], dash: str) -> tuple[str, str] | None:
    """Give "up to" or "at least" where an end is open, and the figures."""
    if low is None:
        return None if high is None else ("up to ", told(high))
    if high is None:
        return "at least ", told(low)
    return "", told(low) if low == high else f"{told(low)}{dash}{told(high)}"


def _figure(value: Decimal) -> str:
    decimals = len(_plain(value).partition(".")[2])
    return f"{value:,.{max(decimals, 2) if decimals else 0}f}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _parts(length: str) -> list[tuple[str, str]]:
    return [(count, _UNITS[unit]) for count, unit in DURATION_PART.findall(length)] if _DURATION.fullmatch(length) else []


def _which(record: Term, text: str) -> str:
    around = f"{text[max(0, record.start - _BEFORE) : record.start]}{record.quote}{text[record.end : record.end + _AFTER]}"
    later, earlier = _LATER.search(around), _EARLIER.search(around)
    if bool(later) == bool(earlier):
        return ""
    return "later of " if later else "earlier of "

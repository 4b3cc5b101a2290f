"""Deals and filings as tables on the terminal.

Every cell is a `rich.text.Text` of one printable line: words from a filing are never read as rich markup, nor reach the
terminal as escape sequences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dealterms import wording
from dealterms.filings import Filing
from dealterms.types import Deal, Record

_QUOTE_WIDTH = 90
_GROUPS = ("payments", "royalties", "terms", "renewals")
_COLUMNS = ("What", "Value", "Who", "Conf.", "Quote")


def print_deal(deal: Deal, console: Console) -> None:
    """Print a deal: parties, payments, royalties, terms, renewals, and apart from them what is of other agreements.

    Parameters
    ----------
    deal : Deal
        What was extracted.
    console : rich.console.Console
        Where to print it.

    Examples
    --------
    >>> print_deal(Deal("Nothing happened.", id="a-1"), Console(width=60))
    a-1
    no deal found
    """
    title = _title(deal)
    if title:
        console.print(title)
    if not any((deal.parties, *(getattr(deal, group) for group in _GROUPS))):
        console.print(Text("no deal found"))
        return
    if deal.parties:
        console.print(_parties(deal))
    if any(_records(deal, background=False)):
        console.print()
        console.print(_terms(deal, background=False))
    if any(_records(deal, background=True)):
        console.print()
        console.print(Text("Background, of other or earlier agreements", style="dim"))
        console.print(_terms(deal, background=True))


def print_filing(filing: Filing, source: str, console: Console) -> None:
    """Print the items of a filing.

    Parameters
    ----------
    filing : Filing
        What was read.
    source : str
        Where it is from.
    console : rich.console.Console
        Where to print it.

    Examples
    --------
    >>> from dealterms.filings import Header, Section
    >>> report = Filing(Header("8-K", "2000-05-08"), "Acme Inc.", (Section("5", "Other Events", 90, 103, "Acme licensed."),), ())
    >>> print_filing(report, "acme.txt", Console(width=60))  # doctest: +NORMALIZE_WHITESPACE
    acme.txt | Acme Inc. | 8-K | filed 2000-05-08
    Item  Title         Start  End  Text
    ───────────────────────────────────────────────
    5     Other Events  90     103  Acme licensed.
    """
    head = filing.header
    parts = (source, filing.registrant, head.form, head.filed and f"filed {head.filed}", head.period and f"event of {head.period}")
    console.print(_joined(parts, "bold"))
    table = _table(("Item", "Title", "Start", "End", "Text"), narrow=("Item", "Start", "End"))
    for section in filing.sections:
        words = wording.shorten(section.text, _QUOTE_WIDTH)
        table.add_row(*_cells(section.item, section.title, str(section.start), str(section.end), words))
    console.print(table)


def _title(deal: Deal) -> Text:
    items = dict.fromkeys(f"Item {item.item} {item.title}" for item in deal.items)
    return _joined((deal.registrant, deal.id, *items), "bold")


def _joined(parts: Iterable[str | None], style: str) -> Text:
    return Text(" | ".join(wording.one_line(part) for part in parts if part), style=style)


def _table(columns: Iterable[str], narrow: Iterable[str] = (), style: str = "") -> Table:
    table = Table(box=box.SIMPLE, show_edge=False, padding=(0, 1, 0, 0), border_style="dim", row_styles=[style])
    for column in columns:
        table.add_column(Text(column), no_wrap=column in narrow, overflow="fold", header_style=f"bold {style}".strip())
    return table


def _cells(*parts: str) -> Iterator[Text]:
    return (Text(wording.one_line(part)) for part in parts)


def _parties(deal: Deal) -> Table:
    table = _table(("Role", "Party", "Also called", "Conf."), narrow=("Role", "Conf."))
    for party in deal.parties:
        aliases = dict.fromkeys(wording.one_line(alias) for alias in party.aliases)
        table.add_row(*_cells(party.role, party.name, ", ".join(aliases), f"{party.confidence:.2f}"))
    return table


def _records(deal: Deal, *, background: bool) -> Iterator[Record]:
    return (record for group in _GROUPS for record in getattr(deal, group) if record.background == background)


def _terms(deal: Deal, *, background: bool) -> Table:
    names = wording.short_names(deal.parties)
    table = _table(_COLUMNS, narrow=("What", "Conf."), style="dim" if background else "")
    previous: type[Record] | None = None
    for record in _records(deal, background=background):
        if previous not in (None, type(record)):
            table.add_section()
        previous = type(record)
        quote = wording.shorten(record.quote, _QUOTE_WIDTH)  # type: ignore[attr-defined]
        cells = wording.what(record), wording.value(record, deal.text), wording.who(record, names), f"{record.confidence:.2f}", quote  # type: ignore[attr-defined]
        table.add_row(*_cells(*cells))
    return table

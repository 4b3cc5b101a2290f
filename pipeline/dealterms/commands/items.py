"""``dealterms items``: the items of Forms 8-K."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dealterms.commands.reporting import FAILED, interruptible
from dealterms.commands.running import Paths, write_all
from dealterms.commands.writing import console_for, default_format, dumps, opened

if TYPE_CHECKING:
    from rich.console import Console

    from dealterms.inputs import Input


class ItemFormat(str, Enum):
    """How the items of filings are written."""

    table = "table"
    jsonl = "jsonl"


def items(
    paths: Paths,
    format: Annotated[ItemFormat | None, typer.Option(help="By default table on a terminal, else jsonl.", show_default=False)] = None,
) -> None:
    """List the items of Forms 8-K."""
    chosen = format.value if format else default_format(None)
    with interruptible(), opened(None, chosen) as out:
        from dealterms.filings import read_filing

        console = console_for(out) if chosen == "table" else None

        def work(given: Input) -> str:
            filing = read_filing(given.text)
            return _item_table(filing, given.source, console) if console else dumps(_item_row(filing, given.source)) + "\n"

        passed = write_all(paths, work, out, "\n" if console else "")
    if not passed:
        raise typer.Exit(FAILED)


def _item_table(filing: Any, source: str, console: Console) -> str:
    from dealterms.table import print_filing

    with console.capture() as captured:
        print_filing(filing, source, console)
    return captured.get()


def _item_row(filing: Any, source: str) -> dict[str, Any]:
    from dataclasses import asdict

    head = asdict(filing.header)
    head["company"] = head["company"] or filing.registrant
    return {"source": source, **head, "items": [asdict(section) for section in filing.sections]}

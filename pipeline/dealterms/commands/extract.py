"""``dealterms extract``: the terms of deals."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dealterms.commands.reporting import FAILED, MISUSED, interruptible, report, reported_warnings
from dealterms.commands.running import Paths, write_all
from dealterms.commands.writing import console_for, default_format, dumps, opened
from dealterms.errors import ModelError, NotFoundError, PatternError

if TYPE_CHECKING:
    from rich.console import Console

    from dealterms.inputs import Input
    from dealterms.types import Deal

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DealFormat(str, Enum):
    """How deals are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def extract(
    paths: Paths,
    format: Annotated[DealFormat | None, typer.Option(help="By default table on a terminal, else jsonl.", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file, which appears when all is done.")] = None,
    registrant: Annotated[str | None, typer.Option(metavar="NAME", help="The company that files, where an input does not tell.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, metavar="X", help="Leave out what is less sure than this.")] = 0.0,
    model: Annotated[Path | None, typer.Option(metavar="DIR", help="A model in place of the shipped one.")] = None,
    exhibits: Annotated[bool, typer.Option("--exhibits", help="Also read press releases in Exhibit 99.")] = False,
) -> None:
    """Extract the terms of deals."""
    chosen = format.value if format else default_format(output)
    with interruptible(), reported_warnings(), opened(output, chosen) as out:
        from dealterms import api

        render = _renderer(chosen, out)

        def work(given: Input) -> str:
            told = given.registrant or registrant
            return render(api.extract(given.text, told, min_confidence=min_confidence, exhibits=exhibits, model=model, id=given.id))

        out.write({"json": "[", "csv": _csv_head()}.get(chosen, ""))
        try:
            passed = write_all(paths, work, out, {"json": ",", "table": "\n"}.get(chosen, ""))
        except (ModelError, NotFoundError, PatternError) as error:
            report(str(model or "the installation"), error)
            raise typer.Exit(MISUSED if model else FAILED) from None
        out.write("\n]\n" if chosen == "json" else "")
    if not passed:
        raise typer.Exit(FAILED)


def _renderer(chosen: str, out: TextIO) -> Callable[[Deal], str]:
    if chosen == "table":
        console = console_for(out)
        return lambda deal: _deal_table(deal, console)
    return {"json": _indented, "csv": _csv_row}.get(chosen, _line)


def _line(deal: Deal) -> str:
    return dumps(deal.to_dict()) + "\n"


def _indented(deal: Deal) -> str:
    return "\n" + dumps(deal.to_dict(), indent=2)


def _csv_head() -> str:
    from dealterms.summary import COLUMNS

    return _csv(["id", "registrant", *COLUMNS])


def _csv_row(deal: Deal) -> str:
    return _csv([deal.id, deal.registrant, *deal.summary().values()])


def _csv(cells: list[str | None]) -> str:
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow([_harmless(cell or "") for cell in cells])
    return row.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _deal_table(deal: Deal, console: Console) -> str:
    from dealterms.table import print_deal

    with console.capture() as captured:
        print_deal(deal, console)
    return captured.get()

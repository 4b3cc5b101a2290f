"""``dealterms extract``: the terms of deals."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dealterms.commands.reporting import FAILED, MISUSED, interruptible, misuse, report, reported_warnings
from dealterms.commands.running import Paths, write_all
from dealterms.commands.tabling import write_tables
from dealterms.commands.writing import console_for, default_format, dumps, opened, refuse_input
from dealterms.errors import ModelError, NotFoundError, PatternError

if TYPE_CHECKING:
    from rich.console import Console

    from dealterms.inputs import Input
    from dealterms.types import Deal

_TIMEOUT = 60.0


class DealFormat(str, Enum):
    """How deals are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


def extract(
    paths: Paths,
    format: Annotated[DealFormat | None, typer.Option(help="By default table on a terminal, else jsonl.", show_default=False)] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|DIR",
            help="A file, or a folder of tables, which appear when all is done. A folder is what exists as one, ends in a slash or has "
            "no suffix, and is always meant with --format parquet.",
        ),
    ] = None,
    registrant: Annotated[str | None, typer.Option(metavar="NAME", help="The company that files, where an input does not tell.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, metavar="X", help="Leave out what is less sure than this.")] = 0.0,
    model: Annotated[Path | None, typer.Option(metavar="DIR", help="A model in place of the shipped one.")] = None,
    exhibits: Annotated[bool, typer.Option("--exhibits", help="Also read press releases in Exhibit 99.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, metavar="N", help="Of a folder: processes that work on it (1).")] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.001, metavar="S", help="Of a folder: cut off a filing after S seconds (60).")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Of a folder: go on where a killed run stopped.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Of a folder: replace the tables that it holds.")] = False,
) -> None:
    """Extract the terms of deals."""
    if _is_folder(output, format):
        if output is None or format in (DealFormat.table, DealFormat.json):
            misuse("tables are written as parquet, jsonl or csv into a folder; give --format and --output DIR")
        if resume and force:
            misuse("--resume goes on with what is there, --force throws it away; give one of them")
        from dealterms.batch.filing import Settings
        from dealterms.batch.run import Options

        settings = Settings(registrant, min_confidence, exhibits, str(model) if model else None)
        form = format.value if format else DealFormat.jsonl.value
        write_tables(paths, output, Options(form, settings, jobs or 1, timeout or _TIMEOUT, resume, force))
        return
    if resume or force or jobs is not None or timeout is not None:
        misuse(f"--jobs, --timeout, --resume and --force are for tables; {_folder_advice(output)}")
    target = Path(output) if output is not None else None
    chosen = format.value if format else default_format(target)
    refuse_input(paths, target)
    with interruptible(output), reported_warnings(), opened(target, chosen) as out:
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


def _is_folder(output: str | None, format: DealFormat | None) -> bool:
    """Tell whether the output is a folder: one that is there, ends in a slash or has no suffix, and always for Parquet."""
    if format is DealFormat.parquet:
        return True
    if output is None or output == "-":
        return False
    if os.path.exists(output):
        return os.path.isdir(output)
    return output.endswith(("/", os.sep)) or not Path(output).suffix


def _folder_advice(output: str | None) -> str:
    if output is None or output == "-" or os.path.exists(output):
        return "give --output DIR"
    return f"a name with a suffix is taken for a file, so write --output {output}/ for a folder"


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
    from dealterms.batch.tables import harmless

    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow([harmless(cell or "") for cell in cells])
    return row.getvalue()


def _deal_table(deal: Deal, console: Console) -> str:
    from dealterms.table import print_deal

    with console.capture() as captured:
        print_deal(deal, console)
    return captured.get()

"""The command line: ``dealterms extract``, ``dealterms items`` and ``dealterms schema``.

Results go to standard output, problems to standard error, a line each. The exit code is 0, 1 where any input failed, or 2
for wrong usage. What is slow to import is imported by the command that needs it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from dealterms import __version__
from dealterms.errors import DealtermsError, ModelError, NotFoundError, PatternError

if TYPE_CHECKING:
    from rich.console import Console

    from dealterms.inputs import Input
    from dealterms.types import Deal

app = typer.Typer(
    name="dealterms",
    help="Parties, payments, royalties, terms and renewals from the deal narratives of SEC Form 8-K.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_FAILED, _MISUSED, _INTERRUPTED, _BROKEN_PIPE = 1, 2, 130, 141
_PIPED_WIDTH = 120
_REASON_WIDTH = 300
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_REPORT = "please report it, with the input"


class DealFormat(str, Enum):
    """How deals are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class ItemFormat(str, Enum):
    """How the items of filings are written."""

    table = "table"
    jsonl = "jsonl"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH", show_default=False, help="A filing or narrative, a folder of them, a .jsonl file, or - for standard input."
    ),
]


@app.command()
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
    chosen = format.value if format else _default_format(output)
    with _interruptible(), _reported_warnings(), _opened(output, chosen) as out:
        from dealterms import api

        render = _renderer(chosen, out)

        def work(given: Input) -> str:
            told = given.registrant or registrant
            return render(api.extract(given.text, told, min_confidence=min_confidence, exhibits=exhibits, model=model, id=given.id))

        out.write({"json": "[", "csv": _csv_head()}.get(chosen, ""))
        try:
            passed = _write_all(paths, work, out, {"json": ",", "table": "\n"}.get(chosen, ""))
        except (ModelError, NotFoundError, PatternError) as error:
            _report(str(model or "the installation"), error)
            raise typer.Exit(_MISUSED if model else _FAILED) from None
        out.write("\n]\n" if chosen == "json" else "")
    if not passed:
        raise typer.Exit(_FAILED)


@app.command()
def items(
    paths: Paths,
    format: Annotated[ItemFormat | None, typer.Option(help="By default table on a terminal, else jsonl.", show_default=False)] = None,
) -> None:
    """List the items of Forms 8-K."""
    chosen = format.value if format else _default_format(None)
    with _interruptible(), _opened(None, chosen) as out:
        from dealterms.filings import read_filing

        console = _console(out) if chosen == "table" else None

        def work(given: Input) -> str:
            filing = read_filing(given.text)
            return _item_table(filing, given.source, console) if console else _dumps(_item_row(filing, given.source)) + "\n"

        passed = _write_all(paths, work, out, "\n" if console else "")
    if not passed:
        raise typer.Exit(_FAILED)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a deal."""
    with _interruptible():
        from dealterms.schema import deal_schema

        with _opened(None, "json") as out:
            out.write(_dumps(deal_schema(), indent=2) + "\n")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dealterms {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; no exception leaves as a traceback."""
    try:
        app(prog_name="dealterms")
    except Exception as error:
        _report_internal("", error)
        sys.exit(_FAILED)


def _write_all(paths: list[str], work: Callable[[Input], str], out: TextIO, between: str) -> bool:
    """Write what is made of each input, report what fails, and tell whether nothing did."""
    from dealterms.inputs import read_inputs

    passed, first = True, True
    for given in read_inputs(paths):
        written = _attempt(given, work)
        if written is None:
            passed = False
            continue
        out.write(written if first else between + written)
        first = False
    return passed


def _attempt(given: Input, work: Callable[[Input], str]) -> str | None:
    """Give what is to be written for an input, or None where it failed."""
    if given.problem is not None:
        _report(given.source, given.problem)
        return None
    try:
        return work(given)
    except (ModelError, NotFoundError, PatternError):
        raise  # no fault of the input: every other one would fail alike
    except DealtermsError as error:
        _report(given.source, error)
    except Exception as error:
        _report_internal(given.source, error)
    return None


def _report(source: str, error: DealtermsError | str) -> None:
    from dealterms.wording import one_line

    typer.echo(one_line(f"dealterms: {f'{source}: ' if source else ''}{error}"), err=True)


def _report_internal(source: str, error: Exception) -> None:
    from dealterms.wording import shorten

    _report(source, f"internal error ({shorten(f'{type(error).__name__}: {error}', _REASON_WIDTH)}); {_REPORT}")


@contextmanager
def _reported_warnings() -> Iterator[None]:
    """Write warnings as one line each."""
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_, **__: _report("warning", str(message))
        yield


@contextmanager
def _interruptible() -> Iterator[None]:
    """End quietly where the user or the reader of the output has gone, and in one line where the disk is full."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(_INTERRUPTED) from None
    except OSError as error:
        # Python flushes standard output once more at the end, which would fail again and say so.
        with suppress(OSError, ValueError):
            stdout = sys.stdout.fileno()
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout)
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(_BROKEN_PIPE) from None
        _report("output", f"cannot be written ({error.strerror or error}); free some space or write elsewhere")
        raise typer.Exit(_FAILED) from None


@contextmanager
def _opened(path: Path | None, chosen: str) -> Iterator[TextIO]:
    """Give standard output, or a temporary file that takes the path's place once everything is written."""
    if path is None or str(path) == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):
            # What programs read is UTF-8 everywhere; a terminal shows what it can.
            sys.stdout.reconfigure(encoding=None if chosen == "table" else "utf-8", errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(os.path.realpath(path))
    special = target.exists() and not target.is_file()  # a pipe or device cannot be replaced
    part = target if special else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        out = part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        _report(str(path), f"cannot be written ({error.strerror}); give a file in a folder that exists and that you may write to")
        raise typer.Exit(_MISUSED) from None
    try:
        with out:
            yield out
        if not special:
            part.replace(target)
    finally:
        if not special:
            part.unlink(missing_ok=True)


def _default_format(output: Path | None) -> str:
    return "table" if output is None and sys.stdout.isatty() else "jsonl"


def _renderer(chosen: str, out: TextIO) -> Callable[[Deal], str]:
    if chosen == "table":
        console = _console(out)
        return lambda deal: _deal_table(deal, console)
    return {"json": _indented, "csv": _csv_row}.get(chosen, _line)


def _line(deal: Deal) -> str:
    return _dumps(deal.to_dict()) + "\n"


def _indented(deal: Deal) -> str:
    return "\n" + _dumps(deal.to_dict(), indent=2)


def _dumps(value: Any, indent: int | None = None) -> str:
    told = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        told.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can tell only as an escape
        return json.dumps(value, indent=indent)
    return told


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


def _console(out: TextIO) -> Console:
    from rich.console import Console

    return Console(file=out, width=None if out.isatty() else _PIPED_WIDTH)


def _deal_table(deal: Deal, console: Console) -> str:
    from dealterms.table import print_deal

    with console.capture() as captured:
        print_deal(deal, console)
    return captured.get()


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


if __name__ == "__main__":
    main()

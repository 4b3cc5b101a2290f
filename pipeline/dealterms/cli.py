"""The command line.

Results go to standard output, problems to standard error, a line each. The exit code is 0, 1 where any input failed, or 2
for wrong usage. Commands are found by the entry points named ``dealterms.commands``, so that packages above this one can add
theirs; what is slow to import is imported by the command that needs it.
"""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer

from dealterms import __version__
from dealterms.commands.reporting import FAILED, report_internal

app = typer.Typer(
    name="dealterms",
    help="Parties, payments, royalties, terms and renewals from the deal narratives of SEC Form 8-K.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dealterms {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


for _entry in entry_points(group="dealterms.commands"):
    app.command(_entry.name)(_entry.load())


def main() -> None:
    """Run the command line; no exception leaves as a traceback."""
    try:
        app(prog_name="dealterms")
    except Exception as error:
        report_internal("", error)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()

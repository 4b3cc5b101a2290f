"""``dealterms package``: an installable wheel of a trained model."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from dealterms.commands.reporting import FAILED, MISUSED, interruptible, report, reported_warnings
from dealterms.errors import DealtermsError


def package(
    model: Annotated[Path, typer.Argument(metavar="DIR", show_default=False, help="What dealterms train wrote.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="Of the package, which becomes en_NAME.")] = "deals",
    version: Annotated[str, typer.Option(metavar="VERSION", help="Of the package.")] = "0.1.0",
    output: Annotated[Path, typer.Option(metavar="DIST", help="The folder for the wheel.")] = Path("dist"),
    author: Annotated[str, typer.Option(metavar="TEXT", help="Who made the model.")] = "",
    email: Annotated[str, typer.Option(metavar="TEXT", help="Where to write to.")] = "",
    url: Annotated[str, typer.Option(metavar="TEXT", help="Where to read on.")] = "",
    license: Annotated[str, typer.Option(metavar="TEXT", help="Under which the model is given on.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the wheel that is there.")] = False,
) -> None:
    """Make an installable wheel of a model."""
    with interruptible(), reported_warnings():
        if find_spec("hatchling") is None:
            report("package", "hatchling is not installed; pip install dealterms[training]")
            raise typer.Exit(FAILED)
        from dealterms_training.package import Card, build_wheel

        try:
            wheel = build_wheel(model, output, Card(name, version, author, email, url, license), force)
        except DealtermsError as error:
            report("", error)
            raise typer.Exit(MISUSED) from None
        typer.echo(str(wheel))

"""``dealterms schema``: the JSON Schema of a deal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dealterms.commands.reporting import MISUSED, interruptible, report, reported_warnings
from dealterms.commands.writing import dumps, opened
from dealterms.errors import ModelError, NotFoundError


def schema(
    model: Annotated[Path | None, typer.Option(metavar="DIR", help="A model with kinds of payment of its own.")] = None,
) -> None:
    """Print the JSON Schema of a deal."""
    with interruptible(), reported_warnings():
        from dealterms.schema import PAYMENT_KINDS, deal_schema

        kinds: tuple[str, ...] = PAYMENT_KINDS
        if model:
            from dealterms.classifier import read_models

            try:
                kinds = read_models(model).payment_kinds
            except (ModelError, NotFoundError) as error:
                report(str(model), error)
                raise typer.Exit(MISUSED) from None
        with opened(None, "json") as out:
            out.write(dumps(deal_schema(kinds), indent=2) + "\n")

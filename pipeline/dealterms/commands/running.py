"""One input after another: what fails is reported, the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dealterms.commands.reporting import report, report_internal
from dealterms.errors import DealtermsError, ModelError, NotFoundError, PatternError

if TYPE_CHECKING:
    from dealterms.inputs import Input

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        show_default=False,
        help="A filing or narrative, a folder or archive of them, a .jsonl or .parquet file, or - for standard input.",
    ),
]


def write_all(paths: list[str], work: Callable[[Input], str], out: TextIO, between: str) -> bool:
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
        report(given.source, given.problem)
        return None
    try:
        return work(given)
    except (ModelError, NotFoundError, PatternError):
        raise  # no fault of the input: every other one would fail alike
    except DealtermsError as error:
        report(given.source, error)
    except Exception as error:
        report_internal(given.source, error)
    return None

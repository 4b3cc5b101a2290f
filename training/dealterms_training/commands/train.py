"""``dealterms train``: a model from labelled narratives."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from dealterms.commands.reporting import FAILED, MISUSED, interruptible, report, reported_warnings
from dealterms.errors import DealtermsError, InputError

Examples = Annotated[
    list[Path], typer.Argument(metavar="EXAMPLES", show_default=False, help="A .jsonl file of labelled narratives, or a folder.")
]


def train(
    examples: Examples,
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where the model goes.", show_default=False)],
    base: Annotated[
        bool, typer.Option("--base/--from-scratch", help="Also learn from the shipped narratives, or from yours alone.")
    ] = True,
    kind: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A kind of payment of your own; may be repeated.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the model that is there.")] = False,
    seed: Annotated[int, typer.Option(help="Deals the narratives into folds.")] = 0,
) -> None:
    """Train a model on labelled narratives."""
    with interruptible(), reported_warnings():
        if find_spec("sklearn") is None:
            report("train", "scikit-learn is not installed; pip install dealterms[training]")
            raise typer.Exit(FAILED)
        from dealterms_training.examples import check_examples, own_kinds
        from dealterms_training.pipeline import write_pipeline, written_aside
        from dealterms_training.report import trained_text
        from dealterms_training.train import meta_of
        from dealterms_training.train import train as fit_and_measure

        try:
            kinds = own_kinds(kind or ())
            with written_aside(output, force) as aside:
                cases = _checked(check_examples(examples, kinds))
                trained = fit_and_measure(cases, base, seed)
                write_pipeline(trained.models, aside, meta_of(trained))
        except InputError as error:
            report("", error)
            raise typer.Exit(MISUSED) from None
        except DealtermsError as error:
            report("", error)
            raise typer.Exit(FAILED) from None
        typer.echo(trained_text(trained))
        typer.echo(f"\nmodel of {trained.models.meta['narratives']} narratives, data {trained.models.meta['data']}: {output}")


def _checked(read: tuple[list[dict], list[str]]) -> list[dict]:
    cases, wrong = read
    for fault in wrong:
        report("", fault)
    if wrong:
        report("train", f"nothing was trained (faults: {len(wrong)}, narratives: {len(cases)}); mend them by training/GUIDE.md")
    elif not cases:
        report("train", "the files hold no narrative; label some by training/GUIDE.md")
    if wrong or not cases:
        raise typer.Exit(FAILED)
    return cases

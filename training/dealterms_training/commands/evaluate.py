"""``dealterms evaluate``: scores against labelled narratives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dealterms.commands.reporting import FAILED, MISUSED, interruptible, report, reported_warnings
from dealterms.errors import DealtermsError


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD", show_default=False, help="A .jsonl file of labelled narratives, or a folder.")
    ],
    model: Annotated[Path | None, typer.Option(metavar="DIR", help="A model in place of the shipped one.")] = None,
    predictions: Annotated[Path | None, typer.Option(metavar="FILE", help="Score these lines, matched by id, in place of a model.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every record missed, false or wrong.")] = False,
) -> None:
    """Score a model, or its output, against labelled narratives."""
    with interruptible(), reported_warnings():
        from dealterms_training.marked import errors_text
        from dealterms_training.report import scores_text
        from dealterms_training.scoring import read_scored, score

        if model and predictions:
            report("evaluate", "--model and --predictions exclude each other; give one of them")
            raise typer.Exit(MISUSED)
        try:
            cases = read_scored(gold)
            told = {key: case for key, (_, case) in read_scored([predictions]).items()} if predictions else None
        except DealtermsError as error:
            report("", error)
            raise typer.Exit(FAILED) from None
        try:
            told = _extracted(cases, model) if told is None else told
        except DealtermsError as error:
            report("", error)
            raise typer.Exit(MISUSED if model else FAILED) from None
        missing = len(cases.keys() - told.keys())
        if missing:
            report(
                "evaluate", f"{missing} of {len(cases)} narratives have no prediction and count as missed; predictions are matched by id"
            )
        if errors:
            for key, (place, case) in cases.items():
                for line in errors_text(place, case, told.get(key, {})):
                    typer.echo(line, err=as_json)
        figures = score({key: case for key, (_, case) in cases.items()}, told)
        typer.echo(json.dumps(figures, indent=2) if as_json else scores_text(figures))


def _extracted(cases: dict[str, tuple[str, dict[str, Any]]], model: Path | None) -> dict[str, dict[str, Any]]:
    from dealterms.classifier import read_models, shipped_models
    from dealterms.extraction import extract_narrative

    models = read_models(model) if model else shipped_models()
    return {key: extract_narrative(case["text"], case.get("registrant"), models).to_dict() for key, (_, case) in cases.items()}

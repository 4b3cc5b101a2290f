"""Writes a model as the directory of a spaCy pipeline, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dealterms import __version__, api
from dealterms.classifier import FOLDER, Models
from dealterms.commands.writing import replaced_folder
from dealterms.errors import InputError


def write_pipeline(models: Models, folder: Path, meta: dict[str, Any]) -> None:
    """Write a directory that ``dealterms.load`` and ``spacy.load`` take; the same bytes for the same model."""
    nlp = api.load()
    nlp.get_pipe(FOLDER).models = models  # type: ignore[attr-defined]
    nlp.meta.update(meta)
    nlp.to_disk(folder)


def requirement() -> str:
    """Give the versions of dealterms that a model of this one works with."""
    major, minor, *_ = __version__.split(".")
    return f"dealterms>={__version__},<{major}.{int(minor) + 1}"


@contextmanager
def written_aside(target: Path, force: bool) -> Iterator[Path]:
    """Give an empty folder beside the target, which takes its place where all went well, and else goes away.

    Raises
    ------
    InputError
        Where there is something at the target, unless it is a model and ``force`` is given.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        if not (target / FOLDER).is_dir():
            raise InputError(f"{target} is there and is no model", "give a new directory")
        if not force:
            raise InputError(f"{target} is there already", "give another directory, or --force to replace it")
    with replaced_folder(target) as aside:
        yield aside

"""Makes an installable wheel of a model, laid out as ``spacy package`` lays out its own.

Of the directory given only what was checked goes into the wheel: the model's numbers, and the scores and texts of ``meta.json``.
The rest is written anew, so that nothing of a stranger's directory is run, here or where the wheel is installed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dealterms.classifier import Models, find_model, read_models
from dealterms.errors import InputError, ModelError
from dealterms.types import PAYMENT_KINDS
from dealterms.wording import one_line
from dealterms_training.pipeline import requirement, write_pipeline

_NAME = re.compile(r"[a-z](?:_?[a-z0-9])*")
_LARGEST_META = 1_000_000


@dataclass(frozen=True)
class Card:
    """What a package is called, and who answers for it."""

    name: str
    version: str
    author: str = ""
    email: str = ""
    url: str = ""
    license: str = ""


def build_wheel(model: Path, output: Path, card: Card, force: bool = False) -> Path:
    """Build a wheel of a model, without network.

    Parameters
    ----------
    model : Path
        What ``dealterms train`` wrote.
    output : Path
        The folder for the wheel; made where it is not there.
    card : Card
        Name, version, authorship and licence.
    force : bool
        Replace a wheel of this name and version.

    Returns
    -------
    Path
        The wheel, which installs a package ``en_<name>`` that ``spacy.load`` and ``dealterms.load`` take by its name.

    Raises
    ------
    InputError
        For a name or version that no package can have, or a wheel that is there already.
    ModelError
        For a model that is damaged.
    """
    from packaging.version import InvalidVersion, Version

    name = f"en_{card.name.removeprefix('en_')}"
    if not _NAME.fullmatch(name):
        raise InputError(f"{card.name!r} cannot be the name of a package", "use small letters, digits and single _, such as my_deals")
    try:
        version = str(Version(card.version))
    except InvalidVersion:
        raise InputError(f"{card.version!r} is no version", "give one such as 1.0.0") from None
    wheel = output / f"{name}-{version}-py3-none-any.whl"
    if wheel.exists() and not force:
        raise InputError(f"{wheel} is there already", "give another version, or --force to replace it")
    models, told = read_models(model), _read_meta(find_model(model))
    meta = told | {key: one_line(value) for key, value in asdict(card).items() if value}
    meta |= {
        "lang": "en",
        "name": name.removeprefix("en_"),
        "version": version,
        "requirements": [requirement()],
        "notes": _notes(models, told),
    }
    with tempfile.TemporaryDirectory() as folder:
        built = _build(_project(Path(folder), name, models, meta), Path(folder, "dist"))
        try:
            output.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(built, part := wheel.with_name(f".{wheel.name}.part"))
            part.replace(wheel)
        except OSError as error:
            raise InputError(f"{output} cannot be written ({error.strerror})", "give a folder that you may write to") from None
    return wheel


def _read_meta(weights: Path) -> dict[str, Any]:
    """Read from a pipeline's ``meta.json`` the texts and scores that go on; nothing where there is none."""
    path = weights.parents[1] / "meta.json"
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > _LARGEST_META:
            raise ValueError
        told = json.loads(path.read_text(encoding="utf-8"))
        texts = {key: one_line(told[key]) for key in ("description", "author", "email", "url", "license") if told.get(key)}
        scores = {str(row): float(figure) for row, figure in told.get("performance", {}).items()}
        if not all(0 <= figure <= 1 for figure in scores.values()):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ModelError(f"{path}: damaged", "train the model again") from None
    return {**texts, "performance": scores}


def _notes(models: Models, told: dict[str, Any]) -> str:
    """Give the model card's own part: what the model learned from, and how it was measured; spaCy adds the scores."""
    meta = models.meta
    own = [f"`{kind}`" for kind in models.payment_kinds if kind not in PAYMENT_KINDS]
    base = meta.get("base")
    source = "source not told" if base is None else "those that dealterms ships among them" if base else "none of them from dealterms"
    measured = "by strict keys, cross-validated on the narratives of the model's makers" if told.get("performance") else "not measured"
    lines = [
        "### Training",
        f"- {meta.get('narratives')} labelled narratives, {source}; fingerprint `{meta.get('data')}`, seed {meta.get('seed')}",
        f"- patterns `{meta.get('patterns')}`; with others a `PatternsChangedWarning` says to train again",
        f"- scores: {measured} (p precision, r recall, f their harmonic mean)",
    ]
    return "\n".join([*lines[:1], "", *lines[1:], *([f"- kinds of payment of its own: {', '.join(own)}"] if own else [])])


def _project(folder: Path, name: str, models: Models, meta: dict[str, Any]) -> Path:
    """Write the project of a package: spaCy's layout and ``__init__.py``, and what hatchling builds it from."""
    from spacy.cli.package import package

    write_pipeline(models, folder / "model", meta)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spaCy leaves it to Python to close the files that it writes
        package(folder / "model", folder, create_sdist=False, create_wheel=False, silent=True)
    versioned = f"{name}-{meta['version']}"
    project = folder / versioned
    for place in (project / name, project / name / versioned):
        shutil.copyfile(project / "meta.json", place / "meta.json")
    (project / "setup.py").unlink()
    (project / "pyproject.toml").write_text(_pyproject(name, meta), encoding="utf-8")
    return project


def _pyproject(name: str, meta: dict[str, Any]) -> str:
    quoted = partial(json.dumps, ensure_ascii=False)  # a JSON string is a TOML string, but for escapes of half a character
    person = {key: meta[source] for key, source in (("name", "author"), ("email", "email")) if meta.get(source)}
    authors = ", ".join(f"{key} = {quoted(value)}" for key, value in person.items())
    lines = [
        "[build-system]",
        'requires = ["hatchling"]',
        'build-backend = "hatchling.build"',
        "[project]",
        f"name = {quoted(name)}",
        f"version = {quoted(meta['version'])}",
        f"description = {quoted(meta.get('description', ''))}",
        'readme = "README.md"',
        f"dependencies = {quoted(meta['requirements'])}",
        f"authors = [{{ {authors} }}]" if authors else "",
        f"license = {{ text = {quoted(meta['license'])} }}" if meta.get("license") else "",
        f"[project.urls]\nHomepage = {quoted(meta['url'])}" if meta.get("url") else "",
        "[project.entry-points.spacy_models]",
        f"{name} = {quoted(name)}",
        "[tool.hatch.build.targets.wheel]",
        f"packages = [{quoted(name)}]",
        'core-metadata-version = "2.1"',  # which every pip reads
    ]
    return "\n".join(filter(None, lines)) + "\n"


def _build(project: Path, dist: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(dist)]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    built = sorted(dist.glob("*.whl"))
    if ran.returncode or not built:
        raise ModelError(f"the wheel could not be built ({one_line(ran.stderr)[-300:]})", "check name, version, author and url")
    return built[0]

"""Multinomial logistic regressions over named features, read from plain JSON; numpy is all they need.

The numbers are scikit-learn's: fitted there, rounded once, and kept as integers of ``SCALE``; see
``dealterms_training.fit``. Nothing is unpickled, so a model from a stranger can run no code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy

from dealterms import features
from dealterms.errors import ModelError, NotFoundError
from dealterms.resources import patterns_fingerprint

FORMAT = 1
SCALE = 100
_LARGEST = 200_000_000


def shares(scores: numpy.ndarray) -> numpy.ndarray:
    """Make probabilities of log-odds, along the last axis.

    Examples
    --------
    >>> shares(numpy.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    raised = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


@dataclass(frozen=True, eq=False)
class LinearModel:
    """One logistic regression.

    Attributes
    ----------
    classes : tuple of str
        What it decides between, in the order of the columns.
    index : dict of str to int
        The row of each feature.
    rarity : numpy.ndarray
        How much each feature tells by being rare; a candidate's features, so weighted, are brought to length one.
    weights : numpy.ndarray
        Log-odds, features by classes; of two classes a single column, that of the second.
    intercept : numpy.ndarray
        One number a column.
    temperature : float
        Divides the log-odds, so that probabilities mean what they say on text not trained on.
    """

    classes: tuple[str, ...]
    index: dict[str, int]
    rarity: numpy.ndarray
    weights: numpy.ndarray
    intercept: numpy.ndarray
    temperature: float = 1.0

    def scores(self, described: dict[str, float]) -> numpy.ndarray:
        """Give the log-odds of each class for one candidate's features."""
        rows, values = self._told(described)
        scores = self.intercept + values @ self.weights[rows]
        return scores if len(self.classes) > 2 else numpy.concatenate([[0.0], scores])

    def _told(self, described: dict[str, float]) -> tuple[list[int], numpy.ndarray]:
        """Give the rows of the known features, and their values brought to length one."""
        known = [(row, value) for name, value in described.items() if (row := self.index.get(name)) is not None]
        rows = [row for row, _ in known]
        values = numpy.array([value for _, value in known]) * self.rarity[rows]
        return rows, values / (numpy.sqrt(values @ values) or 1.0)

    def probabilities(self, described: dict[str, float], temperature: float | None = None) -> dict[str, float]:
        """Give the probability of each class.

        Parameters
        ----------
        described : dict of str to float
            Features of one candidate.
        temperature : float, optional
            In place of the model's own; 1 gives scikit-learn's probabilities.

        Returns
        -------
        dict of str to float
            They add up to 1.

        Examples
        --------
        >>> model = LinearModel(("no", "yes"), {"a": 0}, numpy.array([1.0]), numpy.array([[2.0]]), numpy.array([-1.0]))
        >>> round(model.probabilities({"a": 1.0})["yes"], 3)
        0.731
        """
        return dict(zip(self.classes, shares(self.scores(described) / (temperature or self.temperature)).tolist()))

    def reasons(self, described: dict[str, float], role: str, most: int = 5) -> tuple[tuple[str, float], ...]:
        """Give the features that weighed most for and against a class, against the mean of the others."""
        if role not in self.classes:
            return ()
        column = self.classes.index(role)
        rows, values = self._told(described)
        weights = self.weights[rows]
        if len(self.classes) == 2:
            against = weights[:, 0] * (1 if column else -1)
        else:
            against = (len(self.classes) * weights[:, column] - weights.sum(axis=1)) / (len(self.classes) - 1)
        swayed = numpy.round(against * values, 3)
        least = -numpy.sort(-numpy.abs(swayed))[:most][-1] if rows else 0.0
        names = [name for name in described if name in self.index]
        told = [(names[place], float(swayed[place])) for place in numpy.flatnonzero(numpy.abs(swayed) >= least)]
        return tuple(sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:most])

    def to_json(self) -> dict[str, Any]:
        """Give the model as JSON values."""
        return {
            "classes": list(self.classes),
            "temperature": self.temperature,
            "intercept": numpy.rint(self.intercept * SCALE).astype(int).tolist(),
            "features": sorted(self.index, key=self.index.__getitem__),
            "rarity": numpy.rint(self.rarity * SCALE).astype(int).tolist(),
            # Row after row, flat: read several times sooner than a list a feature.
            "weights": numpy.rint(self.weights * SCALE).astype(int).ravel().tolist(),
        }

    @classmethod
    def from_json(cls, data: Any, name: str = "model") -> LinearModel:
        """Read what `to_json` gave, checking every size and type.

        Raises
        ------
        ModelError
            For anything that does not fit together.

        Examples
        --------
        >>> LinearModel.from_json({"classes": ["a"]})
        Traceback (most recent call last):
            ...
        dealterms.errors.ModelError: model: not a model (KeyError: 'temperature'); train it again or reinstall dealterms
        """
        try:
            classes = tuple(data["classes"])
            temperature = float(data["temperature"])
            names = data["features"]
            columns = 1 if len(classes) == 2 else len(classes)
            rarity = numpy.array(data["rarity"], dtype=float) / SCALE
            weights = numpy.array(data["weights"], dtype=float).reshape(len(names), columns) / SCALE
            intercept = numpy.array(data["intercept"], dtype=float) / SCALE
            if len(classes) < 2 or not all(isinstance(label, str) for label in classes):
                raise ValueError(f"classes {classes!r}")
            index = {name: row for row, name in enumerate(names)}
            if intercept.shape != (columns,) or rarity.shape != (len(names),) or len(index) != len(names):
                raise ValueError(f"{len(names)} features, {rarity.shape[0]} rarities, {intercept.shape[0]} intercepts")
            if not (
                numpy.isfinite(weights).all() and numpy.isfinite(rarity).all() and numpy.isfinite(intercept).all() and 0 < temperature < 100
            ):
                raise ValueError("numbers that are not finite")
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ModelError(f"{name}: not a model ({type(error).__name__}: {error})", "train it again or reinstall dealterms") from None
        return cls(classes, index, rarity, weights, intercept, temperature)


@dataclass(frozen=True, eq=False)
class Models:
    """All that was learned from labelled narratives.

    Attributes
    ----------
    linear : dict of str to LinearModel
        By task; see `dealterms.decisions`.
    tables : dict of str to dict of str to float
        Counts read off the labelled narratives, by task.
    meta : dict
        Format, version of the features, fingerprints of patterns and data.
    """

    linear: dict[str, LinearModel]
    tables: dict[str, dict[str, float]]
    meta: dict[str, Any]


def read_models(path: Path) -> Models:
    """Read the models of a directory.

    Parameters
    ----------
    path : Path
        A directory with ``weights.json``, or that file.

    Returns
    -------
    Models
        Checked.

    Raises
    ------
    NotFoundError
        Where there is no such file.
    ModelError
        Where it is damaged, too large, or of another format or version of the features.
    """
    file = path / "weights.json" if path.is_dir() else path
    if not file.is_file():
        raise NotFoundError(f"no model at {path}", "give a directory that `python -m dealterms_training build` wrote")
    if file.stat().st_size > _LARGEST:
        raise ModelError(f"{file} is larger than {_LARGEST:,} bytes", "this is no dealterms model")
    try:
        return models_from_text(file.read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError:
        raise ModelError(f"{file}: not UTF-8 text", "train it again or reinstall dealterms") from None


def models_from_text(text: str, name: str) -> Models:
    """Read models from JSON text, checking everything; ``name`` is for messages."""
    damaged = ModelError(f"{name}: damaged or truncated", "train it again or reinstall dealterms")
    try:
        data = json.loads(text)
        meta, linear, tables = data["meta"], data["linear"], data["tables"]
        found, expected = (meta["format"], meta["features"]), (FORMAT, features.VERSION)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    if found != expected:
        raise ModelError(f"{name}: format and features {found}, this dealterms reads {expected}", "train it again with this version")
    if not isinstance(linear, dict) or not isinstance(tables, dict):
        raise damaged
    if meta.get("patterns") != patterns_fingerprint():
        import warnings

        from dealterms.errors import PatternsChangedWarning

        warnings.warn("the model was trained with other patterns than those in use; train it again", PatternsChangedWarning, stacklevel=4)
    return Models({task: LinearModel.from_json(model, f"{name}: {task}") for task, model in linear.items()}, tables, meta)


@lru_cache(maxsize=1)
def shipped_models() -> Models:
    """Read the models that the package ships."""
    return read_models(Path(__file__).parent / "model")


def write_models(models: Models, path: Path) -> None:
    """Write the models to a directory, the same bytes for the same numbers.

    Parameters
    ----------
    models : Models
        What was learned.
    path : Path
        A directory; made where it is not there.
    """
    path.mkdir(parents=True, exist_ok=True)
    temporary = path / "weights.json.part"
    temporary.write_text(models_to_text(models), encoding="utf-8")
    temporary.replace(path / "weights.json")


def models_to_text(models: Models) -> str:
    """Give the models as JSON text, a line a task."""
    head = json.dumps({"meta": models.meta, "tables": models.tables}, sort_keys=True, ensure_ascii=False)[:-1]
    parts = [
        f"{json.dumps(task)}: {json.dumps(models.linear[task].to_json(), ensure_ascii=False, separators=(',', ':'))}"
        for task in sorted(models.linear)
    ]
    return f'{head}, "linear": {{\n' + ",\n".join(parts) + "\n}}\n"

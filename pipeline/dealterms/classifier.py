"""Multinomial logistic regressions over named features, read from plain JSON; numpy is all they need.

The numbers are scikit-learn's: fitted there, rounded once, and kept as integers of ``SCALE``; see
``dealterms_training.fit``. Nothing is unpickled, so a model from a stranger can run no code; every name, size and number
of it is checked before it is used.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.machinery import PathFinder
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy

from dealterms import features
from dealterms.errors import ModelError, NotFoundError
from dealterms.resources import MODEL_DIR, patterns_fingerprint
from dealterms.types import PARTY_ROLES, PAYMENT_KINDS

FORMAT = 4
SCALE = 100
#: The component whose folder of a saved pipeline holds the model.
FOLDER = "dealterms_roles"
_LARGEST = 200_000_000
_GREATEST = 32_767  # what 16 bits hold
_UNKNOWN = -1
_CONFIDENCE = re.compile(r"\d(\.\d{1,12})?(e-\d\d)?")
_LABEL = re.compile(r"[a-z0-9][a-z0-9_ ]{0,59}")
# What every model decides, and the answers that the program knows; a model tells between two of them at least.
_TASKS = {
    "AUTOMATIC": frozenset({"automatic", "by choice"}),
    "BACKGROUND": frozenset({"background", "deal"}),
    "BOUND": frozenset({"exact", "cap", "floor", "range"}),
    "COUNT": frozenset({"unsaid", "successive", *map(str, range(1, 1000))}),
    "DEAL": frozenset({"deal", "no deal"}),
    "LINK": frozenset({"other", "same"}),
    "PARTY": frozenset({"none", "party"}),
    "SIDE": frozenset({"gives", "takes"}),
    "TIERED": frozenset({"flat", "tiered"}),
    "TYPE": frozenset({"licence", "supply", "distribution", "sale", "collaboration"}),
}
_NOT_PAYMENTS = frozenset({"none", "royalty"})
_REMEDY = "train it again or reinstall dealterms"


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
        _, rows, values = self._told(described)
        scores = self.intercept + values @ self.weights[rows]
        if len(self.classes) == 2:
            scores = numpy.concatenate([[0.0], scores])
        return scores

    def _told(self, described: dict[str, float]) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
        """Give which of the features are known, their rows, and their values brought to length one."""
        rows = numpy.array(list(map(self.index.get, described, repeat(_UNKNOWN))), dtype=int)
        known = numpy.flatnonzero(rows != _UNKNOWN)
        rows = rows[known]
        values = numpy.array(list(described.values()))[known] * self.rarity[rows]
        return known, rows, values / (numpy.sqrt(values @ values) or 1.0)

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
        known, rows, values = self._told(described)
        weights = self.weights[rows]
        if len(self.classes) == 2:
            against = weights[:, 0] * (1 if column else -1)
        else:
            against = (len(self.classes) * weights[:, column] - weights.sum(axis=1)) / (len(self.classes) - 1)
        swayed = numpy.round(against * values, 3)
        strength = numpy.abs(swayed)
        strongest = numpy.flatnonzero(strength >= numpy.sort(strength)[-most:][:1])
        names = list(described)
        told = [(names[known[place]], float(swayed[place])) for place in strongest]
        return tuple(sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:most])

    def to_json(self) -> dict[str, Any]:
        """Give the model as JSON values."""
        return {
            "classes": list(self.classes),
            "temperature": self.temperature,
            "intercept": _written(self.intercept),
            "features": sorted(self.index, key=self.index.__getitem__),
            "rarity": _written(self.rarity),
            "weights": _written(self.weights),
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
        >>> LinearModel.from_json({"classes": ["a", "b"]})
        Traceback (most recent call last):
            ...
        dealterms.errors.ModelError: model: not a model (KeyError: 'temperature'); train it again or reinstall dealterms
        """
        try:
            classes = tuple(data["classes"])
            if len(classes) < 2 or len(set(classes)) < len(classes) or not all(map(_LABEL.fullmatch, classes)):
                raise ValueError(f"classes {classes!r:.200}")
            temperature, names = data["temperature"], data["features"]
            if type(temperature) not in (int, float) or not 0.01 <= temperature <= 100:
                raise ValueError(f"temperature {temperature!r:.50}, 0.01 to 100 are possible")
            if not isinstance(names, list) or not {*map(type, names)} <= {str}:
                raise TypeError("features that are no list of names")
            index = dict(zip(names, range(len(names))))
            if len(index) != len(names):
                raise ValueError("a feature is given twice")
            columns = 1 if len(classes) == 2 else len(classes)
            rarity = _numbers(data, "rarity", len(names))
            weights = _numbers(data, "weights", len(names) * columns).reshape(len(names), columns)
            intercept = _numbers(data, "intercept", columns)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ModelError(f"{name}: not a model ({type(error).__name__}: {error})", _REMEDY) from None
        return cls(classes, index, rarity, weights, intercept, temperature)


def _written(numbers: numpy.ndarray) -> str:
    """Write numbers row after row as 16-bit integers of ``SCALE`` in base64, which is read twenty times sooner than a JSON list."""
    integers = numpy.rint(numbers * SCALE).clip(-_GREATEST, _GREATEST)
    return base64.b64encode(integers.astype("<i2").tobytes()).decode("ascii")


def _numbers(data: Any, part: str, size: int) -> numpy.ndarray:
    """Read so many numbers; whatever the bytes are, none of the numbers is endless or beyond all use."""
    if not isinstance(data[part], str):
        raise TypeError(f"{part} that are no text")
    read = base64.b64decode(data[part], validate=True)
    if len(read) != 2 * size:
        raise ValueError(f"{len(read) / 2:g} {part}, expected {size}")
    return numpy.frombuffer(read, dtype="<i2").astype(float) / SCALE


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

    @property
    def payment_kinds(self) -> tuple[str, ...]:
        """The kinds of payment that it can tell: the guide's, then those that only its own labels have."""
        tasks = ("MONEY", "MONEY2", "PAYMENT", "PAYMENT2")
        known = {label for task in tasks if task in self.linear for label in self.linear[task].classes}
        return PAYMENT_KINDS + tuple(sorted(known - _NOT_PAYMENTS - set(PAYMENT_KINDS)))


def find_model(path: str | Path) -> Path:
    """Find the model file of a directory or of an installed package, importing nothing.

    Parameters
    ----------
    path : str or Path
        A directory with ``weights.json``, one that ``train`` or ``Language.to_disk`` wrote, the file itself, or the name of
        a package that ``dealterms package`` made.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    NotFoundError
        Where there is none.

    Examples
    --------
    >>> find_model("no_such_model")
    Traceback (most recent call last):
        ...
    dealterms.errors.NotFoundError: no model at no_such_model; give a directory that dealterms train wrote, or the name of an installed model
    """
    for file in (Path(path), *_candidates(Path(path)), *_of_package(str(path))):
        if file.is_file():
            return file
    raise NotFoundError(f"no model at {path}", "give a directory that dealterms train wrote, or the name of an installed model")


def _candidates(folder: Path) -> Iterator[Path]:
    yield folder / "weights.json"
    yield folder / FOLDER / "weights.json"


def _of_package(name: str) -> Iterator[Path]:
    spec = PathFinder.find_spec(name) if name.isidentifier() else None  # which runs no code of the package
    for folder in spec.submodule_search_locations or () if spec else ():
        for versioned in sorted(Path(folder).glob(f"{name}-*")):
            yield from _candidates(versioned)


def read_models(path: str | Path) -> Models:
    """Read the models of a directory.

    Parameters
    ----------
    path : str or Path
        What `find_model` takes.

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
    file = find_model(path)
    if file.stat().st_size > _LARGEST:
        raise ModelError(f"{file} is larger than {_LARGEST:,} bytes", "this is no dealterms model")
    try:
        return models_from_text(file.read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError:
        raise ModelError(f"{file}: not UTF-8 text", _REMEDY) from None


def models_from_text(text: str, name: str) -> Models:
    """Read models from JSON text, checking everything; ``name`` is for messages."""
    damaged = ModelError(f"{name}: damaged or truncated", _REMEDY)
    try:
        data = json.loads(text)
        meta, linear, tables = data["meta"], data["linear"], data["tables"]
        found, expected = (meta["format"], meta["features"]), (FORMAT, features.VERSION)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    if found != expected:
        raise ModelError(f"{name}: format and features {found!r:.50}, this dealterms reads {expected}", "train it again with this version")
    names = data.get("names")
    if not isinstance(linear, dict) or not isinstance(tables, dict) or not isinstance(names, list):
        raise damaged
    models = {task: LinearModel.from_json(_named(model, names), f"{name}: {task:.50}") for task, model in linear.items()}
    for fault in (*_wrong_tasks(models), *_wrong_tables(tables)):
        raise ModelError(f"{name}: {fault}", _REMEDY)
    if meta.get("patterns") != patterns_fingerprint():
        import warnings

        from dealterms.errors import PatternsChangedWarning

        warnings.warn("the model was trained with other patterns than those in use; train it again", PatternsChangedWarning, stacklevel=4)
    return Models(models, tables, meta)


def _wrong_tasks(models: dict[str, LinearModel]) -> Iterator[str]:
    """Tell which task is missing, or has answers that the program cannot use."""
    for task, answers in _TASKS.items():
        if task not in models:
            yield f"no task {task}"
        for name in (task, f"{task}2"):
            if name in models and not answers.issuperset(models[name].classes):
                yield f"{name} decides between {', '.join(models[name].classes):.200}"


def _wrong_tables(tables: dict[str, Any]) -> Iterator[str]:
    """Tell what is wrong with the counts, of which there are always those of the sets of roles."""
    if "shapes" not in tables:
        yield "no table of shapes"
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(type(value) in (int, float) and abs(value) <= _GREATEST for value in table.values()):
            yield f"the table {name!r:.50} holds other things than numbers"
        elif name == "shapes" and not {role for shape in table for role in shape.split()} <= set(PARTY_ROLES):
            yield "the table of shapes names other roles"
        elif name.startswith("calibration") and not all(_CONFIDENCE.fullmatch(raw) for raw in table):
            yield "the table of calibration has keys that are no confidence"
        elif (name == "shapes" or name.startswith("calibration")) and not all(0 <= share <= 1 for share in table.values()):
            yield f"the table of {name} holds numbers that are no shares"


@lru_cache(maxsize=1)
def shipped_models() -> Models:
    """Read the models that the package ships."""
    return read_models(MODEL_DIR)


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
    """Give the models as JSON text, a line a task; the names of features, of which most are in several models, stand once before them."""
    names = sorted({name for model in models.linear.values() for name in model.index})
    places = dict(zip(names, range(len(names))))
    head = json.dumps({"meta": models.meta, "tables": models.tables, "names": names}, sort_keys=True, ensure_ascii=False)[:-1]
    parts = [
        f"{json.dumps(task)}: {json.dumps(_numbered(models.linear[task].to_json(), places), ensure_ascii=False, separators=(',', ':'))}"
        for task in sorted(models.linear)
    ]
    return f'{head}, "linear": {{\n' + ",\n".join(parts) + "\n}}\n"


def _numbered(told: dict[str, Any], places: dict[str, int]) -> dict[str, Any]:
    """Put places in a list of names for the names of a model's features."""
    numbers = numpy.array([places[name] for name in told["features"]], dtype="<i4")
    return told | {"features": base64.b64encode(numbers.tobytes()).decode("ascii")}


def _named(told: Any, names: list[str]) -> Any:
    """Put the names back; what makes no sense stays as it is, and `LinearModel.from_json` refuses it."""
    try:
        places = numpy.frombuffer(base64.b64decode(told["features"], validate=True), dtype="<i4").tolist()
        return told | {"features": list(map(names.__getitem__, places))} if min(places, default=0) >= 0 else told
    except (KeyError, TypeError, ValueError, IndexError):
        return told

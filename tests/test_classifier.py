"""Models as plain JSON: read back, checked, and as sure of things as scikit-learn is."""

from __future__ import annotations

import ast
import base64
import dataclasses
import json
import math
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

import dealterms
from dealterms import classifier, features
from dealterms.classifier import (
    FORMAT,
    SCALE,
    LinearModel,
    Models,
    models_from_text,
    models_to_text,
    read_models,
    write_models,
)
from dealterms.decisions import TYPES
from dealterms.errors import ModelError, NotFoundError, PatternsChangedWarning
from dealterms.extraction import extract_narrative
from dealterms.resources import patterns_fingerprint
from dealterms.types import PAYMENT_KINDS

THREE = LinearModel(
    ("fee", "none", "price"),
    {"near=pays": 0, "near=“": 1},
    numpy.array([1.0, 1.5]),
    numpy.array([[2.0, -1.25, -0.75], [0.0, 0.5, -0.5]]),
    numpy.array([0.25, 0.5, -0.75]),
    1.25,
)
TWO = LinearModel(("no", "yes"), {"a": 0, "b": 1}, numpy.array([1.0, 2.0]), numpy.array([[1.5], [-0.5]]), numpy.array([0.25]))
EMPTY = LinearModel(("no", "yes"), {}, numpy.zeros(0), numpy.zeros((0, 1)), numpy.array([4.0]))
META = {"format": FORMAT, "features": features.VERSION, "patterns": patterns_fingerprint(), "data": "0123456789ab", "narratives": 3}
ANSWERS = {
    "AUTOMATIC": ("automatic", "by choice"),
    "BACKGROUND": ("background", "deal"),
    "BOUND": ("cap", "exact"),
    "COUNT": ("successive", "unsaid"),
    "DEAL": ("deal", "no deal"),
    "LINK": ("other", "same"),
    "PARTY": ("none", "party"),
    "SIDE": ("gives", "takes"),
    "TIERED": ("flat", "tiered"),
    "TYPE": ("licence", "sale"),
}
TASKS = {task: dataclasses.replace(TWO, classes=answers) for task, answers in ANSWERS.items()} | {"MONEY": THREE}
TABLES = {"shapes": {"": 0.25, "licensee licensor": 0.5}, "calibration": {"0.5": 0.4, "0.9": 0.8}}
MODELS = Models(TASKS, TABLES, META)


def same(one: LinearModel, other: LinearModel) -> bool:
    return (
        (one.classes, one.index, one.temperature) == (other.classes, other.index, other.temperature)
        and numpy.array_equal(one.rarity, other.rarity)
        and numpy.array_equal(one.weights, other.weights)
        and numpy.array_equal(one.intercept, other.intercept)
    )


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_probabilities_are_those_of_scikit_learn(classes: int) -> None:
    random = numpy.random.default_rng(classes)
    names = [f"f{number}" for number in range(12)]
    rarity = numpy.rint(random.uniform(0.1, 3, 12) * SCALE) / SCALE
    table = random.random((200, 12)) * (random.random((200, 12)) < 0.4)
    answers = numpy.array([f"class {number}" for number in range(classes)])[random.integers(0, classes, 200)]
    matrix = normalize(table * rarity)
    fitted = LogisticRegression(C=20, max_iter=500).fit(matrix, answers)
    fitted.coef_, fitted.intercept_ = numpy.rint(fitted.coef_ * SCALE) / SCALE, numpy.rint(fitted.intercept_ * SCALE) / SCALE
    model = LinearModel(tuple(fitted.classes_), {name: row for row, name in enumerate(names)}, rarity, fitted.coef_.T, fitted.intercept_)
    told = [{name: value for name, value in zip(names, row) if value} | {"unknown": 7.0} for row in table]
    ours = [[model.probabilities(one, 1.0)[name] for name in fitted.classes_] for one in told]
    expected = fitted.predict_proba(matrix)
    assert numpy.abs(numpy.array(ours) - expected).max() < 1e-9
    assert expected.std(axis=0).min() > 0.01  # the features do tell something
    again = LinearModel.from_json(json.loads(json.dumps(model.to_json())))
    assert [again.probabilities(one, 1.0) for one in told] == [model.probabilities(one, 1.0) for one in told]


def test_two_classes_by_hand() -> None:
    """A single column: the log-odds of the second class, of features weighted by rarity and brought to length one."""
    length = math.hypot(1.0 * 1.0, 0.5 * 2.0)
    log_odds = 0.25 + (1.0 * 1.5 + 1.0 * -0.5) / length
    told = TWO.probabilities({"a": 1.0, "b": 0.5, "c": 9.0})
    assert told["yes"] == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-12)
    assert sum(told.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("described", [{}, {"c": 1.0}, {"a": 0.0, "b": 0.0}])
def test_nothing_known_leaves_the_intercept(described: dict[str, float]) -> None:
    assert TWO.probabilities(described)["yes"] == pytest.approx(1 / (1 + math.exp(-0.25)), abs=1e-12)


def test_temperature_divides_the_log_odds() -> None:
    described = {"near=pays": 1.0}
    cool, own, hot = (THREE.probabilities(described, temperature) for temperature in (1.0, None, 50.0))
    assert list(cool) == ["fee", "none", "price"]
    for name, other in (("fee", "none"), ("none", "price")):
        apart = math.log(cool[name] / cool[other])
        assert math.log(own[name] / own[other]) == pytest.approx(apart / 1.25)
        assert math.log(hot[name] / hot[other]) == pytest.approx(apart / 50)


def test_reasons_are_the_heaviest_features_first() -> None:
    described = {"near=pays": 1.0, "near=“": 1.0, "unknown": 5.0}
    length = math.hypot(1.0, 1.5)
    assert THREE.reasons(described, "fee") == (
        ("near=pays", round((2.0 + 1.0) / length, 3)),
        ("near=“", round(0.0 * 1.5 / length, 3)),
    )
    assert [name for name, _ in THREE.reasons(described, "price", most=1)] == ["near=pays"]
    assert THREE.reasons(described, "price")[0][1] < 0
    assert THREE.reasons(described, "no such class") == ()
    assert TWO.reasons({"a": 1.0}, "yes") == (("a", 1.5),) and TWO.reasons({"a": 1.0}, "no") == (("a", -1.5),)


@pytest.mark.parametrize("model", [TWO, THREE, EMPTY], ids=["two", "three", "empty"])
def test_a_model_comes_back(model: LinearModel) -> None:
    told = json.loads(json.dumps(model.to_json()))
    assert same(LinearModel.from_json(told), model)
    assert LinearModel.from_json(told).to_json() == told


def test_models_come_back(tmp_path: Path) -> None:
    write_models(MODELS, tmp_path / "new" / "model")
    for path in (tmp_path / "new" / "model", tmp_path / "new" / "model" / "weights.json"):
        read = read_models(path)
        assert (read.tables, read.meta, read.linear.keys()) == (MODELS.tables, MODELS.meta, MODELS.linear.keys())
        assert all(same(read.linear[task], model) for task, model in MODELS.linear.items())
    assert [path.name for path in (tmp_path / "new" / "model").iterdir()] == ["weights.json"]


def test_the_same_numbers_are_the_same_bytes() -> None:
    text = models_to_text(MODELS)
    turned = Models(dict(reversed(MODELS.linear.items())), MODELS.tables, dict(reversed(META.items())))
    assert models_to_text(turned) == text == models_to_text(models_from_text(text, "x"))


def numbers_of(told: str) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<h", base64.b64decode(told))]


def text_of(numbers: list[int]) -> str:
    return base64.b64encode(b"".join(struct.pack("<h", number) for number in numbers)).decode()


def test_weights_are_kept_whole() -> None:
    assert numbers_of(THREE.to_json()["rarity"]) == [SCALE, SCALE * 3 // 2]
    read = LinearModel.from_json(THREE.to_json())
    for part in ("rarity", "weights", "intercept"):
        assert numpy.array_equal(getattr(read, part), getattr(THREE, part))


def test_a_weight_too_great_to_be_told_is_the_greatest() -> None:
    model = LinearModel(("no", "yes"), {"a": 0}, numpy.array([1.0]), numpy.array([[1e9]]), numpy.array([-1e9]))
    read = LinearModel.from_json(model.to_json())
    assert (read.weights[0, 0], read.intercept[0]) == (327.67, -327.67)


# -- files that are no models ---------------------------------------------------------------------


def refused(tmp_path: Path, content: bytes) -> str:
    """Give the message with which a file is refused; it must name the file."""
    path = tmp_path / "weights.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=re.escape(str(path))) as error:
        read_models(tmp_path)
    return str(error.value)


def edited(**changes: Any) -> bytes:
    """Give the file of `MODELS` with parts changed, or left out for ``...``: of its first model where that has such a part."""
    data = json.loads(models_to_text(MODELS))
    for name, value in changes.items():
        part = data["linear"]["MONEY"] if name in data["linear"]["MONEY"] else data
        if value is ...:
            del part[name]
        else:
            part[name] = value
    return json.dumps(data).encode()


def test_truncated_anywhere(tmp_path: Path) -> None:
    content = models_to_text(MODELS).rstrip().encode()
    for length in range(0, len(content), 9):
        refused(tmp_path, content[:length])
    assert "damaged or truncated" in refused(tmp_path, content[:-1])


OTHER = {
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "a string": b'"text"',
    "an empty object": b"{}",
    "brackets": b"[" * 100_000,
    "a pickle": b"\x80\x04\x95",
    "wrong parts": b'{"meta": 1, "linear": {}, "tables": {}}',
    "UTF-16": "{}".encode("utf-16"),
}


@pytest.mark.parametrize("content", OTHER.values(), ids=OTHER.keys())
def test_other_files(tmp_path: Path, content: bytes) -> None:
    refused(tmp_path, content)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"meta": ...}, "damaged"),
        ({"linear": ...}, "damaged"),
        ({"tables": ...}, "damaged"),
        ({"linear": []}, "damaged"),
        ({"tables": None}, "damaged"),
        ({"linear": {"MONEY": 1}}, "MONEY: not a model"),
        ({"meta": META | {"format": FORMAT + 1}}, "format and features"),
        ({"meta": META | {"features": features.VERSION + 1}}, "format and features"),
        ({"meta": {"format": FORMAT}}, "damaged"),
        ({"classes": ...}, "KeyError"),
        ({"classes": []}, "MONEY: not a model"),
        ({"classes": ["fee"]}, "MONEY: not a model"),
        ({"classes": ["fee", "none"]}, "MONEY: not a model"),
        ({"classes": ["fee", "none", "price", "sale"]}, "MONEY: not a model"),
        ({"classes": ["fee", "none", 3]}, "MONEY: not a model"),
        ({"temperature": 0}, "temperature 0,"),
        ({"temperature": "warm"}, "MONEY: not a model"),
        ({"temperature": float("nan")}, "temperature nan,"),
        ({"temperature": 1e9}, "temperature 1000000000.0,"),
        ({"temperature": "1.0"}, "MONEY: not a model"),
        ({"temperature": True}, "MONEY: not a model"),
        ({"classes": ["fee", "none", "none"]}, "MONEY: not a model"),
        ({"classes": ["fee", "none", "<script>"]}, "MONEY: not a model"),
        ({"features": ["near=pays", 7]}, "no list of names"),
        ({"features": "ab"}, "no list of names"),
        ({"features": base64.b64encode(struct.pack("<2i", 0, -1)).decode()}, "no list of names"),
        ({"features": base64.b64encode(struct.pack("<2i", 0, 99)).decode()}, "no list of names"),
        ({"features": base64.b64encode(struct.pack("<2i", 0, 0)).decode()}, "given twice"),
        ({"names": ...}, "damaged"),
        ({"names": "ab"}, "damaged"),
        ({"names": []}, "no list of names"),
        ({"names": [1, 2, 3, 4]}, "no list of names"),
        ({"intercept": [1, 2, 3]}, "no text"),
        ({"intercept": "AQ=="}, "0.5 intercept, expected 3"),
        ({"intercept": "!!!"}, "MONEY: not a model"),
        ({"intercept": "é"}, "MONEY: not a model"),
        ({"intercept": "A"}, "MONEY: not a model"),
        ({"tables": {}}, "no table of shapes"),
        ({"tables": {"shapes": {"landlord": 0.5}}}, "other roles"),
        ({"tables": {"shapes": {"licensor": "x"}}}, "other things than numbers"),
        ({"tables": {"shapes": {"licensor": float("nan")}}}, "other things than numbers"),
        ({"tables": {"shapes": {"licensor": 7}}}, "no shares"),
        ({"tables": TABLES | {"calibration": {"high": 0.5}}}, "no confidence"),
        ({"tables": TABLES | {"calibration": []}}, "other things than numbers"),
        ({"intercept": ""}, "0 intercept, expected 3"),
        ({"features": ["near=pays", "near=pays"]}, "MONEY: not a model"),
        ({"weights": {}}, "MONEY: not a model"),
        ({"weights": None}, "MONEY: not a model"),
    ],
    ids=str,
)
def test_mismatched_parts(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    assert message in refused(tmp_path, edited(**changes))


@pytest.mark.parametrize("task", ANSWERS)
def test_each_task_is_needed_with_answers_that_the_program_knows(tmp_path: Path, task: str) -> None:
    linear = json.loads(models_to_text(MODELS))["linear"]
    assert f"no task {task}" in refused(tmp_path, edited(linear={name: model for name, model in linear.items() if name != task}))
    other = linear[task] | {"classes": [ANSWERS[task][0], "something"]}
    for name in (task, f"{task}2"):
        assert f"{name} decides between" in refused(tmp_path, edited(linear=linear | {name: other}))


def test_the_types_of_deals_are_those_of_the_program() -> None:
    assert set(TYPES) == classifier._TASKS["TYPE"]


def test_kinds_of_payment_are_those_of_the_guide_and_of_the_labels() -> None:
    assert MODELS.payment_kinds == (*PAYMENT_KINDS, "fee", "price")


@pytest.fixture(scope="module")
def small() -> bytes:
    """A model of a few narratives, with every task of a real one."""
    data = json.loads(models_to_text(MODELS))
    for label, answers in {
        "DURATION": ["agreement", "none", "renewal"],
        "RENEW": ["none", "renewal"],
        "PERCENT": ["none", "royalty"],
    }.items():
        columns = len(answers) if len(answers) > 2 else 1
        data["linear"][label] = {
            "classes": answers,
            "temperature": 1.0,
            "intercept": [50] * columns,
            "features": ["near=years", "near=royalty"],
            "rarity": [100, 120],
            "weights": [100] * (2 * columns),
        }
    return json.dumps(data, ensure_ascii=False).encode()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=strategies.data())
@pytest.mark.filterwarnings("ignore::dealterms.errors.PatternsChangedWarning")
def test_a_damaged_model_is_refused_or_works(small: bytes, tmp_path: Path, data: strategies.DataObject) -> None:
    """Cut short, bits turned over, values of other types in any place: a `ModelError`, or a model that extracts."""
    content = data.draw(strategies.one_of(cut(small), flipped(small), swapped(small)))
    (tmp_path / "weights.json").write_bytes(content)
    try:
        models = read_models(tmp_path)
    except ModelError:
        return
    deal = extract_narrative(NARRATIVE, None, models)
    assert deal.text == NARRATIVE and all(math.isfinite(party.confidence) for party in deal.parties)
    json.dumps(deal.to_dict(), allow_nan=False)


NARRATIVE = (
    "Quillon Ltd. licensed its dye to Marrow AG for ten years, for up to $3 million and royalties of 4% and 6%. The licence may be "
    "renewed for five years."
)


def cut(content: bytes) -> strategies.SearchStrategy[bytes]:
    return strategies.integers(0, len(content) - 1).map(lambda length: content[:length])


def flipped(content: bytes) -> strategies.SearchStrategy[bytes]:
    def flip(places: list[int]) -> bytes:
        changed = bytearray(content)
        for place in places:
            changed[place // 8] ^= 1 << place % 8
        return bytes(changed)

    return strategies.lists(strategies.integers(0, 8 * len(content) - 1), min_size=1, max_size=3).map(flip)


ODD = strategies.sampled_from(
    [
        None,
        True,
        -1,
        0,
        7,
        0.5,
        1e308,
        -1e308,
        10**30,
        float("nan"),
        float("inf"),
        "",
        "x",
        "none",
        "0.5",
        "\ud800",
        [],
        [1],
        [[1]],
        {},
        {"a": 1},
    ]
)


def swapped(content: bytes) -> strategies.SearchStrategy[bytes]:
    """Put an odd value in the place of any other."""
    paths = list(places(json.loads(content)))

    def swap(path: tuple[Any, ...], value: Any) -> bytes:
        data = inner = json.loads(content)
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        return json.dumps(data).encode()

    return strategies.builds(swap, strategies.sampled_from(paths), ODD)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(part, (*path, step))


@pytest.mark.parametrize("part", ["classes", "intercept", "temperature", "weights", "features", "rarity"])
def test_each_part_is_needed(tmp_path: Path, part: str) -> None:
    assert f"KeyError: '{part}'" in refused(tmp_path, edited(**{part: ...}))


@pytest.mark.parametrize("part", ["intercept", "weights", "features", "rarity"])
def test_each_part_has_its_size(tmp_path: Path, part: str) -> None:
    told = THREE.to_json()[part]
    listed = told if isinstance(told, list) else numbers_of(told)
    for numbers in (listed[:-1], [*listed, *listed[:1]], []):
        wrong = numbers if isinstance(told, list) else text_of(numbers)
        assert "MONEY: not a model" in refused(tmp_path, edited(**{part: wrong}))


@pytest.mark.parametrize("changes", [{"weights": "/" * 400}, {"temperature": 10**400}], ids=lambda changes: min(changes))
def test_numbers_beyond_all_bounds(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert "MONEY: not a model" in refused(tmp_path, edited(**changes))


def test_too_large_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "_LARGEST", 100)
    assert "larger than 100 bytes" in refused(tmp_path, models_to_text(MODELS).encode())


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "weights.json"):
        with pytest.raises(NotFoundError, match=re.escape(str(path))):
            read_models(path)


def test_other_patterns_are_warned_of(tmp_path: Path) -> None:
    write_models(Models(MODELS.linear, MODELS.tables, META | {"patterns": "0" * 12}), tmp_path)
    with pytest.warns(PatternsChangedWarning, match="trained with other patterns"):
        read = read_models(tmp_path)
    assert same(read.linear["MONEY"], THREE)


def test_nothing_is_unpickled_and_scikit_learn_is_not_needed() -> None:
    """Neither the modules that run what they read, nor training's, are imported anywhere in the package."""
    root = Path(dealterms.__file__).parent
    imported: dict[str, set[str]] = {}
    called: set[str] = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                imported.setdefault(name.split(".")[0], set()).add(path.name)
            if isinstance(node, ast.Call):
                called.add(node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""))
    assert "numpy" in imported and "json" in imported and "isinstance" in called
    assert {
        "pickle",
        "cPickle",
        "dill",
        "cloudpickle",
        "joblib",
        "marshal",
        "shelve",
        "skops",
        "sklearn",
        "scipy",
    } & imported.keys() == set()
    assert {"eval", "exec", "__import__", "from_pickle"} & called == set()

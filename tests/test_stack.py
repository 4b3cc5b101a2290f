"""Regressions asked together answer as each does alone."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealterms.classifier import LinearModel
from dealterms.stack import Stack

TWO = LinearModel(("no", "yes"), {"a": 0, "b": 1}, numpy.array([1.0, 2.0]), numpy.array([[1.5], [-0.5]]), numpy.array([0.25]), 1.7)
THREE = LinearModel(
    ("x", "y", "z"),
    {"b": 0, "c": 1, "d": 2},
    numpy.array([0.5, 1.0, 3.0]),
    numpy.array([[1.0, 0.0, -1.0], [0.3, 0.3, -2.0], [-1.0, 2.0, 0.0]]),
    numpy.array([0.1, 0.0, -0.1]),
)
TOLD = {"two": TWO, "three": THREE}
STACK = Stack(TOLD)
FEATURES = st.dictionaries(st.sampled_from("abcde"), st.just(0.0) | st.floats(0.01, 3))


@given(st.lists(FEATURES, min_size=1, max_size=4))
def test_a_stack_says_what_its_models_say(described: list[dict[str, float]]) -> None:
    sums = STACK.sums(described)
    for task, model in TOLD.items():
        for one, told in zip(described, STACK.probabilities(task, sums)):
            assert told == pytest.approx(model.probabilities(one))
        assert STACK.scores(task, sums)[0] == pytest.approx(model.scores(described[0]))


@given(FEATURES, FEATURES)
def test_sums_of_disjoint_features_can_be_added(some: dict[str, float], others: dict[str, float]) -> None:
    others = {name: value for name, value in others.items() if name not in some}
    added = STACK.sums([some]) + STACK.sums([others])
    for task, model in TOLD.items():
        (told,) = STACK.probabilities(task, added)
        assert told == pytest.approx(model.probabilities(some | others))


def test_of_nobody_nothing_is_said() -> None:
    assert STACK.probabilities("two", STACK.sums([])) == []

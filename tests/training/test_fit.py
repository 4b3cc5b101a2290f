"""Training: the same narratives give the same bytes, and the numbers are scikit-learn's."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from dealterms.classifier import SCALE, models_from_text, models_to_text
from dealterms_training.examples import read_examples
from dealterms_training.fit import Prepared, examples, fit, fold_of, prepare, regress, shapes, tabulate, with_hard_deals

# Of the repository, not of the package: a wheel holds no labelled narratives.
DATA = Path(__file__).parents[2] / "training" / "data"
SOME = 24


@pytest.fixture(scope="module")
def prepared() -> list[Prepared]:
    return [prepare(case) for case in read_examples([DATA / "dev.jsonl"])[:SOME]]


def test_the_same_narratives_give_the_same_bytes(prepared: list[Prepared]) -> None:
    text = models_to_text(fit(prepared, jobs=1))
    assert models_to_text(fit(prepared, jobs=2)) == text
    assert models_to_text(models_from_text(text, "text")) == text


def test_probabilities_are_those_of_scikit_learn(prepared: list[Prepared]) -> None:
    described, answers = examples(prepared, "MONEY")
    model = regress("MONEY", tabulate(described, answers))
    assert model is not None
    rows = numpy.zeros((len(described), len(model.index)))
    for row, one in enumerate(described):
        for name, value in one.items():
            if name in model.index:
                rows[row, model.index[name]] = value * model.rarity[model.index[name]]
    theirs = LogisticRegression().fit(normalize(csr_matrix(rows)), answers)
    theirs.coef_, theirs.intercept_ = model.weights.T, model.intercept
    expected = theirs.predict_proba(normalize(csr_matrix(rows)))
    ours = numpy.array([[model.probabilities(one, 1.0)[str(label)] for label in theirs.classes_] for one in described])
    assert numpy.abs(ours - expected).max() < 1e-9
    assert numpy.array_equal(model.weights, numpy.rint(model.weights * SCALE) / SCALE)


def test_a_fit_goes_on_until_more_steps_bring_nothing() -> None:
    """Of many features that each tell little, the first steps learn next to nothing."""
    random = numpy.random.default_rng(0)
    table = random.random((2000, 1000)) < 0.03
    answers = numpy.where(table @ random.normal(size=1000) > 0, "gives", "takes")
    described = [{f"near={column}": 1.0 for column in numpy.flatnonzero(row)} for row in table]
    model = regress("SIDE", tabulate(described, list(answers)))
    assert model is not None
    told = [max(chances, key=chances.__getitem__) for chances in map(model.probabilities, described)]
    assert (numpy.array(told) == answers).mean() > 0.97


def test_one_answer_teaches_nothing() -> None:
    assert regress("MONEY", tabulate([{"a": 1.0}, {"b": 1.0}], ["none", "none"])) is None


def test_deals_that_are_hard_to_see_count_thrice() -> None:
    described = [{"licence": 1.0}] * 19 + [{"dividend": 1.0}] * 20
    table = tabulate(described, ["deal"] * 19 + ["deal"] + ["no deal"] * 19)
    model = regress("SCREEN", table)
    harder = with_hard_deals(table, model)
    assert harder.matrix.shape[0] == len(harder.answers) == len(harder.owners) == len(described) + 2
    place = harder.names.index("dividend")
    assert [(row[0, place], answer) for row, answer in zip(harder.matrix[-2:], harder.answers[-2:])] == [(1.0, "deal")] * 2


def test_folds_stay_where_they_are_when_narratives_are_added() -> None:
    assert [fold_of(f"id-{number}") for number in range(50)] == [fold_of(f"id-{number}") for number in range(50)]
    assert {fold_of(f"id-{number}") for number in range(50)} == set(range(5))


def test_shapes_are_shares() -> None:
    pair = {"parties": [{"role": "licensor"}, {"role": "licensee"}]}
    assert shapes([pair, pair, {"parties": []}, pair]) == {"": 0.25, "licensee licensor": 0.75}

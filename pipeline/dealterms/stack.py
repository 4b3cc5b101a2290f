"""Several regressions over the same features, asked together: each feature is looked up once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain, count, repeat

import numpy

from dealterms.classifier import LinearModel, Models, shares

Features = dict[str, float]
_NO_FEATURE = 0


class Sums:
    """What the features of some candidates add up to, for every model of a stack; sums of disjoint features can be added.

    Attributes
    ----------
    scores : numpy.ndarray
        Candidates by columns of all models, before lengths and intercepts.
    squares : numpy.ndarray
        Candidates by models: the squared length of the weighted features.
    """

    def __init__(self, scores: numpy.ndarray, squares: numpy.ndarray) -> None:
        self.scores = scores
        self.squares = squares

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.scores + other.scores, self.squares + other.squares)


class Stack:
    """Regressions beside each other.

    Parameters
    ----------
    models : dict of str to LinearModel
        By task.

    Examples
    --------
    >>> model = LinearModel(("no", "yes"), {"a": 0}, numpy.array([1.0]), numpy.array([[2.0]]), numpy.array([-1.0]))
    >>> stack = Stack({"task": model})
    >>> [round(chances["yes"], 3) for chances in stack.probabilities("task", stack.sums([{"a": 1.0}, {}]))]
    [0.731, 0.269]
    """

    def __init__(self, models: dict[str, LinearModel]) -> None:
        self.models = models
        names = dict.fromkeys(chain.from_iterable(model.index for model in models.values()))
        self.index: dict[str, int] = dict(zip(names, count(1)))
        widths = [model.weights.shape[1] for model in models.values()]
        self.columns = {
            task: (number, slice(begin, begin + width))
            for number, (task, width, begin) in enumerate(zip(models, widths, accumulate(widths, initial=0)))
        }
        self.weights = numpy.zeros((len(self.index) + 1, sum(widths)))
        self.squares = numpy.zeros((len(self.index) + 1, len(models)))
        for task, (number, columns) in self.columns.items():
            model = models[task]
            rows = list(map(self.index.__getitem__, model.index))
            self.weights[rows, columns] = model.weights * model.rarity[:, None]
            self.squares[rows, number] = model.rarity**2

    def sums(self, described: Sequence[Features]) -> Sums:
        """Add up the features of each candidate."""
        rows: list[int] = []
        values: list[float] = []
        starts = []
        for one in described:
            starts.append(len(rows))
            rows.append(_NO_FEATURE)
            values.append(0.0)
            rows.extend(map(self.index.get, one, repeat(_NO_FEATURE)))
            values.extend(one.values())
        weight = numpy.array(values)[:, None]
        weighted = self.weights.take(rows, axis=0)
        weighted *= weight
        squared = self.squares.take(rows, axis=0)
        squared *= weight**2
        return Sums(numpy.add.reduceat(weighted, starts, axis=0), numpy.add.reduceat(squared, starts, axis=0))

    def scores(self, task: str, sums: Sums) -> numpy.ndarray:
        """Give the log-odds of each class: candidates by classes."""
        model = self.models[task]
        number, columns = self.columns[task]
        length = numpy.sqrt(sums.squares[:, number])
        length = numpy.where(length > 0, length, 1.0)[:, None]
        scores = sums.scores[:, columns] / length + model.intercept
        if len(model.classes) == 2:
            scores = numpy.hstack([numpy.zeros_like(scores), scores])
        return scores

    def probabilities(self, task: str, sums: Sums, temperature: float | None = None) -> list[dict[str, float]]:
        """Give the probability of each class.

        Parameters
        ----------
        task : str
            Which model.
        sums : Sums
            Of some candidates.
        temperature : float, optional
            In place of the model's own.

        Returns
        -------
        list of dict of str to float
            For each candidate.
        """
        model = self.models[task]
        told = shares(self.scores(task, sums) / (temperature or model.temperature))
        return [dict(zip(model.classes, chances)) for chances in told.tolist()]


@lru_cache(maxsize=64)
def stack_of(models: Models, *tasks: str) -> Stack:
    """Give the regressions of some tasks beside each other, those that there are; made once."""
    return Stack({task: models.linear[task] for task in tasks if task in models.linear})

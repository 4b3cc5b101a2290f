"""Fits the classifier from labelled narratives: the same narratives and seed give the same numbers."""

from __future__ import annotations

import collections
import hashlib
import itertools
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from typing import Any

import numpy
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from dealterms import features
from dealterms.classifier import FORMAT, SCALE, LinearModel, Models
from dealterms.decisions import (
    LABELS,
    NONE,
    SIDES,
    TYPES,
    Described,
    deal_type,
    describe,
    first_pass,
    second_features,
    second_party_features,
    second_text_features,
)
from dealterms.features import Context, count_features, link_features, tier_features
from dealterms.resources import patterns_fingerprint
from dealterms_training.align import SKIP, Aligned, align
from dealterms_training.screen import screening_bar, screening_examples

FOLDS = 5
SEED = 0
# In how many examples a feature must be: the more narratives there are, the more, for what is rare tells nothing that lasts.
_LEAST, _MOST, _STEP = 3, 8, 200
# Pairs of words are many: they must be in so many times as many examples.
_MANY = {"pair": 2}
# Screening looks at words alone, of which only common ones mean in new texts what they meant in those learned from.
_OFTENER = {"SCREEN": 4}
# Strength (inverse of the penalty) of each regression.
STRENGTH = {
    "BACKGROUND": 15.0,
    "BOUND": 20.0,
    "MONEY": 20.0,
    "SIDE": 10.0,
    "LINK": 3.0,
    "AUTOMATIC": 30.0,
    "COUNT": 80.0,
    "TIERED": 60.0,
    "TYPE": 15.0,
    "DEAL": 60.0,
    "PARTY": 6.0,
    "SCREEN": 300.0,
}
_STRENGTH = 40.0
# What the first pass says weighs by how sure it is, however common.
_PROBABILITY = 2.0
# How much a group of features counts in a task, where that is not 1: set on narratives of writers that were left out. What a candidate
# itself is counts for more, or the hundreds of words around it would drown it.
_WEIGHT = {
    "BACKGROUND": {"own": 4.0, "when": 4.0, "list": 4.0, "near": 2.0, "class": 0.5, "meaning": 0.5, "sentence": 0.0, "cue": 0.0},
    # A bound stands beside its sum.
    "BOUND": {"own": 4.0, "near": 2.0, "right": 0.5, "sentence": 0.3}
    | dict.fromkeys(("before", "class", "deal", "item", "meaning", "pair"), 0.0),
    "DATE": {"slot": 0.4, "right": 0.4, "before": 0.0},
    "DURATION": {"own": 4.0, "class": 0.5},
    "MONEY": {"own": 4.0, "class": 0.5, "pair": 0.7},
    "PARTY": {"own": 2.0, "between": 0.5, "right": 0.0},
    "PAYMENT": {"own": 2.0},
    "ROYALTY": {"own": 4.0, "near": 2.0},
    "SIDE": {"own": 2.0},
    # What an agreement is called, and how the text begins.
    "DEAL": {"first": 2.0, "title": 2.0},
    "TYPE": {"first": 2.0, "title": 2.0},
}
# So that a feature that nearly every example has still counts a little.
_COMMON = 0.05
_SLIGHT = 0.08
_ITERATIONS = 500
# So many times more counts what is hard for screening.
_HARD = 2
# Ten times as much ends the fit of some tasks after four steps, and costs a hundredth of all records.
_TOLERANCE = 1e-4


@dataclass
class Prepared:
    """A labelled narrative with its answers and the features that no model is needed for."""

    case: dict[str, Any]
    aligned: Aligned
    context: Context
    described: Described


def prepare(case: dict[str, Any]) -> Prepared:
    """Align a labelled narrative and describe its candidates."""
    aligned = align(case)
    context = Context(aligned.words, aligned.found, aligned.entities)
    return Prepared(case, aligned, context, describe(context))


def fold_of(case_id: str, folds: int = FOLDS) -> int:
    """Give the fold of a narrative: by its id, so that more narratives leave the others where they were."""
    return int(hashlib.sha256(case_id.encode()).hexdigest(), 16) % folds


@dataclass(frozen=True)
class Table:
    """Examples of one task.

    Attributes
    ----------
    names : list of str
        The features, sorted.
    matrix : scipy.sparse.csr_matrix
        Examples by features.
    answers : numpy.ndarray
        The class of each example.
    owners : numpy.ndarray
        The fold of the narrative that each example is from.
    """

    names: list[str]
    matrix: csr_matrix
    answers: numpy.ndarray
    owners: numpy.ndarray

    def without(self, fold: int) -> Table:
        """Give the examples of the other folds."""
        kept = self.owners != fold
        return Table(self.names, self.matrix[kept], self.answers[kept], self.owners[kept])


def tabulate(described: Sequence[dict[str, float]], answers: Sequence[str], owners: Sequence[int] | None = None) -> Table:
    """Make a table of described examples."""
    index: dict[str, int] = {}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for one in described:
        columns += [index.setdefault(name, len(index)) for name in one]
        values += one.values()
        ends.append(len(columns))
    names = sorted(index)
    place = numpy.empty(len(names), dtype=numpy.int64)
    place[[index[name] for name in names]] = numpy.arange(len(names))
    matrix = csr_matrix(
        (numpy.array(values, dtype=float), place[numpy.array(columns, dtype=numpy.int64)], ends), shape=(len(described), len(names))
    )
    return Table(names, matrix, numpy.array(answers), numpy.zeros(len(described)) if owners is None else numpy.array(owners))


def regress(task: str, table: Table, least: int = _LEAST) -> LinearModel | None:
    """Fit one logistic regression and round it to what the artifact holds.

    Parameters
    ----------
    task : str
        Decides the strength, and how much each group of features counts.
    table : Table
        The examples.
    least : int
        In how many examples a feature must be.

    Returns
    -------
    LinearModel or None
        None where all answers are the same, or the examples are too few to have anything in common.
    """
    if len(set(table.answers)) < 2:
        return None
    counts = numpy.bincount(table.matrix.indices, minlength=len(table.names))
    alone = task.removesuffix("2")
    groups = _WEIGHT.get(alone, {})
    of_group = [name.partition("=")[0] for name in table.names]
    weights = numpy.array([groups.get(group, 1.0) for group in of_group])
    enough = least * _OFTENER.get(task, 1) * numpy.array([_MANY.get(group, 1) for group in of_group])
    kept = numpy.flatnonzero((counts >= enough) & (weights > 0))
    if not len(kept):
        return None
    names = [table.names[column] for column in kept]
    rarity = numpy.sqrt(numpy.log(len(table.answers) / counts[kept]) + _COMMON) * weights[kept]
    rarity = _rounded(rarity)
    rarity[[row for row, name in enumerate(names) if name.startswith("second=")]] = _PROBABILITY
    matrix = normalize(table.matrix[:, kept].multiply(rarity).tocsr())
    fitted = LogisticRegression(C=STRENGTH.get(alone, _STRENGTH), max_iter=_ITERATIONS, tol=_TOLERANCE, random_state=SEED)
    fitted.fit(matrix, table.answers)
    learned = _rounded(fitted.coef_.T)
    # A feature that hardly sways anything costs room and time. It goes from the sum, not from the length that the sum is divided by.
    learned[numpy.abs(learned).max(axis=1) < _SLIGHT] = 0.0
    return LinearModel(
        tuple(str(label) for label in fitted.classes_),
        {name: row for row, name in enumerate(names)},
        rarity,
        learned,
        _rounded(fitted.intercept_),
    )


def _rounded(numbers: numpy.ndarray) -> numpy.ndarray:
    return numpy.rint(numbers * SCALE) / SCALE


def examples(prepared: Sequence[Prepared], task: str) -> tuple[list[dict[str, float]], list[str]]:
    """Gather the first-pass examples of a task."""
    described: list[dict[str, float]] = []
    answers: list[str] = []
    for one in prepared:
        aligned = one.aligned
        if task == "PARTY":
            described += one.described.parties
            answers += ["none" if role == NONE else "party" for role in aligned.parties]
        elif task == "SIDE":
            # Who gives and who takes is learned from pairs: what one has and the other lacks.
            gives = [d for d, role in zip(one.described.parties, aligned.parties) if SIDES.get(role) == "gives"]
            takes = [d for d, role in zip(one.described.parties, aligned.parties) if SIDES.get(role) == "takes"]
            for giver in gives:
                for taker in takes:
                    apart = {name: 1.0 for name in giver.keys() - taker.keys()} | {name: -1.0 for name in taker.keys() - giver.keys()}
                    described += [apart, {name: -value for name, value in apart.items()}]
                    answers += ["gives", "takes"]
        elif task == "TYPE":
            kind = deal_type([role for role in aligned.parties if role != NONE])
            if kind:
                described.append(one.described.text)
                answers.append(kind)
        elif task == "DEAL":
            described.append(one.described.text)
            answers.append("deal" if one.case["parties"] else "no deal")
        elif task == "SCREEN":
            for features_of, answer in screening_examples(one.case):
                described.append(features_of)
                answers.append(answer)
        elif task == "BOUND":
            for index, bound in enumerate(aligned.bounds):
                if bound and aligned.found.mentions[index].label in {"MONEY", "PERCENT"}:
                    described.append(one.described.mentions[index])
                    answers.append(bound)
        elif task == "BACKGROUND":
            for index in range(len(aligned.roles)):
                if _has_background(aligned, index):
                    described.append(one.described.mentions[index])
                    answers.append("background" if aligned.background[index] else "deal")
        elif task == "AUTOMATIC":
            for index, record in enumerate(aligned.record):
                if record and record[0] == "renewals" and aligned.roles[index] == "renewal":
                    described.append(one.described.mentions[index])
                    answers.append("automatic" if one.case["renewals"][record[1]]["automatic"] else "by choice")
        elif task == "COUNT":
            for index, record in enumerate(aligned.record):
                if record and record[0] == "renewals" and aligned.roles[index] == "renewal":
                    count = one.case["renewals"][record[1]]["count"]
                    described.append(count_features(one.context, index))
                    answers.append("unsaid" if count is None else str(count))
        elif task == "TIERED":
            for number, royalty in enumerate(one.case["royalties"]):
                group = [i for i, record in enumerate(aligned.record) if record == ("royalties", number)]
                rates = {aligned.found.mentions[i].low for i in group}
                if group and len(rates) == 1 and royalty.get("amount") is None:
                    described.append(tier_features(one.context, group[0], group[-1]))
                    answers.append("tiered" if royalty["tiered"] else "flat")
        elif task == "LINK":
            for label in ("PERCENT", "MONEY"):
                royal = [i for i in one.context.by_label.get(label, ()) if aligned.roles[i] == "royalty" and aligned.record[i]]
                for before, after in itertools.pairwise(royal):
                    described.append(link_features(one.context, before, after))
                    answers.append("same" if aligned.record[before] == aligned.record[after] else "other")
        else:
            for index in one.context.by_label.get(task, ()):
                if aligned.roles[index] != SKIP:
                    described.append(one.described.mentions[index])
                    answers.append(aligned.roles[index])
    return described, answers


def _has_background(aligned: Aligned, index: int) -> bool:
    return aligned.roles[index] not in {NONE, SKIP} and aligned.background[index] is not None


FIRST = (*LABELS, "PARTY", "SIDE", "TYPE", "DEAL", "SCREEN", "BACKGROUND")


def table_of(prepared: Sequence[Prepared], task: str) -> Table:
    """Make the table of a task's first-pass examples."""
    described: list[dict[str, float]] = []
    answers: list[str] = []
    owners: list[int] = []
    for one in prepared:
        of_one = examples([one], task)
        described += of_one[0]
        answers += of_one[1]
        owners += [fold_of(one.case["id"])] * len(of_one[1])
    return tabulate(described, answers, owners)


_shared: dict[str, Table] = {}


def _share(tables: dict[str, Table]) -> None:
    """Give a process the tables once, whatever is asked of it later."""
    _shared.clear()
    _shared.update(tables)


def _regress_shared(asked: tuple[str, int | None, int]) -> LinearModel | None:
    name, fold, least = asked
    table = _shared[name] if fold is None else _shared[name].without(fold)
    model = regress(name, table, least)
    return regress(name, with_hard_deals(table, model), least) if name == "SCREEN" and model else model


def with_hard_deals(table: Table, model: LinearModel) -> Table:
    """Count what tells of a deal, and looks to screening as if it did not, thrice: screening may lose no deal."""
    place = {name: column for column, name in enumerate(table.names)}
    matrix = normalize(table.matrix[:, [place[name] for name in model.index]].multiply(model.rarity).tocsr())
    against = (matrix @ model.weights + model.intercept)[:, 0]
    hard = numpy.flatnonzero((table.answers == "deal") & (against > 0))
    matrix = vstack([table.matrix, *[table.matrix[hard]] * _HARD]).tocsr()
    answers, owners = (numpy.concatenate([part, *[part[hard]] * _HARD]) for part in (table.answers, table.owners))
    return Table(table.names, matrix, answers, owners)


def _regress_all(tables: dict[str, Table], asked: Sequence[tuple[str, int | None, int]], jobs: int) -> list[LinearModel | None]:
    """Fit tasks, each on all folds or without one."""
    if jobs == 1:
        _share(tables)
        return [_regress_shared(one) for one in asked]
    with Pool(min(jobs, len(asked)), _share, (tables,)) as pool:
        return pool.map(_regress_shared, asked, chunksize=1)


def fit(prepared: Sequence[Prepared], jobs: int | None = None) -> Models:
    """Fit both passes.

    Parameters
    ----------
    prepared : sequence of Prepared
        The labelled narratives.
    jobs : int, optional
        Processes; one for each core where it is None, which changes the time and nothing else.

    Returns
    -------
    Models
        What `dealterms.classifier.write_models` saves.
    """
    jobs = jobs or os.cpu_count() or 1
    tables = {task: table_of(prepared, task) for task in (*FIRST, *_FALLBACK)}
    least = min(_MOST, max(_LEAST, len(prepared) // _STEP))
    # The second pass must learn from what the first says of narratives that it was not trained on.
    asked: list[tuple[str, int | None, int]] = [(task, fold, least) for task in FIRST for fold in range(FOLDS)]
    asked += [(task, None, least) for task in tables]
    fitted = {one[:2]: model for one, model in zip(asked, _regress_all(tables, asked, jobs))}
    folds = [Models({task: model for task in FIRST if (model := fitted[task, fold])}, {}, {}) for fold in range(FOLDS)]
    second: dict[str, tuple[list[dict[str, float]], list[str]]] = {task: ([], []) for task in (*LABELS, "PARTY", "TYPE", "BACKGROUND")}
    for one in prepared:
        first = first_pass(one.context, one.described, folds[fold_of(one.case["id"])])
        for index, mention in enumerate(one.context.mentions):
            role = one.aligned.roles[index]
            if mention.label not in LABELS or role == SKIP or not first.mentions[index]:
                continue
            described = one.described.mentions[index] | second_features(one.context, index, first)
            second[mention.label][0].append(described)
            second[mention.label][1].append(role)
            if _has_background(one.aligned, index):
                second["BACKGROUND"][0].append(described)
                second["BACKGROUND"][1].append("background" if one.aligned.background[index] else "deal")
        kind = deal_type([role for role in one.aligned.parties if role != NONE])
        if kind:
            second["TYPE"][0].append(one.described.text | second_text_features(first))
            second["TYPE"][1].append(kind)
        for number, alone in enumerate(one.described.parties):
            second["PARTY"][0].append(alone | second_party_features(number, first))
            second["PARTY"][1].append("none" if one.aligned.parties[number] == NONE else "party")
    linear = {task: model for task in FIRST if (model := fitted[task, None])}
    for task, pair in _FALLBACK.items():
        linear[task] = fitted[task, None] or _constant(*pair)
    tables = {f"{task}2": tabulate(*gathered) for task, gathered in second.items()}
    asked = [(task, None, least) for task in tables]
    linear |= {task: model for (task, *_), model in zip(asked, _regress_all(tables, asked, jobs)) if model}
    linear.setdefault("BACKGROUND", _constant("background", "deal"))
    linear.setdefault("DEAL", _constant("no deal", "deal"))
    linear.setdefault("PARTY", _constant("none", "party"))
    linear.setdefault("SIDE", _constant("gives", "takes"))
    only = (second["TYPE"][1] or [min(TYPES)])[0]
    linear.setdefault("TYPE", _constant(next(kind for kind in TYPES if kind != only), only))
    counts = {"shapes": shapes([one.case for one in prepared])}
    if "SCREEN" in linear:
        without = [(one.case, folds[fold_of(one.case["id"])]) for one in prepared]
        counts["screening"] = {"least": screening_bar(without, Models(linear, {}, {}))}
    return Models(linear, counts, _meta([one.case for one in prepared]))


_FALLBACK = {
    "BOUND": ("cap", "exact"),
    "AUTOMATIC": ("automatic", "by choice"),
    "LINK": ("other", "same"),
    "COUNT": ("unsaid", "1"),
    "TIERED": ("tiered", "flat"),
}


def _constant(unlikely: str, likely: str) -> LinearModel:
    """Stand in for a task of which the narratives have only one answer."""
    return LinearModel((unlikely, likely), {}, numpy.zeros(0), numpy.zeros((0, 1)), numpy.array([4.0]))


def shapes(cases: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Give the share of the narratives that has each set of roles."""
    counts = collections.Counter(" ".join(sorted(party["role"] for party in case["parties"])) for case in cases)
    return {shape: round(count / len(cases), 6) for shape, count in sorted(counts.items())}


def _meta(cases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    lines = sorted(json.dumps(case, sort_keys=True, ensure_ascii=False) for case in cases)
    return {
        "format": FORMAT,
        "features": features.VERSION,
        "patterns": patterns_fingerprint(),
        "data": hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12],
        "narratives": len(cases),
    }

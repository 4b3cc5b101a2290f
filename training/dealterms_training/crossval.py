"""Cross-validation: every narrative is extracted by models that have not seen it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import Pool
from typing import Any

from threadpoolctl import threadpool_limits

from dealterms.assemble import assemble
from dealterms.classifier import Models
from dealterms.decisions import decide
from dealterms_training.fit import Prepared, fit, fold_of, prepare

OUTER = 5
# Not the folds of the second pass, so that no narrative is twice in the same company.
_SALT = "outer:"
# What the processes of a pool work on: handed over once, when they begin.
_shared: list[Prepared] = []


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Keep the numerical libraries from threads of their own, which get in the way of the processes and change the last digits."""
    with threadpool_limits(1):
        yield


def outer_fold(case_id: str) -> int:
    """Give the fold in which a narrative is tested."""
    return fold_of(_SALT + case_id, OUTER)


def deal_folds(ids: Sequence[str], seed: int = 0) -> dict[str, int]:
    """Deal narratives into folds of the same size, as far as may be.

    Parameters
    ----------
    ids : sequence of str
        Of the narratives.
    seed : int
        Another seed, other folds.

    Returns
    -------
    dict of str to int
        The fold of each.

    Examples
    --------
    >>> sorted(deal_folds(["a", "b", "c"]).values())
    [0, 1, 2]
    """
    shuffled = sorted(ids, key=lambda case_id: hashlib.sha256(f"{seed}:{case_id}".encode()).hexdigest())
    return {case_id: place % OUTER for place, case_id in enumerate(shuffled)}


def prepare_all(cases: Sequence[dict[str, Any]]) -> list[Prepared]:
    """Prepare narratives, on all cores."""
    with Pool(min(os.cpu_count() or 1, len(cases) // 16 + 1)) as pool:
        return pool.map(prepare, cases, chunksize=16)


def extract_prepared(one: Prepared, models: Models) -> dict[str, Any]:
    """Extract one prepared narrative, as a plain dictionary with its id."""
    deal = assemble(one.context, decide(one.context, models), models, one.case.get("registrant"))
    return deal.to_dict() | {"id": one.case["id"]}


def _begin(prepared: list[Prepared]) -> None:
    global _shared
    _shared = prepared
    threadpool_limits(1)


def _fold(tested: Sequence[bool]) -> tuple[Models, list[dict[str, Any]]]:
    models = fit([one for one, out in zip(_shared, tested) if not out], jobs=1)
    return models, [extract_prepared(one, models) for one, out in zip(_shared, tested) if out]


def _outputs(tested: Sequence[bool]) -> list[dict[str, Any]]:
    return _fold(tested)[1]


def _folds(prepared: Sequence[Prepared], fold: Callable[[str], int] | Mapping[str, int]) -> list[list[bool]]:
    """Tell for each fold which narratives are tested in it; no fold where nothing would be left to learn from."""
    of = fold if callable(fold) else fold.__getitem__
    numbers = [of(one.case["id"]) for one in prepared]
    chosen = sorted(set(numbers))
    return [[number == other for number in numbers] for other in chosen] if len(chosen) > 1 else []


def cross_validate(prepared: Sequence[Prepared], fold: Callable[[str], int] | Mapping[str, int] = outer_fold) -> dict[str, dict[str, Any]]:
    """Extract every narrative with models fitted without its fold.

    Parameters
    ----------
    prepared : sequence of Prepared
        Labelled narratives.
    fold : callable or mapping of str to int
        The fold of each, by its id.

    Returns
    -------
    dict of str to dict
        The output of each by its id; of none where all are in one fold.
    """
    with Pool(min(OUTER, os.cpu_count() or 1), _begin, (list(prepared),)) as pool:
        folds = pool.map(_outputs, _folds(prepared, fold), chunksize=1)
    return {one["id"]: one for outputs in folds for one in outputs}


def fit_and_cross_validate(
    prepared: Sequence[Prepared], fold: Callable[[str], int] | Mapping[str, int]
) -> tuple[Models, dict[str, dict[str, Any]]]:
    """Fit on all narratives, and `cross_validate` on the cores that this leaves idle."""
    with Pool(min(OUTER + 1, os.cpu_count() or 1), _begin, (list(prepared),)) as pool:
        whole = pool.apply_async(_fold, ([False] * len(prepared),))
        folds = pool.map(_outputs, _folds(prepared, fold), chunksize=1)
        return whole.get()[0], {one["id"]: one for outputs in folds for one in outputs}

"""Cross-validation: every narrative is extracted by models that have not seen it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from multiprocessing import Pool
from typing import Any

from dealterms.assemble import assemble
from dealterms.decisions import decide
from dealterms_training.fit import Prepared, fit, fold_of, prepare

OUTER = 5
# Not the folds of the second pass, so that no narrative is twice in the same company.
_SALT = "outer:"


def outer_fold(case_id: str) -> int:
    """Give the fold in which a narrative is tested."""
    return fold_of(_SALT + case_id, OUTER)


def prepare_all(cases: Sequence[dict[str, Any]]) -> list[Prepared]:
    """Prepare narratives, on all cores."""
    with Pool() as pool:
        return pool.map(prepare, cases, chunksize=16)


def extract_prepared(one: Prepared, models) -> dict[str, Any]:
    """Extract one prepared narrative, as a plain dictionary with its id."""
    deal = assemble(one.context, decide(one.context, models), models, one.case.get("registrant"))
    return deal.to_dict() | {"id": one.case["id"]}


def _fold(fold: int, prepared: Sequence[Prepared]) -> list[dict[str, Any]]:
    models = fit([one for one in prepared if outer_fold(one.case["id"]) != fold], jobs=1)
    return [extract_prepared(one, models) for one in prepared if outer_fold(one.case["id"]) == fold]


def cross_validate(prepared: Sequence[Prepared]) -> dict[str, dict[str, Any]]:
    """Extract every narrative with models fitted without its fold.

    Parameters
    ----------
    prepared : sequence of Prepared
        Labelled narratives.

    Returns
    -------
    dict of str to dict
        The output of each by its id.
    """
    with Pool(min(OUTER, os.cpu_count() or 1)) as pool:
        folds = pool.map(partial(_fold, prepared=prepared), range(OUTER), chunksize=1)
    return {one["id"]: one for fold in folds for one in fold}

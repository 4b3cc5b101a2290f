"""The measurements behind ``training/RESULTS.md``."""

from __future__ import annotations

import collections
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from dealterms.assemble.confidence import calibrated
from dealterms.features import GROUPS as FEATURE_GROUPS
from dealterms_training.calibrate import Outcome, calibration_tables, expected_error, outcomes
from dealterms_training.crossval import OUTER, cross_validate, extract_prepared, outer_fold, prepare_all
from dealterms_training.examples import DATA, read_examples, shipped_examples
from dealterms_training.fit import Prepared, examples, fit, fold_of, regress, tabulate
from dealterms_training.scoring import GROUPS, keys, score

Cases = Mapping[str, Mapping[str, Any]]
_SHARES = (0.25, 0.5, 0.75, 1.0)
_EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.01)
_MOST_ERRORS = 10
# Training for each group takes its time; a part of the narratives tells as much.
_EVERY = 3
EXAMPLES = DATA.parent / "examples_of_error.json"


def sets() -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Cross-validate, and score all narratives, the first 282, the near-real ones among them, and those added since."""
    cases = shipped_examples()
    outputs = cross_validate(prepare_all(cases))
    dev = {case["id"] for case in read_examples([DATA / "dev.jsonl"])}
    columns = {
        "all": lambda case: True,
        "dev.jsonl": lambda case: case["id"] in dev,
        "near-real (M, N)": lambda case: case["id"] in dev and case["id"][0] in "MN",
        "added": lambda case: case["id"] not in dev,
    }
    scores = {name: score({c["id"]: c for c in cases if chosen(c)}, outputs) for name, chosen in columns.items()}
    return scores, outputs, cases


def curve() -> str:
    """Train on a growing share of four folds, test on the fifth."""
    prepared = prepare_all(shipped_examples())
    test = [one for one in prepared if outer_fold(one.case["id"]) == 0]
    rest = [one for one in prepared if outer_fold(one.case["id"]) != 0]
    lines = ["| narratives | all | payments | roles | terms |", "|---|---|---|---|---|"]
    for share in _SHARES:
        some = [one for one in rest if fold_of("curve:" + one.case["id"], 100) < 100 * share]
        models = fit(some)
        figures = score({one.case["id"]: one.case for one in test}, {one.case["id"]: extract_prepared(one, models) for one in test})
        lines.append(f"| {len(some)} | " + " | ".join(f"{figures[row]['f1']:.3f}" for row in ("all", "payments", "roles", "terms")) + " |")
    return "\n".join(lines)


def groups() -> str:
    """Leave out one group of features at a time: F1 of the first pass on sums of money, over three folds of a part of the narratives."""
    prepared = prepare_all(shipped_examples()[::_EVERY])
    whole = _money(prepared, "")
    lines = ["| without | F1 of the kind of a sum | change |", "|---|---|---|", f"| nothing | {whole:.3f} | |"]
    present = {name.split("=")[0] for one in prepared[:50] for described in one.described.mentions for name in described}
    for group in (group for group in FEATURE_GROUPS if group in present):
        figure = _money(prepared, group)
        lines.append(f"| {group} | {figure:.3f} | {figure - whole:+.3f} |")
    return "\n".join(lines)


def _money(prepared: Sequence[Prepared], without: str) -> float:
    right = said = true = 0
    for fold in range(3):
        train, test = ([one for one in prepared if (fold_of(one.case["id"], 3) == fold) is tested] for tested in (False, True))
        described, answers = examples(train, "MONEY")
        model = regress("MONEY", tabulate([_less(one, without) for one in described], answers))
        for one, answer in zip(*examples(test, "MONEY")):
            chances = model.probabilities(_less(one, without)) if model else {}
            guess = max(chances, key=lambda label: (chances[label], label))
            right += guess == answer != "none"
            said += guess != "none"
            true += answer != "none"
    return 2 * right / (said + true)


def _less(described: Mapping[str, float], group: str) -> dict[str, float]:
    return {name: value for name, value in described.items() if not group or not name.startswith(group + "=")}


def calibration(outputs: Cases, cases: Sequence[Mapping[str, Any]]) -> str:
    """Compare what records say of themselves, corrected by the other folds' table, with how often they are right."""
    raw: dict[str, list[Outcome]] = {group: [] for group in GROUPS}
    corrected: dict[str, list[Outcome]] = {group: [] for group in GROUPS}
    for fold in range(OUTER):
        tables = calibration_tables(outcomes(outputs, [case for case in cases if outer_fold(case["id"]) != fold]))
        told = outcomes(outputs, [case for case in cases if outer_fold(case["id"]) == fold])
        for group in GROUPS:
            table = tables.get(f"calibration {group}", {})
            raw[group] += told[group]
            corrected[group] += [(calibrated(confidence, table) if table else confidence, right) for confidence, right in told[group]]
    whole = [outcome for part in corrected.values() for outcome in part]
    lines = ["| confidence | records | mean confidence | right |", "|---|---|---|---|"]
    for low, high in pairwise(_EDGES):
        part = [(confidence, right) for confidence, right in whole if low <= confidence < high]
        if part:
            mean, right = (sum(values) / len(part) for values in zip(*part))
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(part)} | {mean:.3f} | {right:.3f} |")
    lines += ["", f"Expected calibration error over all records: {expected_error(whole):.3f}.", ""]
    lines += ["| group | expected calibration error | without the table |", "|---|---|---|"]
    lines += [f"| {group} | {expected_error(corrected[group]):.3f} | {expected_error(raw[group]):.3f} |" for group in GROUPS]
    return "\n".join(lines)


def kinds_of_error(outputs: Cases, cases: Sequence[Mapping[str, Any]]) -> str:
    """Count the errors by what was there and what was said."""
    counts: collections.Counter[str] = collections.Counter()
    for case in cases:
        wanted, got = keys(case), keys(outputs[case["id"]])
        for group in GROUPS:
            missed, wrong = wanted[group] - got[group], got[group] - wanted[group]
            if group == "payments":
                counts.update(_payment_errors(list(missed.elements()), list(wrong.elements())))
            else:
                kind = (lambda key: f" ({key[0]})") if group == "terms" else (lambda key: "")
                for key in missed.elements():
                    counts[f"{group}{kind(key)}: missed, or not whole"] += 1
                for key in wrong.elements():
                    counts[f"{group}{kind(key)}: said, and not so"] += 1
    instances = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    lines = ["| error | times | for example |", "|---|---|---|"]
    return "\n".join(lines + [f"| {what} | {count} | {instances.get(what, '')} |" for what, count in counts.most_common(_MOST_ERRORS)])


def _payment_errors(missed: list[Any], wrong: list[Any]) -> list[str]:
    """Name the errors of one narrative's payments: a right sum of another kind is one error, not two."""
    by_sum: dict[tuple[Any, ...], list[str]] = collections.defaultdict(list)
    for kind, *figures in wrong:
        by_sum[tuple(figures)].append(kind)
    told = []
    for kind, *figures in missed:
        others = by_sum[tuple(figures)]
        told.append(
            f"payments: {kind} called {others.pop()}"
            if others
            else f"payments: {kind} {'missed' if figures[2] else 'without figure missed'}"
        )
    return told + [f"payments: {kind} said, with other bounds or where there is none" for kinds in by_sum.values() for kind in kinds]

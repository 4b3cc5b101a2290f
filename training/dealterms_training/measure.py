"""The measurements behind ``training/RESULTS.md``."""

from __future__ import annotations

import collections
from collections.abc import Mapping, Sequence
from typing import Any

from dealterms.features import GROUPS as FEATURE_GROUPS
from dealterms_training.crossval import cross_validate, extract_prepared, outer_fold, prepare_all
from dealterms_training.examples import DATA, read_examples, shipped_examples
from dealterms_training.fit import Prepared, examples, fit, fold_of, regress
from dealterms_training.scoring import GROUPS, keys, score

Cases = Mapping[str, Mapping[str, Any]]
_SHARES = (0.25, 0.5, 0.75, 1.0)
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_MOST_ERRORS = 12


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
    """Leave out one group of features at a time: F1 of the first pass on sums of money, over five folds."""
    prepared = prepare_all(shipped_examples())
    whole = _money(prepared, "")
    lines = ["| without | F1 of the kind of a sum | change |", "|---|---|---|", f"| nothing | {whole:.3f} | |"]
    present = {name.split("=")[0] for one in prepared[:50] for described in one.mentions for name in described}
    for group in (group for group in FEATURE_GROUPS if group in present):
        figure = _money(prepared, group)
        lines.append(f"| {group} | {figure:.3f} | {figure - whole:+.3f} |")
    return "\n".join(lines)


def _money(prepared: Sequence[Prepared], without: str) -> float:
    right = said = true = 0
    for fold in range(3):
        train, test = ([one for one in prepared if (fold_of(one.case["id"], 3) == fold) is tested] for tested in (False, True))
        described, answers = examples(train, "MONEY")
        model = regress("MONEY", [_less(one, without) for one in described], answers)
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
    """Compare what records say of themselves with how often they are right, background left out."""
    bins: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
    for case in cases:
        wanted = keys(case)
        output = outputs[case["id"]]
        for group in GROUPS:
            for record in output[group]:
                if record.get("background"):
                    continue
                (key,) = keys({group: [record]})[group]
                bins[sum(record["confidence"] >= edge for edge in _BINS) - 1].append((record["confidence"], wanted[group][key] > 0))
    lines = ["| confidence | records | mean confidence | right |", "|---|---|---|---|"]
    total = sum(len(told) for told in bins.values())
    error = 0.0
    for place in sorted(bins):
        told = bins[place]
        mean, right = sum(c for c, _ in told) / len(told), sum(r for _, r in told) / len(told)
        error += abs(mean - right) * len(told) / total
        lines.append(f"| {_BINS[place]:.2f} to {min(_BINS[place + 1], 1):.2f} | {len(told)} | {mean:.3f} | {right:.3f} |")
    return "\n".join([*lines, "", f"Expected calibration error over all records: {error:.3f}."])


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
    lines = ["| error | times |", "|---|---|"]
    return "\n".join(lines + [f"| {what} | {count} |" for what, count in counts.most_common(_MOST_ERRORS)])


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

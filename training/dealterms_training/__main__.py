"""``python -m dealterms_training build | check FILE... | score GOLD PREDICTED | crossval | results``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dealterms.classifier import write_models
from dealterms.errors import DealtermsError
from dealterms_training.calibrate import calibration_tables, outcomes
from dealterms_training.crossval import cross_validate, one_thread_each, prepare_all
from dealterms_training.examples import read_examples, shipped_examples
from dealterms_training.fit import fit
from dealterms_training.results import table, write_results
from dealterms_training.scoring import score

_MODEL = Path(__file__).parents[2] / "pipeline" / "dealterms" / "model"


def _by_id(path: str) -> dict[str, dict]:
    return {case["id"]: case for case in map(json.loads, filter(str.strip, Path(path).read_text(encoding="utf-8").splitlines()))}


def main(arguments: list[str]) -> int:
    """Run one command; 0 where all went well, 1 where the examples are wrong, 2 for wrong usage."""
    with one_thread_each():
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["build"]:
                cases = shipped_examples()
                prepared = prepare_all(cases)
                models = fit(prepared)
                models.tables.update(calibration_tables(outcomes(cross_validate(prepared), cases)))
                write_models(models, _MODEL)
                print(
                    f"{models.meta['narratives']} narratives, {sum(len(m.index) for m in models.linear.values())} features: model/weights.json"
                )
            case ["check", *paths] if paths:
                print(f"{len(read_examples(map(Path, paths)))} narratives, no fault")
            case ["score", gold, predicted]:
                print(table({"": score(_by_id(gold), _by_id(predicted))}))
            case ["crossval"]:
                cases = shipped_examples()
                outputs = cross_validate(prepare_all(cases))
                print(table({"all": score({c["id"]: c for c in cases}, outputs)}))
            case ["results"]:
                write_results()
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except DealtermsError as error:
        print(f"dealterms_training: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measures, prints, and writes ``RESULTS.md``: ``python -m benchmarks --help``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":  # one process is one thread; read by numpy when it is imported
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

from benchmarks import floor, linearity, machine, memory, mixed, peer, processes
from benchmarks.plan import FULL, QUICK, Plan
from benchmarks.rows import Row, figures

MEASURES: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "floor": floor.measure,
    "mixed": mixed.measure,
    "peers": peer.measure,
    "processes": processes.measure,
    "memory": memory.measure,
    "linearity": linearity.measure,
}
RESULTS = Path(__file__).parent / "RESULTS.md"

_BROKEN = "broke off: "


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for; 1 where something could not be measured that should be."""
    options = _options(arguments)
    plan = FULL if options.full else QUICK if options.quick else Plan()
    plan = replace(
        plan,
        rounds=options.rounds or plan.rounds,
        characters=options.characters or plan.characters,
        pythons=tuple(options.peer_python),
    )
    told = f"{machine.describe()}; {machine.load()}"
    print(told, flush=True)
    sections: dict[str, list[Row]] = {}
    for name in options.only or MEASURES:
        print(f"\n{name}", flush=True)
        sections[name] = []
        for row in _measured(name, plan):
            sections[name].append(row)
            print("  " + "  ".join(filter(None, (row.what, row.figure, row.target, row.verdict))), flush=True)
    text = results(told, plan, sections)
    options.output.write_text(text, encoding="utf-8")
    print(f"\n{text}")
    return int(any(row.figure.startswith(_BROKEN) for rows in sections.values() for row in rows))


def _measured(name: str, plan: Plan) -> Iterator[Row]:
    """Give what a measure gives; where it breaks, the others go on."""
    try:
        yield from MEASURES[name](plan)
    except Exception as error:
        yield Row("the rest", f"{_BROKEN}{type(error).__name__}: {error}", "", False)


def results(told: str, plan: Plan, sections: dict[str, list[Row]]) -> str:
    """Give the text of ``RESULTS.md``."""
    missed = [
        f"- {name}: {row.what}: {row.figure}" + (f", where {row.target} was asked for." if row.target else ".")
        for name, rows in sections.items()
        for row in rows
        if row.met is False
    ]
    parts = [
        "# Speed and memory",
        "Made by `make bench`; do not edit. [README.md](README.md) tells how each figure is measured.",
        f"Machine: {told}. Ratios are medians of {plan.rounds} interleaved rounds of one run.",
        "## Missed targets",
        "\n".join(missed) or "None.",
    ]
    for name, rows in sections.items():
        said = sys.modules[MEASURES[name].__module__].__doc__ or ""
        parts += [f"## {name.capitalize()}", said.strip(), figures(rows)]
    return "\n\n".join(parts) + "\n"


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory, as ratios of one run.")
    parser.add_argument("--only", action="append", choices=MEASURES, help="one of the measures; may be repeated")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_true", help="100,000 documents and texts of up to 10 MB, which takes hours")
    size.add_argument("--quick", action="store_true", help="sizes that only show that all of it works")
    parser.add_argument("--rounds", type=int, metavar="N", help="measured rounds (5)")
    parser.add_argument("--characters", type=int, metavar="N", help="length of the shorter of two texts (100,000, with --full 1,000,000)")
    parser.add_argument(
        "--peer-python", action="append", default=[], metavar="PATH", help="an interpreter that has a peer; may be repeated"
    )
    parser.add_argument("--output", type=Path, default=RESULTS, metavar="FILE", help="where the results go (benchmarks/RESULTS.md)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

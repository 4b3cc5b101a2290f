"""Ten times the text in at most eleven times the time, whatever the text."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.hostile import CASES
from benchmarks.plan import ROOT, Plan
from benchmarks.rows import Row

_TARGET = "at most 11"
_LIMIT = 11.0
_QUICK = 0.05


def measure(plan: Plan) -> Iterator[Row]:
    """Read each text of `benchmarks.hostile` at two lengths, each time in a fresh process."""
    yield Row("lengths", f"{plan.characters:,} and {10 * plan.characters:,} characters")
    for case in plan.cases or CASES:
        small = read(case, plan.characters, plan.limit)
        large = read(case, 10 * plan.characters, plan.limit) if isinstance(small, dict) else small
        if isinstance(large, str) or isinstance(small, str):
            yield Row(case, str(large), _TARGET, False)
            continue
        growth = large["seconds"] / large["characters"] / (small["seconds"] / small["characters"]) * 10
        told = f"{growth:.1f}: {small['seconds']:.2f} s, {large['seconds']:.2f} s, {large['megabytes']:.0f} MB"
        yield Row(case, told, _TARGET, growth <= _LIMIT or large["seconds"] < _QUICK)


def read(case: str, length: int, limit: float) -> dict[str, Any] | str:
    """Give what `benchmarks.reading` measures, or in words why it could not."""
    command = [sys.executable, "-m", "benchmarks.reading", case, str(length)]
    try:
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=limit)
    except subprocess.TimeoutExpired:
        return f"cut off after {limit:g} s at {length:,} characters"
    if ran.returncode:
        return f"failed at {length:,} characters: {(ran.stderr.strip().splitlines() or ['no word'])[-1][:200]}"
    return json.loads(ran.stdout)

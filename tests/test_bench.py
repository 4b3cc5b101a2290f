"""The benchmark runs from end to end, and its arithmetic is right."""

from __future__ import annotations

import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[1]
MODULES = ["corpus", "peer", "rows", "timing"]


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give what imports a module of the benchmark, which is no installed package."""
    monkeypatch.syspath_prepend(str(REPOSITORY))
    return lambda name: import_module(f"benchmarks.{name}")


def test_a_small_run_measures_everything_and_says_what_it_could_not(tmp_path):
    results = tmp_path / "RESULTS.md"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--peer-python", str(tmp_path / "none"), "--output", str(results)]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (0, "")
    told = results.read_text(encoding="utf-8")
    sections = [line for line in told.splitlines() if line.startswith("## ")]
    assert sections == ["## Missed targets", *(f"## {name}" for name in "Floor Mixed Peers Processes Memory Linearity".split())]
    for measured in ("`extract` over the bare tokenizer", "two processes over one", "3 documents", "nested tables"):
        assert [line for line in told.splitlines() if line.startswith("| ") and measured in line], measured
    assert str(REPOSITORY) not in told


@pytest.mark.parametrize("name", MODULES)
def test_examples(module, name):
    tried = doctest.testmod(module(name))
    assert (tried.failed, tried.attempted > 0) == (0, True)


def test_works_take_turns_and_the_first_round_does_not_count(module):
    order: list[str] = []

    def work(name: str) -> Any:
        return lambda: order.append(name) or float(len(order))

    seconds = module("timing").interleaved({"a": work("a"), "b": work("b")}, rounds=2)
    assert "".join(order) == "ab" + "ab" + "ba"
    assert seconds == {"a": [3.0, 6.0], "b": [4.0, 5.0]}


def test_what_misses_its_target_is_said_in_words(module):
    rows = module("rows")
    told = module("__main__").results("a machine", module("plan").QUICK, {"floor": [rows.at_least("speed", 0.4, 0.5)]})
    assert "- floor: speed: 0.400, where at least 0.5 was asked for." in told
    assert "MISSED" in told


def test_a_measure_that_breaks_off_does_not_stop_the_others(module, tmp_path, monkeypatch):
    program, rows = module("__main__"), module("rows")

    def broken(plan):
        yield rows.Row("first", "1")
        raise RuntimeError("no room")

    monkeypatch.setattr(program, "MEASURES", {"floor": broken, "mixed": lambda plan: iter([rows.Row("other", "2")])})
    results = tmp_path / "RESULTS.md"
    assert program.main(["--quick", "--output", str(results)]) == 1
    told = results.read_text(encoding="utf-8")
    assert "- floor: the rest: broke off: RuntimeError: no room." in told
    assert "| first " in told and "| other " in told


def test_hostile_texts_are_as_long_as_asked(module):
    cases = module("hostile").CASES
    lengths = {name: len(make(5_000)) for name, make in cases.items()}
    assert {name: length for name, length in lengths.items() if not 5_000 <= length <= 5_200} == {}


def test_made_names_differ(module):
    made = module("corpus").made_name
    assert len({made(number) for number in range(70_000)}) == 70_000


def test_a_text_that_takes_too_long_is_cut_off(module):
    assert module("linearity").read("one letter", 1_000, limit=0.01) == "cut off after 0.01 s at 1,000 characters"


def test_a_text_that_fails_is_told_of(module):
    assert module("linearity").read("no such case", 1_000, limit=60) == "failed at 1,000 characters: KeyError: 'no such case'"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no /proc here")
def test_the_memory_of_all_processes_of_a_session_is_seen(module):
    hold = "import time; held = bytearray(80 << 20); held[::4096] = bytes(len(held[::4096])); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    process = subprocess.Popen([sys.executable, "-c", parent], stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True)
    largest, together = module("memory").peak(process)
    assert 80 < largest < 120
    assert 80 < together < 150

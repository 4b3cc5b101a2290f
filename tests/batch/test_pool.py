"""Worker processes that hang and die cost no more than the task they were at."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from dealterms.batch.pool import Done, Pool
from dealterms.errors import WorkerError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are made by POSIX signals")


@pytest.fixture
def faults(monkeypatch):
    """The module of the faults, under a name that worker processes find."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import faults

    return faults


def outcomes(pool: Pool, tasks: list[str]) -> list[Done]:
    return sorted((done for done in pool.run(enumerate(tasks)) if done), key=lambda done: done.number)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_done_once(faults, jobs):
    tasks = [f"task {number}" for number in range(50)]
    with Pool(faults.obedient, jobs, timeout=30) as pool:
        assert outcomes(pool, tasks) == [Done(number, task, task.encode()) for number, task in enumerate(tasks)]
        assert outcomes(pool, ["again"]) == [Done(0, "again", b"again")]


def test_a_worker_that_dies_costs_its_task(faults):
    tasks = ["a", "die", "b", "segfault", "exit", "c"]
    with Pool(faults.obedient, 2, timeout=30) as pool:
        assert [(done.result, done.failure, done.reason) for done in outcomes(pool, tasks)] == [
            (b"a", "", ""),
            (None, "crash", "signal SIGKILL"),
            (b"b", "", ""),
            (None, "crash", "signal SIGSEGV"),
            (None, "crash", "exit code 3"),
            (b"c", "", ""),
        ]


def test_a_task_that_was_not_to_blame_is_done_by_another_worker(faults, tmp_path):
    task = f"once {tmp_path / 'died'}"
    with Pool(faults.obedient, 1, timeout=30) as pool:
        assert outcomes(pool, [task]) == [Done(0, task, task.encode())]


@pytest.mark.parametrize("verb", ["hang", "spin"])
def test_a_task_that_takes_too_long_is_cut_off_while_the_rest_go_on(faults, verb):
    with Pool(faults.obedient, 2, timeout=2) as pool:
        order = [(done.number, done.failure) for done in pool.run(enumerate([verb, "a", "b", "c"])) if done]
    assert order == [(1, ""), (2, ""), (3, ""), (0, "timeout")]


def test_tasks_and_results_larger_than_a_pipe(faults):
    with Pool(faults.obedient, 2, timeout=30) as pool:
        done = outcomes(pool, ["large 3000000", "y" * 3_000_000, "large 3000000"])
    assert [len(told.result) for told in done] == [3_000_000] * 3


def test_tasks_are_taken_as_workers_are_free(faults):
    taken = []

    def endless():
        for number in range(10_000):
            taken.append(number)
            yield number, "task"

    with Pool(faults.obedient, 2, timeout=30) as pool:
        running = pool.run(endless())
        done = [told for told in (next(running) for _ in range(20)) if told]
    assert len(taken) <= len(done) + 3


def test_a_worker_that_has_grown_is_replaced(faults):
    tasks = ["pid", "pid", "grow 120000000", "pid", "pid"]
    with Pool(faults.obedient, 1, timeout=30) as pool:
        first, second, grown, third, last = (done.result for done in outcomes(pool, tasks))
    assert first == second == grown != third == last


def test_signs_of_life(faults):
    with Pool(faults.obedient, 1, timeout=30) as pool:
        assert None in list(pool.run([(0, "sleep 0.5")], every=0.1))


def test_nothing_is_started_for_nothing(faults):
    with Pool(faults.dying, 1, timeout=30) as pool:
        assert list(pool.run([])) == []


def test_no_process_is_left(faults):
    with Pool(faults.obedient, 2, timeout=30) as pool:
        pids = {int(done.result) for done in outcomes(pool, ["pid"] * 20)}
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_warnings_of_the_setup_are_told_once(faults):
    told = []
    with Pool(faults.warning, 2, 30, told.append) as pool:
        outcomes(pool, ["a"] * 10)
    assert told == ["the setup warns"]


@pytest.mark.parametrize(
    "setup, message",
    [("damaged", "the model is damaged; train it again"), ("dying", "the worker processes die when they start (exit code 1); ")],
)
def test_workers_that_cannot_start_end_the_run(faults, setup, message):
    with Pool(getattr(faults, setup), 2, timeout=30) as pool, pytest.raises(WorkerError) as raised:
        list(pool.run([(0, "a")]))
    assert str(raised.value).startswith(message)

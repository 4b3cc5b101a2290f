"""A run that is killed without warning, at random moments, and gone on with: the result is that of an unbroken run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.batch.corpus import make_archive, read_folder

import dealterms
from dealterms.batch.parts import HIDDEN
from dealterms.batch.schema import TABLES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

# The program, but that it puts finished work to disk more often, so that a short run has many moments to be killed at.
PROGRAM = "from dealterms.batch import parts; parts._SECONDS = 0.05; from dealterms.cli import main; main()"
FILES = 120


def start(output: Path, form: str, *options: str) -> subprocess.Popen:
    command = [sys.executable, "-c", PROGRAM, "extract", "in", "--output", str(output), "--format", form, *options]
    env = os.environ | {"PYTHONPATH": str(Path(dealterms.__file__).parents[1])}
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, start_new_session=True)


def end(process: subprocess.Popen) -> None:
    """Wait for the end of a run; of the broken files it tells, and nothing else is wrong."""
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1 and b"Traceback" not in told, told.decode()


def finished(output: Path) -> int:
    """Count what a run has put to disk, as whole files only."""
    return sum(part.read_bytes().count(b"\n") for part in (output / HIDDEN).glob("part-????????"))


def kill(process: subprocess.Popen, output: Path, moment: int | str) -> int:
    """Kill a run when so many inputs are finished, or when it writes its tables, and tell how many were."""
    limit = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < limit:
        if (output / HIDDEN / "tables").exists() if moment == "tables" else finished(output) >= int(moment):
            break
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    return finished(output)


def content(output: Path, form: str) -> dict:
    if form != "parquet":
        return read_folder(output)
    from pyarrow import parquet

    return {table: parquet.read_table(output / f"{table}.{form}").to_pylist() for table in TABLES}


@pytest.mark.parametrize("form, jobs, seed", [("jsonl", 2, 1), ("parquet", 1, 2)])
def test_killed_runs_lose_nothing(tmp_path, monkeypatch, form, jobs, seed):
    if form == "parquet":
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    make_archive(tmp_path / "in", FILES)
    end(start(tmp_path / "whole", form))
    broken = tmp_path / "broken"
    chance = random.Random(seed)
    moments = [0, *sorted(chance.sample(range(1, FILES), 2)), "tables"]
    done = 0
    for moment in moments:
        now = kill(start(broken, form, "--jobs", str(jobs), "--resume"), broken, moment)
        left = {path.name for path in broken.iterdir()} if broken.exists() else set()
        assert left <= {HIDDEN, *(f"{table}.{form}" for table in TABLES)}
        assert now >= done or not (broken / HIDDEN).exists()
        done = now
    end(start(broken, form, "--resume")) if (broken / HIDDEN).exists() else None
    assert content(broken, form) == content(tmp_path / "whole", form)


def test_a_run_that_is_terminated_with_its_workers_can_be_gone_on_with(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_archive(tmp_path / "in", FILES)
    output = tmp_path / "out"
    process = start(output, "jsonl", "--jobs", "2")
    limit = time.monotonic() + 60
    while not finished(output) and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told.decode().splitlines()[-1]) == (
        130,
        f"dealterms: {output}: interrupted; the same command with --resume goes on",
    )
    assert [path.name for path in output.iterdir()] == [HIDDEN]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc here")
def test_a_killed_run_leaves_no_process(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_archive(tmp_path / "in", FILES)
    process = start(tmp_path / "out", "jsonl", "--jobs", "2")
    kill(process, tmp_path / "out", 1)
    limit = time.monotonic() + 30
    while _session(process.pid) and time.monotonic() < limit:
        time.sleep(0.05)
    assert _session(process.pid) == []


def _session(leader: int) -> list[int]:
    """List the processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, session = (path / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(path.name))
    return found

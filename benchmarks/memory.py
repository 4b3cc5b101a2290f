"""Peak memory of the batch command on ever more documents, no two of which name the same companies."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import command
from benchmarks.corpus import unlike
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_most

_LIMIT = 350
_EVERY = 0.2
_FLAT = 1.1


def measure(plan: Plan) -> Iterator[Row]:
    """Run ``dealterms extract --jobs 1`` on corpora of several sizes."""
    if not Path("/proc/self/smaps_rollup").exists():
        yield Row("peak memory", "not measured: the system does not tell the memory of processes (no /proc)", f"at most {_LIMIT} MB")
        return
    peaks = {}
    for documents in plan.documents:
        with tempfile.TemporaryDirectory() as place:
            source = Path(place) / "documents.jsonl"
            with source.open("w", encoding="utf-8") as out:
                for text, registrant in unlike(documents):
                    out.write(json.dumps({"text": text, "registrant": registrant}) + "\n")
            peaks[documents], together = peak(command.start(source, Path(place) / "tables", jobs=1))
        yield at_most(f"{documents:,} documents: peak memory of the largest process", peaks[documents], _LIMIT, "MB")
        yield Row(f"{documents:,} documents: of the command, its worker and their helper together", f"{together:,.0f} MB")
    if len(peaks) > 1:
        growth = peaks[max(peaks)] / peaks[min(peaks)]
        yield Row(f"peak memory, {max(peaks):,} documents over {min(peaks):,}", f"{growth:.2f}", f"at most {_FLAT}", growth <= _FLAT)


def peak(process: subprocess.Popen[str]) -> tuple[float, float]:
    """Watch the processes of a session until its first one ends.

    Parameters
    ----------
    process : subprocess.Popen
        As `benchmarks.command.start` gives it.

    Returns
    -------
    (float, float)
        Megabytes: the most that one process has had, by the system's own mark; the most that all had at one moment, what they share
        counted once.
    """
    largest = together = 0.0
    while process.poll() is None:
        members = list(_members(process.pid))
        largest = max([largest, *(_told(folder / "status", "VmHWM:") for folder in members)])
        together = max(together, sum(_told(folder / "smaps_rollup", "Pss:") for folder in members))
        try:
            process.wait(_EVERY)
        except subprocess.TimeoutExpired:
            continue
    command.finish(process)
    return largest, together


def _members(session: int) -> Iterator[Path]:
    """Give the folders of /proc of a session's processes."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it ended while we looked
        if int(state.rpartition(")")[2].split()[3]) == session:
            yield folder


def _told(file: Path, field: str) -> float:
    """Give what a file of /proc tells in kilobytes, as megabytes; 0 of a process that has ended."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)

"""The batch command, in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def start(source: Path, output: Path, jobs: int) -> subprocess.Popen[str]:
    """Start ``dealterms extract`` into a folder, in a session of its own so that all its processes can be told."""
    return subprocess.Popen(
        [sys.executable, "-m", "dealterms.cli", "extract", source.name, "--format", "jsonl", "--output", str(output), "--jobs", str(jobs)],
        cwd=source.parent,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for it, and see that no input failed."""
    _, told = process.communicate()
    if process.returncode:
        raise RuntimeError(f"dealterms extract ended with {process.returncode}: {told.strip().splitlines()[-1:]}")

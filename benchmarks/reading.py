"""Reads one text of `benchmarks.hostile` and prints its seconds and the peak memory: ``python -m benchmarks.reading CASE LENGTH``."""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from pathlib import Path

import dealterms
from benchmarks.hostile import CASES
from benchmarks.timing import cpu_seconds
from dealterms.errors import InputError

_ENOUGH = 0.5
_TIMES = 5


def main(case: str, length: str) -> None:
    """Read the text several times if it is a quick one, and print the least processor time."""
    text = CASES[case](int(length))

    def read() -> None:
        with suppress(InputError):  # a text without any item of a filing, say
            dealterms.extract(text)

    dealterms.extract("Acme Inc. paid Beta GmbH $5 million.")
    timed = cpu_seconds(read)
    seconds = [timed()]
    while sum(seconds) < _ENOUGH and len(seconds) < _TIMES:
        seconds.append(timed())
    print(json.dumps({"characters": len(text), "seconds": min(seconds), "megabytes": _peak()}))


def _peak() -> float:
    """Give this process's peak memory in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells counts the process that this one was forked from
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main(*sys.argv[1:])

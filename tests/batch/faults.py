"""What workers do in the tests of the pool: as the task says, they answer, raise, hang or die."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dealterms.batch.filing import Settings
from dealterms.batch.worker import worker
from dealterms.errors import ModelError
from dealterms.sources import Piece


def obedient() -> Callable[[str], bytes]:
    """Do as the task says."""
    return obey


def obey(task: str) -> bytes:
    verb, _, rest = task.partition(" ")
    if verb == "hang":
        time.sleep(1000)
    elif verb == "spin":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            pass
    elif verb == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif verb == "exit":
        os._exit(3)
    elif verb == "once":  # dies the first time only
        if not Path(rest).exists():
            Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "sleep":
        time.sleep(float(rest))
    elif verb == "large":
        return b"x" * int(rest)
    elif verb == "grow":
        bytes(range(256)) * (int(rest) // 256)
        return str(os.getpid()).encode()
    elif verb == "pid":
        return str(os.getpid()).encode()
    return task.encode()


def warning() -> Callable[[str], bytes]:
    warnings.warn("the setup warns", UserWarning, stacklevel=1)
    return obey


def damaged() -> Callable[[str], bytes]:
    raise ModelError("the model is damaged", "train it again")


def dying() -> Callable[[str], bytes]:
    os._exit(1)


def faulty_worker(settings: Settings) -> Callable[[Piece], bytes]:
    """Extract as ever, but from files whose names say what goes wrong."""
    return partial(_faulty, worker(settings))


def _faulty(work: Callable[[Piece], bytes], piece: Piece) -> bytes:
    obey((piece.name or "").partition("-")[0])
    return work(piece)

"""Worker processes, each with a pipe of its own.

Nothing is shared between them, no lock and no queue, so that one that is killed, hangs or dies can hold up no other. A worker
has one task at a time: what it was at when it died is known, and a pipe can never be full at both ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from dealterms.errors import DealtermsError, WorkerError

Task = TypeVar("Task")

_PRELOADED = ["dealterms.batch.worker", "dealterms.batch.warm"]
_GRACE = 5.0
_WEAR = 100_000_000
_START_ATTEMPTS = 3


@dataclass(frozen=True)
class Done(Generic[Task]):
    """What came of a task.

    Attributes
    ----------
    number : int
        The caller's number of the task.
    task : object
        The task.
    result : bytes or None
        What the work gave; None where it was cut off.
    failure : str
        ``""``, ``"timeout"`` or ``"crash"``.
    reason : str
        How the worker died, in words.
    """

    number: int
    task: Task
    result: bytes | None = None
    failure: str = ""
    reason: str = ""


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    task: tuple[int, Any] | None = None
    deadline: float = field(default=float("inf"))


class Pool:
    """Worker processes that are given tasks one at a time.

    A task whose worker dies is tried once more by another; a task that takes too long is cut off at once. A worker that has
    grown by 100 MB is replaced, since what a process has learnt of words and allocated for large texts it never gives back.

    Parameters
    ----------
    setup : callable
        Called once in each worker; gives what is called with each task, and gives bytes. Both can be pickled.
    jobs : int
        Number of processes.
    timeout : float
        Seconds after which a task is cut off.
    warn : callable, optional
        Told the warnings of the setup, each once.

    Examples
    --------
    A pool is a context: its processes end with it.

    >>> with Pool(setup=str, jobs=1, timeout=60) as pool:
    ...     list(pool.run([]))
    []
    """

    def __init__(self, setup: Callable[[], Callable[[Any], bytes]], jobs: int, timeout: float, warn: Callable[[str], object] = str) -> None:
        self._setup = setup
        self._jobs = jobs
        self._timeout = timeout
        self._warn = warn
        self._warned: set[str] = set()
        self._failed_starts = 0
        self._again: deque[tuple[int, Any]] = deque()
        self._crashed: set[int] = set()
        self._context = _context()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers = []

    def run(self, tasks: Iterable[tuple[int, Task]], every: float = 1.0) -> Iterator[Done[Task] | None]:
        """Do tasks, in whatever order they are finished.

        Parameters
        ----------
        tasks : iterable of (int, task)
            Numbered by the caller; one is taken when a worker is free for it.
        every : float
            Seconds after which the caller is given a sign of life where nothing is finished.

        Yields
        ------
        Done or None
            One for each task; None where none was finished for a while.

        Raises
        ------
        WorkerError
            The setup fails, or its process dies again and again.
        """
        waiting = iter(tasks)
        self._failed_starts = 0
        while True:
            for worker in [worker for worker in self._workers if worker.ready and worker.task is None]:
                task = self._next(waiting)
                if task is None:
                    break
                lost = self._give(worker, task)
                if lost:
                    yield lost
            if not any(worker.task for worker in self._workers):
                task = self._next(waiting)
                if task is None:
                    return
                self._again.append(task)
            while len(self._workers) < self._jobs:
                self._workers.append(self._start())
            yield from self._collect(every)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._setup, self._timeout), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _next(self, waiting: Iterator[tuple[int, Any]]) -> tuple[int, Any] | None:
        return self._again.popleft() if self._again else next(waiting, None)

    def _give(self, worker: _Worker, task: tuple[int, Any]) -> Done | None:
        worker.task, worker.deadline = task, time.monotonic() + self._timeout
        try:
            worker.pipe.send(task[1])
        except OSError:
            return self._bury(worker, "crash")
        return None

    def _collect(self, every: float) -> Iterator[Done | None]:
        """Wait for what the workers tell, or for the first one that is out of time."""
        now = time.monotonic()
        patience = min([every, *(worker.deadline - now for worker in self._workers)])
        told = set(wait([worker.pipe for worker in self._workers], max(patience, 0)))
        if not told:
            yield None
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.pipe in told:
                done = self._receive(worker)
            elif worker.deadline <= now:
                done = self._bury(worker, "timeout")
            else:
                continue
            if done:
                yield done

    def _receive(self, worker: _Worker) -> Done | None:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker, "crash")
        if kind == "failed":
            raise WorkerError(value)
        if kind == "ready":
            worker.ready, self._failed_starts = True, 0
            for message in value:
                if message not in self._warned:
                    self._warned.add(message)
                    self._warn(message)
            return None
        if worker.task is None:
            raise WorkerError("a worker process answers what nobody asked", "please report it")
        done = Done(*worker.task, result=value)
        worker.task, worker.deadline = None, float("inf")
        if kind == "last":
            self._workers.remove(worker)
            worker.process.join()
            worker.pipe.close()
        return done

    def _bury(self, worker: _Worker, failure: str) -> Done | None:
        """End a worker that is dead or hangs, and tell what it was at."""
        self._workers.remove(worker)
        if failure == "timeout":
            worker.process.kill()
        worker.process.join(_GRACE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.pipe.close()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts == _START_ATTEMPTS:
                raise WorkerError(f"the worker processes die when they start ({_how(worker.process)})", "see that there is memory for them")
        if worker.task is None:
            return None
        number = worker.task[0]
        if failure == "crash" and number not in self._crashed:
            self._crashed.add(number)  # it may have been killed for the memory that another one took
            self._again.append(worker.task)
            return None
        return Done(*worker.task, failure=failure, reason=_how(worker.process))


def _context() -> Any:
    """Give the way to start processes: from a small server where there is one, else anew; never from this one with its threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _how(process: BaseProcess) -> str:
    code = process.exitcode
    if code is None or code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"signal {-code}"


def _work(pipe: Connection, setup: Callable[[], Callable[[Any], bytes]], timeout: float) -> None:
    """Do what the pipe brings, until it is closed: that is how the death of the parent shows."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)  # the parent decides
    with suppress(EOFError, OSError):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                work = setup()
            except Exception as error:
                pipe.send(("failed", str(error) if isinstance(error, DealtermsError) else f"{type(error).__name__}: {error}"))
                return
        pipe.send(("ready", [str(warning.message) for warning in caught if issubclass(warning.category, UserWarning)]))
        warnings.simplefilter("ignore")
        limit = _peak_memory() + _WEAR
        worn = False
        while not worn:
            task = pipe.recv()
            _alarm(timeout + _GRACE)
            result = work(task)
            worn = _peak_memory() > limit
            pipe.send(("last" if worn else "done", result))
            _alarm(0)
    os._exit(0)


def _peak_memory() -> int:
    """Give the most bytes that this process has had, where the system tells."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _alarm(seconds: float) -> None:
    """Have the system end this process by then, in case nobody is left to do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)

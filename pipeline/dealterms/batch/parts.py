"""What a run has finished so far, on disk: a hidden folder of small files, each of which appears whole or not at all.

A part holds lines of number, tab, JSON: what came of the inputs of these numbers, in the order in which they were finished. A
killed run is gone on with where its parts end; what is lost is what had not been put into a part, a few seconds' work.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from dealterms.errors import InputError

HIDDEN = ".dealterms"

_MANIFEST = "manifest.json"
_LOCK = "lock"
_PART = "part-"
_SECONDS = 2.0
_BYTES = 8_000_000


class Parts:
    """The finished work of a run.

    Parameters
    ----------
    output : Path
        The folder of the tables, which holds the hidden one.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     parts = Parts(Path(folder))
    ...     parts.begin({"format": "csv"})
    ...     parts.add(1, b'{"later":1}')
    ...     parts.add(0, b'{"first":0}')
    ...     parts.flush()
    ...     sorted(parts.finished()), list(parts.lines()), parts.discard()
    ([0, 1], [b'{"first":0}', b'{"later":1}'], None)
    """

    def __init__(self, output: Path) -> None:
        self.folder = output / HIDDEN
        self._waiting: list[bytes] = []
        self._size = 0
        self._last = time.monotonic()
        self._count = 0
        self._lock: IO[bytes] | None = None

    def begin(self, manifest: dict[str, Any], *, anew: bool = False) -> None:
        """Make the hidden folder, or go on with it, and see that nobody else is at work in it.

        Parameters
        ----------
        manifest : dict
            What the run depends on.
        anew : bool
            Whether what is finished is thrown away.

        Raises
        ------
        InputError
            Another run is writing there.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._hold()
        if anew or self.manifest() is None:
            (self.folder / _MANIFEST).unlink(missing_ok=True)
            for left in self._files():
                left.unlink()
            write_whole(self.folder / _MANIFEST, json.dumps(manifest, indent=1).encode())
        self._count = int(self._files()[-1].name.removeprefix(_PART)) + 1 if self._files() else 0

    def manifest(self) -> dict[str, Any] | None:
        """Give what the run that was begun here depends on; None where there is none to go on with."""
        try:
            return json.loads((self.folder / _MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None

    def add(self, number: int, line: bytes) -> None:
        """Take what came of an input; every few seconds all that was taken goes to disk."""
        self._waiting.append(b"%d\t%s\n" % (number, line))
        self._size += len(line)
        if self._size > _BYTES or time.monotonic() - self._last > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Put to disk what was taken."""
        if self._waiting:
            write_whole(self.folder / f"{_PART}{self._count:08d}", b"".join(self._waiting))
            self._count += 1
        self._waiting, self._size, self._last = [], 0, time.monotonic()

    def finished(self) -> Finished:
        """Give the numbers of the inputs that are finished."""
        numbers = Finished()
        for _, _, number, _ in self._entries():
            numbers.add(number)
        return numbers

    def lines(self) -> Iterator[bytes]:
        """Give what came of each input, in the order of the inputs, in constant memory."""
        elsewhere: dict[int, tuple[Path, int]] = {}
        following = 0
        for file, position, number, line in self._entries():
            if number != following:
                elsewhere[number] = file, position
                continue
            yield line
            following += 1
            while following in elsewhere:
                yield _line_at(*elsewhere.pop(following))
                following += 1

    def discard(self) -> None:
        """Take away the hidden folder: first what says that there is a run to go on with."""
        (self.folder / _MANIFEST).unlink(missing_ok=True)
        self._release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """Let others work here; where nothing is finished, nothing is left either."""
        if self._lock and not self._files():
            self.discard()
        self._release()

    def _release(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def _hold(self) -> None:
        try:
            import fcntl
        except ModuleNotFoundError:  # Windows
            return
        self._lock = (self.folder / _LOCK).open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # goes with the process, however that ends
        except OSError:
            self._release()
            raise InputError("another run is writing there", "wait for it, or give another folder") from None

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"{_PART}????????"))

    def _entries(self) -> Iterator[tuple[Path, int, int, bytes]]:
        for file in self._files():
            position = 0
            with file.open("rb") as stream:
                for entry in stream:
                    number, _, line = entry.partition(b"\t")
                    yield file, position, int(number), line.rstrip(b"\n")
                    position += len(entry)


class Finished:
    """A set of numbers that are nearly all below a mark."""

    def __init__(self) -> None:
        self._below = 0
        self._beyond: set[int] = set()

    def add(self, number: int) -> None:
        self._beyond.add(number)
        while self._below in self._beyond:
            self._beyond.remove(self._below)
            self._below += 1

    def __contains__(self, number: int) -> bool:
        return number < self._below or number in self._beyond

    def __iter__(self) -> Iterator[int]:
        yield from range(self._below)
        yield from sorted(self._beyond)

    def __len__(self) -> int:
        return self._below + len(self._beyond)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is never seen half-written, not even after a power cut."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(data)
    put_in_place(new, path)


def put_in_place(new: Path, path: Path) -> None:
    """Rename a file that is written, once it is on disk."""
    with new.open("r+b") as stream:
        os.fsync(stream.fileno())
    new.replace(path)


def _line_at(file: Path, position: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(position)
        return stream.readline().partition(b"\t")[2].rstrip(b"\n")

"""A run over any number of filings, which can be killed at any moment and gone on with."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from dealterms import __version__
from dealterms.batch import tables
from dealterms.batch.filing import Settings, model_fingerprint
from dealterms.batch.lines import failure_line, failure_of
from dealterms.batch.parts import Parts, put_in_place
from dealterms.batch.pool import Done, Pool
from dealterms.batch.schema import TABLES
from dealterms.errors import InputError
from dealterms.sources import Piece, find_files, read_pieces

_TABLES = "tables"


@dataclass
class Progress:
    """How far a run is.

    Attributes
    ----------
    size : int
        Bytes of the files given.
    filings, read : int
        Inputs finished, and the bytes read for them.
    before : int
        Those of these inputs that an earlier run had finished.
    """

    size: int
    filings: int = 0
    read: int = 0
    before: int = 0

    def add(self, piece: Piece) -> None:
        self.filings += 1
        self.read += piece.taken


@dataclass(frozen=True)
class Result:
    """What came of a run.

    Attributes
    ----------
    rows : dict of str to int
        Number of rows of each table; empty where nothing could be read, so that no tables are written.
    outcomes : dict of str to int
        Number of filings of each outcome, and of inputs that failed at each stage, but for those of which there are none.
    before : int
        Inputs that an earlier run had finished.
    """

    rows: dict[str, int]
    outcomes: dict[str, int]
    before: int = 0


def load_worker(settings: Settings) -> Callable[[Piece], bytes]:
    """Give what a worker process does; only there is the model loaded."""
    from dealterms.batch.worker import worker

    return worker(settings)


@dataclass(frozen=True)
class Options:
    """How a run is done.

    Attributes
    ----------
    form : str
        ``"parquet"``, ``"jsonl"`` or ``"csv"``.
    settings : Settings
        How to extract.
    jobs : int
        Number of worker processes.
    timeout : float
        Seconds after which a filing is cut off.
    resume : bool
        Whether a run that was killed is gone on with; one that was never begun begins.
    force : bool
        Whether what is there is replaced; not with `resume`.
    setup : callable
        Gives what a worker process does.
    """

    form: str = "jsonl"
    settings: Settings = field(default_factory=Settings)
    jobs: int = 1
    timeout: float = 60.0
    resume: bool = False
    force: bool = False
    setup: Callable[[Settings], Callable[[Piece], bytes]] = load_worker


def extract_tables(
    paths: Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    options: Options | None = None,
    *,
    watch: Callable[[Progress], None] = lambda progress: None,
    report: Callable[[str, str], None] = lambda source, message: None,
) -> Result | None:
    """Extract the terms of any number of filings into the tables of a folder.

    Parameters
    ----------
    paths : iterable of str or path
        As ``dealterms.inputs.read_inputs`` takes them.
    output : str or path
        The folder, made where it is not there. Its files appear when all is done, each of them whole.
    options : Options, optional
        How.
    watch : callable, optional
        Told how far it is, at least once a second.
    report : callable, optional
        Told the source and the message of each failed input, and of each warning.

    Returns
    -------
    Result or None
        None where there was nothing to resume, since all is done.

    Raises
    ------
    InputError
        The folder is one of those to read, or holds tables or a run that was killed, and neither `resume` nor `force` is given; or the run that was killed
        had other options or inputs.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     extract_tables(["missing.txt"], folder)
    Result(rows={}, outcomes={'input': 1}, before=0)
    """
    given = [os.fspath(path) for path in paths]
    output, options = Path(output), options or Options()
    parts = Parts(output)
    if any(os.path.isdir(path) and os.path.realpath(path) == os.path.realpath(output) for path in given):
        raise InputError("the folder is one of those to read", "give another one")
    if _is_finished(output, parts, options):
        return None
    progress = Progress(0)
    manifest = _manifest(given, output, options, progress)
    if options.resume:
        _check_same(parts.manifest(), manifest, given)
    try:
        output.mkdir(parents=True, exist_ok=True)
        parts.begin(manifest, anew=not options.resume)
        _work_through(read_pieces(find_files(given, output)), parts, options, progress, watch, report)
        return _publish(parts, output, options.form, progress.before)
    finally:
        parts.leave()


def _is_finished(output: Path, parts: Parts, options: Options) -> bool:
    """Tell whether there is nothing to resume, and see that nothing is lost by accident."""
    there = [path.name for path in _table_files(output) if path.exists()]
    unfinished = parts.manifest() is not None
    if options.force or not (there or unfinished):
        return False
    if options.resume:
        return not unfinished
    if unfinished:
        raise InputError("the folder holds a run that was not finished", "go on with it by --resume, or begin anew by --force")
    raise InputError(f"the folder holds tables already ({there[0]})", "give another one, or replace them by --force")


def _table_files(output: Path) -> list[Path]:
    return [output / f"{table}.{form}" for table in TABLES for form in tables.FORMATS]


def _manifest(paths: list[str], output: Path, options: Options, progress: Progress) -> dict[str, Any]:
    """Say all that the result depends on."""
    fingerprint = hashlib.sha256()
    for file in find_files(paths, output):
        fingerprint.update(f"{file.path}\0{file.size}\0{file.changed}\n".encode(errors="surrogateescape"))
        progress.size += file.size
    settings = asdict(options.settings)
    settings.pop("model")
    return {
        "version": __version__,
        "model": model_fingerprint(options.settings.model),
        "format": options.form,
        "timeout": options.timeout,
        **settings,
        "inputs": fingerprint.hexdigest()[:16],
    }


def _check_same(old: dict[str, Any] | None, new: dict[str, Any], paths: list[str]) -> None:
    if "-" in paths:
        raise InputError("standard input cannot be read a second time", "give files where --resume shall be possible")
    if old is None:
        return
    changed = [f"{name} (was {old.get(name)}, is {new[name]})" for name in new if old.get(name) != new[name] and name != "inputs"]
    if old.get("inputs") != new["inputs"]:
        changed.append("inputs (files were added, taken away or changed)")
    if changed:
        told = ", ".join(changed)
        raise InputError(f"the run to resume had other settings: {told}", "give the same ones, or begin anew by --force")


def _work_through(
    pieces: Iterable[Piece],
    parts: Parts,
    options: Options,
    progress: Progress,
    watch: Callable[[Progress], None],
    report: Callable[[str, str], None],
) -> None:
    """Put what comes of each piece into the parts, but for those that are in them."""
    finished = parts.finished()

    def unfinished() -> Iterator[tuple[int, Piece]]:
        for number, piece in enumerate(pieces):
            if number in finished:
                progress.before += 1
                progress.add(piece)
            elif piece.problem:
                add(number, piece, failure_line(piece.source, "input", str(piece.problem)))
            else:
                yield number, piece

    def add(number: int, piece: Piece, line: bytes) -> None:
        parts.add(number, line)
        progress.add(piece)
        failure = failure_of(line)
        if failure:
            report(*failure)

    setup = partial(options.setup, options.settings)
    try:
        with Pool(setup, options.jobs, options.timeout, partial(report, "warning")) as pool:
            for done in pool.run(unfinished()):
                if done is None:
                    parts.flush()
                else:
                    add(done.number, done.task, done.result or _cut_off(done, options.timeout))
                watch(progress)
    finally:
        parts.flush()
    watch(progress)


def _cut_off(done: Done, timeout: float) -> bytes:
    if done.failure == "timeout":
        message = f"it took longer than {timeout:g} seconds; allow more by --timeout, or leave it out"
    else:
        message = f"its worker process died twice ({done.reason}); see that there is memory for it, or leave it out"
    return failure_line(done.task.source, done.failure, message)


def _publish(parts: Parts, output: Path, form: str, before: int) -> Result:
    """Write the tables aside, put them in their places unless nothing was read, and take away what they were made of."""
    aside = parts.folder / _TABLES
    aside.mkdir(exist_ok=True)
    written = tables.write_tables(parts.lines(), aside, form)
    if written.outcomes.keys() <= {"input"}:
        parts.discard()
        return Result({}, written.outcomes, before)
    for table in TABLES:
        put_in_place(aside / f"{table}.{form}", output / f"{table}.{form}")
    for old in _table_files(output):
        if old.suffix != f".{form}":
            old.unlink(missing_ok=True)
    parts.discard()
    return Result(written.rows, written.outcomes, before)

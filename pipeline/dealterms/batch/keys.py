"""A key of its own for each filing."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Keys:
    """Gives out keys, and knows on disk which ones are given, so that millions cost no memory.

    Parameters
    ----------
    file : Path
        Where to note them; an old file is taken away.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Keys(Path(folder) / "keys") as keys:
    ...         [keys.key(name) for name in ("report", "report", "other", "report", None)]
    ['report', 'report~2', 'other', 'report~3', 'unnamed']
    """

    def __init__(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        self._given = sqlite3.connect(file, isolation_level=None)
        self._given.execute("PRAGMA journal_mode = OFF")
        self._given.execute("PRAGMA synchronous = OFF")
        self._given.execute("CREATE TABLE given (key TEXT PRIMARY KEY, last INTEGER) WITHOUT ROWID")
        self._given.execute("BEGIN")

    def __enter__(self) -> Keys:
        return self

    def __exit__(self, *_: object) -> None:
        self._given.close()

    def key(self, name: str | None) -> str:
        """Give the name where it is free, else the name with the next free number behind it."""
        wanted = name or "unnamed"
        if self._take(wanted):
            return wanted
        ((number,),) = self._given.execute("SELECT last FROM given WHERE key = ?", (wanted,))
        while not self._take(f"{wanted}~{number + 1}"):
            number += 1
        self._given.execute("UPDATE given SET last = ? WHERE key = ?", (number + 1, wanted))
        return f"{wanted}~{number + 1}"

    def _take(self, key: str) -> bool:
        return self._given.execute("INSERT OR IGNORE INTO given VALUES (?, 1)", (key,)).rowcount == 1

"""Finds, reads and fingerprints what the package ships: pattern files and the trained model."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dealterms.errors import NotFoundError, PatternError

PATTERN_FILES = ("bounds", "cues", "parties", "payments", "renewals", "royalties", "terms")
OWN_PATTERNS = "DEALTERMS_PATTERNS"
#: The folder of the shipped model.
MODEL_DIR = Path(__file__).parent / "model"
_KEYS = {"label", "id", "pattern", "matches", "rejects"}


def patterns_dir() -> Path:
    """Give the folder of the pattern files: inside an installed package, beside ``pipeline/`` in a checkout.

    Another folder of such files, named by the environment variable ``DEALTERMS_PATTERNS``, takes its place. The patterns are read
    once in a process.

    Returns
    -------
    Path
        An existing folder.

    Raises
    ------
    NotFoundError
        Where it is not there.

    Examples
    --------
    >>> (patterns_dir() / "payments.jsonl").is_file()
    True
    """
    own = os.environ.get(OWN_PATTERNS)
    if own:
        lacking = next((name for name in PATTERN_FILES if not (Path(own) / f"{name}.jsonl").is_file()), None)
        if lacking:
            raise NotFoundError(f"no {lacking}.jsonl in {own}", f"copy every pattern file there, or unset {OWN_PATTERNS}")
        return Path(own)
    shipped = Path(str(files("dealterms") / "patterns"))
    for folder in (shipped, Path(__file__).parents[2] / "patterns"):
        if folder.is_dir():
            return folder
    raise NotFoundError(f"no pattern files at {shipped}", "reinstall dealterms")


def read_patterns(path: Path) -> list[dict[str, Any]]:
    """Read one pattern file.

    Parameters
    ----------
    path : Path
        JSONL; each line has ``label``, ``id``, ``pattern`` (a list of token descriptions, or a list of phrases),
        ``matches`` and ``rejects`` (texts in which it must and must not be found).

    Returns
    -------
    list of dict
        The lines, in order.

    Raises
    ------
    PatternError
        For a line that is not JSON, or has other keys; the message names file and line.

    Examples
    --------
    >>> read_patterns(patterns_dir() / "bounds.jsonl")[0]["label"]
    'BOUND'
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise PatternError(f"{path.name}:{number}: not JSON ({error})", "mend the line") from None
        if not isinstance(row, dict) or set(row) != _KEYS:
            keys = sorted(set(row) ^ _KEYS) if isinstance(row, dict) else type(row).__name__
            raise PatternError(f"{path.name}:{number}: wrong keys {keys}", f"a pattern has {', '.join(sorted(_KEYS))}")
        rows.append(row)
    return rows


@lru_cache(maxsize=1)
def all_patterns() -> tuple[dict[str, Any], ...]:
    """Read every pattern file, in a fixed order, and refuse an id given twice."""
    rows = [row for name in PATTERN_FILES for row in read_patterns(patterns_dir() / f"{name}.jsonl")]
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise PatternError(f"pattern id {row['id']!r} is given twice", "give each pattern an id of its own")
        seen.add(row["id"])
    return tuple(rows)


def ruler_patterns(rows: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Give the patterns as spaCy's span ruler takes them: one entry a phrase."""
    entries = []
    for row in rows:
        phrases = row["pattern"] if isinstance(row["pattern"][0], str) else [row["pattern"]]
        entries += [{"label": row["label"], "id": row["id"], "pattern": phrase} for phrase in phrases]
    return entries


@lru_cache(maxsize=1)
def patterns_fingerprint() -> str:
    """Give a short hash of the patterns that decide which candidates the classifier sees.

    Returns
    -------
    str
        Twelve hexadecimal digits; the cases of a pattern do not count.

    Examples
    --------
    >>> len(patterns_fingerprint())
    12
    """
    decisive = [[row["label"], row["id"], row["pattern"]] for row in all_patterns()]
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def word_clusters() -> dict[str, int]:
    """Give the class of meaning that each common word is in.

    Returns
    -------
    dict of str to int
        Lower-case word to the number of its cluster; see ``training/README.md`` for how they were made.

    Examples
    --------
    >>> word_clusters()["milestone"] == word_clusters()["milestones"]
    True
    """
    lines = (MODEL_DIR / "clusters.txt").read_text(encoding="utf-8").splitlines()
    return {word: number for number, line in enumerate(lines) for word in line.split()}

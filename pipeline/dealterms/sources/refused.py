"""What is known at once to hold no text: other kinds of files, by their endings, and the tables that we write ourselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dealterms.errors import InputError
from dealterms.types import GROUPS

_LINES = "give .jsonl with one object a line"
_UNPACK = "unpack it, or pack it as .gz, .zip, .tar or .tar.gz, which are read"
_ENDINGS = {
    ".json": ("a JSON file, not a narrative", _LINES),
    ".csv": ("a CSV file, not a narrative", _LINES),
    **dict.fromkeys((".bz2", ".tbz2", ".xz", ".txz", ".zst", ".7z", ".rar"), ("an archive of a kind that is not read", _UNPACK)),
}
#: A hidden folder of what a run into tables has finished so far.
_UNFINISHED = ".dealterms"
_TABLES = ("deals", *GROUPS, "errors")
_FORMS = ("jsonl", "csv", "parquet")


def refused(name: str) -> InputError | None:
    """Tell why a file is not read, by its name; None where it is.

    Examples
    --------
    >>> print(refused("a.CSV"), refused("a.txt"), sep="\\n")
    a CSV file, not a narrative; give .jsonl with one object a line
    None
    """
    return next((InputError(*told) for ending, told in _ENDINGS.items() if name.lower().endswith(ending)), None)


def is_output(names: Collection[str]) -> bool:
    """Tell by the names in a folder whether it holds the tables of a run, or a run that was not finished.

    Examples
    --------
    >>> is_output(["a.txt", ".dealterms"]), is_output(["deals.csv", "errors.csv"])
    (True, False)
    """
    return _UNFINISHED in names or any(all(f"{table}.{form}" in names for table in _TABLES) for form in _FORMS)


def is_table_row(names: Any) -> bool:
    """Tell by its keys whether an object is a row of one of our tables.

    Examples
    --------
    >>> is_table_row({"id": "a", "number": 1, "kind": "upfront"}), is_table_row({"id": "a", "text": "words"})
    (True, False)
    """
    found = list(names)
    return {"outcome", "n_payments"} <= set(found) or found[:2] == ["id", "number"] or found == ["input", "stage", "message"]


def ours(what: str) -> InputError:
    """Say what to give in place of what extract wrote as tables."""
    return InputError(
        f"{what} that extract wrote, not lines",
        "give the filings, or to show and convert what extract --format jsonl --output FILE.jsonl writes",
    )

"""Runs the program here, in place of a process of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dealterms import cli
from dealterms_training.crossval import one_thread_each


@pytest.fixture(scope="session", autouse=True)
def quick_numbers() -> Iterator[None]:
    """Fit as the program does, without threads that get in each other's way."""
    with one_thread_each():
        yield


@dataclass
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the program."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["dealterms", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return Ran(int(ended.value.code or 0), told.out, told.err)

    return run


@pytest.fixture(scope="session")
def lines() -> Callable[[Path, Iterable[Any]], Path]:
    """Write a .jsonl file."""

    def lines(path: Path, rows: Iterable[Any]) -> Path:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return lines

"""What takes the place of a file or folder appears whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dealterms.commands.writing import replaced, replaced_folder
from dealterms.errors import InputError


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a file."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "old.txt").write_text("old")
    return folder


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_folder_is_replaced_whole(old: Path) -> None:
    with replaced_folder(old) as part:
        (part / "new.txt").write_text("new")
        assert below(old) == ["old.txt"]
    assert below(old.parent) == ["folder/new.txt"]


def test_an_interrupted_folder_leaves_the_old_one(old: Path) -> None:
    with pytest.raises(KeyboardInterrupt), replaced_folder(old) as part:
        (part / "new.txt").write_text("new")
        raise KeyboardInterrupt
    assert below(old.parent) == ["folder/old.txt"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_an_interrupted_exchange_brings_the_old_folder_back(old: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(error), replaced_folder(old) as part:
        (part / "new.txt").write_text("new")
    assert below(old.parent) == ["folder/old.txt"]


def test_a_folder_within_a_file_is_refused(old: Path) -> None:
    with pytest.raises(InputError, match=r"old\.txt/new: cannot be written \("), replaced_folder(old / "old.txt" / "new"):
        pass


def test_an_interrupted_file_leaves_the_old_one(old: Path) -> None:
    with pytest.raises(KeyboardInterrupt), replaced(old / "old.txt", "wb") as out:
        out.write(b"new")
        raise KeyboardInterrupt
    assert below(old) == ["old.txt"] and (old / "old.txt").read_text() == "old"


@pytest.mark.skipif(os.name != "posix", reason="there is no harmless question whether a process is there")
def test_what_killed_runs_left_is_taken_away(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    kept = [f".out.{os.getppid()}.part", f".other.{ended.pid}.part", f".out.{ended.pid}.old", ".out.x.part"]
    for name in (f".out.{ended.pid}.part", *kept):
        (tmp_path / name).touch()
    with replaced(tmp_path / "out", "w") as out:
        out.write("new")
    assert below(tmp_path) == sorted([*kept, "out"])
    (tmp_path / f".folder.{ended.pid}.part" / "deals").mkdir(parents=True)
    with replaced_folder(tmp_path / "folder"):
        pass
    assert not (tmp_path / f".folder.{ended.pid}.part").exists()

"""Finished work on disk: whole, in order, and only gone on with where it fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.batch import parts as module
from dealterms.batch.keys import Keys
from dealterms.batch.parts import Finished, Parts
from dealterms.errors import InputError


@pytest.fixture
def parts(tmp_path):
    """The parts of a new run."""
    parts = Parts(tmp_path / "out")
    parts.begin({"format": "csv"})
    yield parts
    parts.leave()


def test_lines_come_back_in_the_order_of_the_inputs(parts):
    for numbers in ([5, 0], [3, 1], [2, 4, 7], [6]):
        for number in numbers:
            parts.add(number, b"%d" % number)
        parts.flush()
    assert list(parts.lines()) == [b"%d" % number for number in range(8)]
    assert list(parts.finished()) == list(range(8))


def test_what_is_not_flushed_is_not_finished(parts):
    parts.add(0, b"a")
    parts.flush()
    parts.add(1, b"b")
    assert list(parts.finished()) == [0]


def test_work_goes_to_disk_by_size_and_by_time(parts, monkeypatch):
    monkeypatch.setattr(module, "_BYTES", 10)
    parts.add(0, b"x" * 11)
    assert list(parts.finished()) == [0]
    monkeypatch.setattr(module, "_SECONDS", 0)
    parts.add(1, b"y")
    assert list(parts.finished()) == [0, 1]


def test_a_run_is_gone_on_with(parts, tmp_path):
    parts.add(0, b"a")
    parts.flush()
    parts.leave()
    (parts.folder / "part-00000001.new").write_bytes(b"1\tha")  # the process was killed while it wrote this
    again = Parts(tmp_path / "out")
    again.begin({"format": "other"})
    again.add(1, b"b")
    again.flush()
    again.leave()
    assert (again.manifest(), list(again.lines())) == ({"format": "csv"}, [b"a", b"b"])


def test_a_run_is_begun_anew(parts, tmp_path):
    parts.add(0, b"a")
    parts.flush()
    parts.leave()
    again = Parts(tmp_path / "out")
    again.begin({"format": "other"}, anew=True)
    assert (again.manifest(), list(again.lines())) == ({"format": "other"}, [])
    again.leave()
    assert not again.folder.exists()  # where nothing is finished, nothing is left


def test_two_runs_cannot_write_to_one_folder(parts, tmp_path):
    with pytest.raises(InputError, match="another run is writing there"):
        Parts(tmp_path / "out").begin({}, anew=True)
    assert parts.manifest() == {"format": "csv"}


def test_nothing_is_left(parts):
    parts.add(0, b"a")
    parts.flush()
    parts.discard()
    assert not parts.folder.exists() and parts.manifest() is None


def test_a_broken_manifest_is_none(parts):
    (parts.folder / "manifest.json").write_text("{")
    assert parts.manifest() is None


@given(st.permutations(range(12)))
def test_finished(order):
    finished = Finished()
    for done, number in enumerate(order):
        assert (number in finished, len(finished)) == (False, done)
        finished.add(number)
        assert number in finished and list(finished) == sorted(order[: done + 1])


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["a", "a~2", "a~3", "b", "", None, "é\0"])))
def test_keys_are_unique_and_the_first_is_as_asked(tmp_path_factory, wanted):
    with Keys(tmp_path_factory.mktemp("keys") / "keys") as keys:
        given = [keys.key(name) for name in wanted]
    assert len(set(given)) == len(given)
    for name in set(wanted) - {None, ""}:
        assert name in given


def test_keys_begin_anew(tmp_path):
    for _ in range(2):
        with Keys(tmp_path / "keys") as keys:
            assert [keys.key("a"), keys.key("a")] == ["a", "a~2"]

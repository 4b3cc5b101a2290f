"""The reader of marked-up texts that other tests trust."""

from __future__ import annotations

import pytest
from tests.markup import Marked, MarkupError, read_markup

TAGS = {"SUM": frozenset({"low", "high"}), "NAME": frozenset()}


@pytest.mark.parametrize(
    ("source", "plain", "marked"),
    [
        ("a <SUM low=3>$3</SUM> fee", "a $3 fee", [Marked("SUM", 2, 4, {"low": "3"})]),
        ("<SUM>$3</SUM>", "$3", [Marked("SUM", 0, 2, {})]),
        ("<NAME>A</NAME><NAME>B</NAME>", "AB", [Marked("NAME", 0, 1, {}), Marked("NAME", 1, 2, {})]),
        ('<SUM low="1 2"  high=5>x\ny</SUM>\n', "x\ny\n", [Marked("SUM", 0, 3, {"low": "1 2", "high": "5"})]),
        ('<SUM low="">x</SUM>', "x", [Marked("SUM", 0, 1, {"low": ""})]),
        ("“<NAME>Ibis</NAME>”", "“Ibis”", [Marked("NAME", 1, 5, {})]),
    ],
)
def test_read(source: str, plain: str, marked: list[Marked]) -> None:
    assert read_markup(source, TAGS) == (plain, marked)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a <SUM>$3 fee", "'SUM' is never closed"),
        ("a $3</SUM> fee", "'SUM' closes what was not opened"),
        ("<SUM>$3</NAME>", "'NAME' closes what was not opened"),
        ("<SUM>$3</SUM></SUM>", "'SUM' closes what was not opened"),
        ("<SUM>$3</SUM low=3>", "'SUM' closes what was not opened"),
        ("<SUM><NAME>$3</NAME></SUM>", "'NAME' opens inside 'SUM'"),
        ("<SUM></SUM>", "'SUM' holds nothing"),
        ("<sum>$3</sum>", "unknown tag 'sum'"),
        ("<SUMS>$3</SUMS>", "unknown tag 'SUMS'"),
        ("<SUM lwo=3>$3</SUM>", "unknown attribute 'lwo' of 'SUM'"),
        ("<NAME low=3>A</NAME>", "unknown attribute 'low' of 'NAME'"),
        ("<SUM low=3 low=4>$3</SUM>", "'low' is given twice"),
        ("<SUM low>$3</SUM>", "an angle bracket that is no tag"),
        ("<SUM low= 3>$3</SUM>", "an angle bracket that is no tag"),
        ("< SUM>$3</SUM>", "an angle bracket that is no tag"),
        ("3 < 4 and <SUM>$3</SUM>", "an angle bracket that is no tag"),
        ("<SUM>$3</SUM> > 2", "an angle bracket that is no tag"),
        ("a $3 fee", "no tags in"),
        ("", "no tags in"),
    ],
)
def test_refused(source: str, message: str) -> None:
    with pytest.raises(MarkupError, match=message):
        read_markup(source, TAGS)


def test_none_must_be_meant() -> None:
    assert read_markup("a fee", TAGS, none=True) == ("a fee", [])
    with pytest.raises(MarkupError, match=r"^tags in"):
        read_markup("a <SUM>$3</SUM> fee", TAGS, none=True)


def test_change_leaves_tags_alone() -> None:
    read = read_markup('on <SUM low="1 2">one two</SUM> x', TAGS, change=lambda text: text.replace(" ", "  "))
    assert read == ("on  one  two  x", [Marked("SUM", 4, 12, {"low": "1 2"})])

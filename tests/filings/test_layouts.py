"""Which items are found in all the layouts that filings come in, and where their bodies stand.

The layouts are small filings in which ⟦5⟧ and ⟦/⟧ stand around the body of item 5, ⟦1.01,2.03⟧ around a body that two items share.
Each begins with a line ``==== its name``. The marks are no part of the filing. ⏎ stands for a carriage return.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from dealterms.filings import read_filing

_MARK = re.compile(r"⟦([^⟧]*)⟧")
_ITEMS = re.compile(r"\d{1,2}(\.\d\d)?(,\d{1,2}(\.\d\d)?)*")


@dataclass(frozen=True)
class Layout:
    name: str
    source: str
    items: tuple[tuple[str, int, int], ...]


def read_layouts(name: str) -> list[Layout]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [read_layout(*part.split("\n", 1)) for part in re.split(r"^==== ", text, flags=re.M)[1:]]


def read_layout(name: str, marked: str) -> Layout:
    """Take the marks out; ValueError for marks that are not balanced, no item or missing altogether."""
    source, items, position, opened = "", [], 0, None
    marked = marked.replace("⏎\n", "\r\n")
    for mark in _MARK.finditer(marked):
        source += marked[position : mark.start()]
        position = mark.end()
        if mark.group(1) == "/":
            if opened is None:
                raise ValueError(f"{name}: a body is closed that was not opened")
            items += [(item, opened[1], len(source)) for item in opened[0].split(",")]
            opened = None
        elif opened is not None or not _ITEMS.fullmatch(mark.group(1)):
            raise ValueError(f"{name}: bad mark {mark.group()}")
        else:
            opened = mark.group(1), len(source)
    source += marked[position:]
    if opened is not None or not items or "⟦" in source or "⟧" in source:
        raise ValueError(f"{name}: marks are missing or not closed")
    return Layout(name.strip("⏎"), source, tuple(items))


PLAIN = read_layouts("layouts_plain.txt")
HTML = read_layouts("layouts_html.txt")


def name(layout: Layout) -> str:
    return layout.name


def trimmed(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """White space at the ends of a marked body is no part of it."""
    body = layout.source[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())


@pytest.mark.parametrize("layout", PLAIN + HTML, ids=name)
def test_items_and_their_places(layout: Layout) -> None:
    sections = read_filing(layout.source).sections
    assert [(s.item, s.start, s.end) for s in sections] == [(item, *trimmed(layout, start, end)) for item, start, end in layout.items]


@pytest.mark.parametrize("layout", PLAIN, ids=name)
def test_plain_bodies_are_the_source(layout: Layout) -> None:
    assert all(s.text == layout.source[s.start : s.end] for s in read_filing(layout.source).sections)


@pytest.mark.parametrize("layout", HTML, ids=name)
def test_html_bodies_have_the_words_of_the_source(layout: Layout) -> None:
    for section in read_filing(layout.source).sections:
        words = unescape(re.sub(r"</?(?:p|br|div|td|tr|table|hr)\b[^>]*>", " ", layout.source[section.start : section.end]))
        assert section.text.split() == re.sub(r"<[^>]*>", "", words).split()


@pytest.mark.parametrize("marked", ["⟦5⟧x", "x⟦/⟧", "⟦five⟧x⟦/⟧", "⟦5⟧⟦7⟧x⟦/⟧⟦/⟧", "x", "⟦5⟧x⟦/⟧ ⟦"])
def test_marks_are_read_strictly(marked: str) -> None:
    with pytest.raises(ValueError, match="bad"):
        read_layout("bad", marked)

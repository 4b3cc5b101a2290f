"""No input breaks the reader or makes it slow."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.errors import DealtermsError
from dealterms.filings import deal_sections, decode, looks_like_filing, read_filing

# fmt: off
WORDS = [
    "Item 5. Other Events", "Item 5.", "ITEMS 1 through 4", "Item 1.01", "and", "(b)", "8.01 Other Events", "Item 9.01 Exhibits",
    "(continued)", "Not applicable", "SIGNATURES", "Pursuant to the requirements of the Securities Exchange Act", "EXHIBIT INDEX",
    "Exhibit 99.1", "FORM 8-K", "- 2 -", "-----", "Section 9 - Exhibits", "May 8, 2000", "date of report", "(Exact name of registrant",
    "Acme pays Beta.", "\n", "\n\n", "\r\n", "\t", " ",
]
TAGS = [
    "<DOCUMENT>", "<TYPE>8-K", "<TYPE>EX-99.1", "<TEXT>", "</TEXT>", "<SEC-HEADER>", "<PAGE>", "<p>", "</p>", "<table><tr><td>", "</td>",
    "<br>", "</table>", "<div style='display:none'>", "</div>", "<pre>", "</pre>", "<!--", "-->", "<script>", "&nbsp;", "&#0;",
    "&#x110000;", "&amp", "<", '="', "'>", "<ix:header>", "</ix:header>", "<title>", "\u200b", "\xa0", "\x00", "\ud800",
]
BYTES = [
    b"begin 644 x\n", b"end\n", b"%PDF", b"\x00", b"\xff\xfe", b"\xe9", b"<TYPE>8-K\n", b"a\n",
]
REPEATED = [
    "(", "<", "<table>", "<table><tr><td>", "<a ", '<a ="> "', "<p b='", "<!--", "<script>", "&", "&nbsp;", "<div style='display:none'>",
    "<b><i>x", "Item 5.\n", "Item 5. ", "Item 5. Other Events\n\n", "Items 1, 2 and 3\n", "i t e m ", "5. x\n",
    "Item 1.01 Entry into a Material Agreement and ", "SIGNATURES\n", "pursuant to the requirements of ", "-\n", "<PAGE>\n", "2\n",
    "<DOCUMENT>", "<DOCUMENT><TYPE>EX-99<TEXT>x", "begin 644 x\n", "A B:", "exhibit 99 and 99.1 ", "press release. ", " ", "\t",
    "exact name of registrant ",
]
# fmt: on


def read(text: str) -> None:
    looks_like_filing(text)
    with suppress(DealtermsError):
        filing = read_filing(text)
        assert all(0 <= section.start <= section.end <= len(text) for section in filing.sections + filing.exhibits)
        assert all(a.start <= b.start for a, b in zip(filing.sections, filing.sections[1:]))
        deal_sections(filing)


@settings(max_examples=200, deadline=None)
@given(st.text() | st.lists(st.sampled_from(WORDS + TAGS) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text(text: str) -> None:
    read(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(st.characters(exclude_characters="<"), max_size=3), max_size=40).map("".join))
def test_plain_sections_are_the_source(text: str) -> None:
    try:
        sections = read_filing(text).sections
    except DealtermsError:
        return
    assert all(text[section.start : section.end] == section.text for section in sections)


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.lists(st.sampled_from(BYTES)).map(b"".join))
def test_any_bytes(data: bytes) -> None:
    with suppress(DealtermsError):
        read(decode(data))


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("start", ["<p>FORM 8-K\nItem 5. Other Events\n", "FORM 8-K\nItem 5. Other Events\n"])
def test_time_is_linear(start: str, piece: str) -> None:
    """A quadratic step over so much text takes minutes."""
    text = start + piece * (200_000 // len(piece))
    begun = time.perf_counter()
    read(text)
    with suppress(DealtermsError):
        decode(text.encode())
    assert time.perf_counter() - begun < 10

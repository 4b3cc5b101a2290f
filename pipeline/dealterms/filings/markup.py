"""HTML to text as a browser would show it, each character with its place in the source.

The reader is written by hand because the offsets must be exact and hostile input must cost no more than linear time: it goes once
through the source, keeps no tree and does not recurse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape

# Gaps that wait for the next visible character; the widest one asked for wins.
_NOTHING, _SPACE, _CELL, _LINE, _PARAGRAPH = range(5)
_GAPS = ("", " ", "\t", "\n", "\n\n")

_BREAKS = {
    **dict.fromkeys(("p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "center", "pre"), _PARAGRAPH),
    **dict.fromkeys(("html", "body", "form", "section", "article", "header", "footer", "main", "figure", "page", "address"), _PARAGRAPH),
    **dict.fromkeys(("tr", "li", "dt", "dd", "hr", "caption", "thead", "tbody", "tfoot", "option", "legend"), _LINE),
    **dict.fromkeys(("td", "th"), _CELL),
}
_HIDDEN = frozenset(("head", "title", "noscript", "template", "ix:header", "ix:hidden", "ix:references", "ix:resources"))
_NEVER_HIDDEN = frozenset(("html", "body"))
_RAW = {tag: re.compile(rf"</{tag}\b", re.I) for tag in ("script", "style")}
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "page"))
# A second opening of these closes the first.
_UNNESTED = frozenset(("p", "li", "td", "th", "tr", "head", "title", "option"))

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]*)")
_QUOTE_OR_END = re.compile(r">|=\s{0,9}[\"']")
# No-break and other wide spaces indent and pad in filings: they are taken as plain ones.
_WIDE = "\xa0\u2000-\u200a\u202f\u205f\u3000"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
# A lone space between two words stays where it is, which keeps the segments few.
_LONE = r"(?<=[^\s>;\u200b\u2060\ufeff]) (?=[^\s<&])"
_PIECE = re.compile(rf"(?!{_LONE})[ \t\r\n\f{_WIDE}]+|[\u200b\u2060\ufeff]+|{_ENTITY}")
_PREFORMATTED = re.compile(_ENTITY)
_SPACES = re.compile(rf"[ \t\r\n\f{_WIDE}]*")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]+")
_UNSEEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)", re.I)
_HIDDEN_ATTRIBUTE = re.compile(r"\shidden(?=[\s=>/])", re.I)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_IN_LINE = re.compile(r"display\s{0,9}:\s{0,9}inline\b(?!-)", re.I)
_BLOCK = re.compile(r"display\s{0,9}:\s{0,9}(?:block|flex|table-row)\b|position\s{0,9}:\s{0,9}absolute", re.I)
_APART = re.compile(r"inline-block|inline-flex|table-cell", re.I)
_PADDED_LEFT = re.compile(r"(?:padding|margin)-left\s{0,9}:\s{0,9}[1-9]", re.I)
_PADDED_RIGHT = re.compile(r"(?:padding|margin)-right\s{0,9}:\s{0,9}[1-9]", re.I)
_HTML = re.compile(
    r"<(?:!doctype\s+html|/?(?:html|head|title|body|p|div|br|font|tr|td|span|pre|ul|ol|li|center|h[1-6]))\b[^<>]{0,2000}>", re.I
)


@dataclass
class Rendering:
    """Text and where each of its characters came from.

    Attributes
    ----------
    text : str
        What is shown.
    places : list of int
        Where the segments begin in ``text``, ascending.
    origins : list of int
        Where the segments begin in the source.
    ends : list of int
        Where the source of a segment's character ends, or 0 where each character stands for itself.
    """

    text: str
    places: list[int] = field(default_factory=lambda: [0])
    origins: list[int] = field(default_factory=lambda: [0])
    ends: list[int] = field(default_factory=lambda: [0])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the smallest range of the source that holds ``text[start:end]``."""
        if start >= end:
            place = self._range(start)[0]
            return place, place
        return self._range(start)[0], self._range(end - 1)[1]

    def _range(self, index: int) -> tuple[int, int]:
        segment = bisect_right(self.places, index) - 1
        origin = self.origins[segment]
        if self.ends[segment]:
            return origin, self.ends[segment]
        return origin + index - self.places[segment], origin + index - self.places[segment] + 1


def is_html(text: str) -> bool:
    """Tell HTML from plain text, which may hold the SGML tags of EDGAR such as ``<PAGE>`` and ``<TABLE>``.

    Examples
    --------
    >>> is_html("<P>Item 5.</P>"), is_html("<PAGE>  2\\n<TABLE><S><C>")
    (True, False)
    """
    return _HTML.search(text) is not None


def render(source: str, start: int = 0, end: int | None = None) -> Rendering:
    """Turn a stretch of a file into text.

    Parameters
    ----------
    source : str
        The file.
    start, end : int, optional
        The stretch; the whole file by default.

    Returns
    -------
    Rendering
        Plain text as it stands, HTML as a browser shows it: blocks on lines of their own with a blank line where a paragraph ends,
        cells apart by a tab, entities decoded, white space collapsed, nothing hidden shown.

    Examples
    --------
    >>> page = render("<p><b>Item</b> <b>5.</b></p><table><tr><td>&#149;</td><td>A&amp;B</td></tr></table>")
    >>> page.text
    'Item 5.\\n\\n•\\tA&B'
    >>> page.span(0, 7)
    (6, 20)
    """
    end = len(source) if end is None else end
    stretch = source[start:end]
    if not is_html(stretch):
        return Rendering(stretch, origins=[start])
    reader = _Reader(stretch, start)
    if not reader.read():
        # What was never closed hides nothing: otherwise one missing tag would swallow the document.
        reader = _Reader(stretch, start, reader.hidden_from)
        reader.read()
    return reader.rendering()


class _Reader:
    """One pass through HTML."""

    def __init__(self, source: str, shift: int, hiding_ends: int | None = None) -> None:
        self.source = source
        self.shift = shift
        self.hiding_ends = len(source) if hiding_ends is None else hiding_ends
        self.parts: list[str] = []
        self.length = 0
        self.places: list[int] = []
        self.origins: list[int] = []
        self.ends: list[int] = []
        self.gap = _NOTHING
        self.cell_gap: int | None = None
        self.line_breaks = 0
        self.preformatted = 0
        self.hidden_by = ""
        self.hidden_depth = 0
        self.hidden_from = 0
        self.closing: dict[str, list[int]] = {}
        self.quotes = True
        self.last = {mark: source.rfind(mark) for mark in (">", '"', "'", "-->")}

    def rendering(self) -> Rendering:
        if not self.places:
            return Rendering("", origins=[self.shift])
        return Rendering("".join(self.parts), self.places, self.origins, self.ends)

    def read(self) -> bool:
        """Read all; False if something hidden was still open at the end."""
        position = 0
        while position < len(self.source):
            mark = _MARKUP.search(self.source, position)
            if mark is None:
                self._text(position, len(self.source))
                break
            self._text(position, mark.start())
            position = self._markup(mark.start())
        return not self.hidden_by

    def _markup(self, start: int) -> int:
        """Read the tag, comment or declaration at ``start`` and return where it ends."""
        source = self.source
        if source.startswith("<!--", start):
            return source.index("-->", start) + 3 if start < self.last["-->"] else start + 4
        name = _NAME.match(source, start)
        end = self._tag_end(start, name is not None)
        if end < 0:
            self._emit(start, start + 1)
            return start + 1
        if name is None:
            return end
        tag = name.group(1).lower()
        if source[start + 1] == "/":
            self._close(tag)
            return end
        self._open(tag, source[name.end() : end], start)
        if tag in _RAW:
            closing = _RAW[tag].search(source, end)
            return closing.start() if closing else len(source)
        return end

    def _tag_end(self, start: int, quotable: bool) -> int:
        """Find where a tag ends, minding quoted values; -1 where it does not."""
        if start > self.last[">"]:
            return -1
        position = start
        while self.quotes and quotable:
            mark = _QUOTE_OR_END.search(self.source, position)
            if mark is None:
                # All that follows is inside odd quotes: from here on take tags at face value.
                self.quotes = False
                break
            if mark.group() == ">":
                return mark.end()
            quote = mark.group()[-1]
            position = mark.end()
            if position <= self.last[quote]:
                position = self.source.index(quote, position) + 1
        return self.source.index(">", start) + 1

    def _open(self, tag: str, attributes: str, start: int) -> None:
        if self.hidden_by and not self._shown_again(tag, attributes):
            return
        hideable = start < self.hiding_ends and tag not in _VOID and not attributes.endswith("/>")
        if hideable and (tag in _HIDDEN or (tag not in _NEVER_HIDDEN and _is_unseen(attributes))):
            self.hidden_by, self.hidden_depth, self.hidden_from = tag, 1, start
            self.gap = max(self.gap, _BREAKS.get(tag, _NOTHING))
            return
        before, after = _gaps(tag, attributes)
        if tag not in _VOID and ("=" in attributes or tag in self.closing):
            self.closing.setdefault(tag, []).append(after)
        if tag == "br":
            self.line_breaks += 1
            before = _LINE if self.line_breaks == 1 else _PARAGRAPH
        elif tag == "pre":
            self.preformatted += 1
        elif tag in ("table", "tr"):
            self.cell_gap = None
        self.gap = max(self.gap, before)
        if tag in ("td", "th"):
            self.cell_gap = self.gap

    def _shown_again(self, tag: str, attributes: str) -> bool:
        """Tell whether a tag that opens ends what is hidden."""
        again = tag == self.hidden_by
        if again and tag not in _UNNESTED:
            self.hidden_depth += not attributes.endswith("/>")
        elif again or (self.hidden_by == "head" and tag == "body"):
            self.hidden_by = ""
        return not self.hidden_by

    def _close(self, tag: str) -> None:
        if self.hidden_by:
            if tag == self.hidden_by:
                self.hidden_depth -= 1
                if not self.hidden_depth:
                    self.hidden_by = ""
            return
        opened = self.closing.get(tag)
        after = opened.pop() if opened else _BREAKS.get(tag, _NOTHING)
        if tag in ("td", "th"):
            # Paragraphs that only fill a cell do not break its row.
            self.gap, self.cell_gap = _CELL if self.cell_gap is None else self.cell_gap, None
        elif tag == "pre" and self.preformatted:
            self.preformatted -= 1
        self.gap = max(self.gap, after)

    def _text(self, start: int, end: int) -> None:
        """Take the text between two tags."""
        if self.hidden_by or start == end:
            return
        position = start
        for piece in (_PREFORMATTED if self.preformatted else _PIECE).finditer(self.source, start, end):
            self._emit(position, piece.start())
            position = piece.end()
            shown = unescape(piece.group())
            if _SPACES.fullmatch(shown):
                self.gap = max(self.gap, _SPACE)
            elif not _INVISIBLE.fullmatch(shown):
                self._emit(piece.start(), position, None if shown == piece.group() else shown)
        self._emit(position, end)

    def _emit(self, start: int, end: int, shown: str | None = None) -> None:
        """Put out visible characters: as they are, or as what they stand for."""
        if start == end or self.hidden_by:
            return
        gap = self.gap if self.cell_gap is None else self.cell_gap
        if gap and self.length:
            self._append(_GAPS[gap], start, start, stands=True)
        self.gap, self.cell_gap, self.line_breaks = _NOTHING, None, 0
        self._append(self.source[start:end] if shown is None else shown, start, end, stands=shown is not None)

    def _append(self, words: str, start: int, end: int, stands: bool) -> None:
        """Add to the text; a new segment begins unless this one goes on where the last one ended."""
        origin = start + self.shift
        if stands or not self.places or self.ends[-1] or origin - self.origins[-1] != self.length - self.places[-1]:
            self.places.append(self.length)
            self.origins.append(origin)
            self.ends.append(end + self.shift if stands else 0)
        self.parts.append(words)
        self.length += len(words)


def _is_unseen(attributes: str) -> bool:
    if "=" not in attributes and "hidden" not in attributes.lower():
        return False
    return _UNSEEN.search(attributes) is not None or (
        _HIDDEN_ATTRIBUTE.search(attributes) is not None and _HIDDEN_ATTRIBUTE.search(_VALUE.sub("", attributes)) is not None
    )


def _gaps(tag: str, attributes: str) -> tuple[int, int]:
    """Give the gaps that a tag asks for where it opens and where it closes."""
    gap = _BREAKS.get(tag, _NOTHING)
    if gap == _PARAGRAPH:
        gap = _SPACE if _IN_LINE.search(attributes) else gap
    elif not gap and "=" in attributes:
        if _BLOCK.search(attributes):
            return _PARAGRAPH, _PARAGRAPH
        apart = _APART.search(attributes)
        return (
            _SPACE if apart or _PADDED_LEFT.search(attributes) else _NOTHING,
            _SPACE if apart or _PADDED_RIGHT.search(attributes) else _NOTHING,
        )
    return gap, gap

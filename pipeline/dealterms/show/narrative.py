"""The text of a deal as HTML, its evidence marked: the text of the element is the text of the deal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup

from dealterms.show.records import Place, Row
from dealterms.show.segments import Segment, segments_of

_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_POINT = re.compile(r"\s*(?:[-*•·]|o|\(?\w{1,3}[.)])\s")
_UNSHOWABLE = re.compile("[\x00\ud800-\udfff]")
_SPECIAL = re.compile("([\r\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])\\1*")
_FULL_LINE = range(45, 121)
_FILLED = 0.6
_MOST_TOLD = 20


def narrative(text: str, rows: list[Row]) -> Markup:
    """Mark the evidence in a text.

    Parameters
    ----------
    text : str
        The text of the deal.
    rows : list of Row
        Its records.

    Returns
    -------
    Markup
        Paragraphs. Their text is the text given, but for what HTML cannot hold: a null character and half a surrogate pair
        become U+FFFD. Each of a record's places has an element with its id and one link to its row that the keyboard reaches.

    Examples
    --------
    >>> print(narrative("a < b", []))
    <p class="filled">a &lt; b</p>
    """
    places = [place for row in rows for place in row.places]
    opening = {start: Markup('<p class="filled">') if _is_filled(text[start:end]) else Markup("<p>") for start, end in _paragraphs(text)}
    html: list[Markup] = []
    for segment in segments_of(0, len(text), places, opening):
        if segment.start in opening:
            html += [Markup("</p>")] * bool(html) + [opening[segment.start]]
        html.append(_segment(text, segment))
    return Markup("").join(html + [Markup("</p>")] * bool(html))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the paragraphs, without gaps: the white space around belongs to them."""
    lead = len(text) - len(text.lstrip())
    starts = [match.end() for match in _BLANK_LINES.finditer(text, lead) if match.end() < len(text)]
    yield from zip([0, *starts], [*starts, len(text)])


def _is_filled(paragraph: str) -> bool:
    """Whether its lines were only broken because they were full, so that they may be broken elsewhere."""
    lines = paragraph.strip().splitlines() or [""]
    longest = max(len(line.strip()) for line in lines)
    if len(lines) == 1 or "\t" in paragraph or any(_POINT.match(line) for line in lines[1:]):
        return len(lines) == 1
    return longest in _FULL_LINE and all(len(line.strip()) >= _FILLED * longest for line in lines[:-1])


def _segment(text: str, segment: Segment) -> Markup:
    words = characters(text[segment.start : segment.end])
    if not segment.over:
        return words
    shown, *under = segment.over
    told = segment.over[:_MOST_TOLD]
    mark = Markup('<mark class="{}"{} data-of="{}"><a href="#{}" title="{}"{}>{}</a></mark>').format(
        " ".join(_classes(shown, under)),
        Markup(' id="{}"').format(shown.id) if shown in segment.begin else "",
        " ".join(place.id for place in told),
        shown.row.id,
        "\n".join(dict.fromkeys(place.row.told for place in told)),
        _number(shown) if shown in segment.finish else Markup(' tabindex="-1"'),
        words,
    )
    for place in segment.begin:
        if place is not shown:
            mark = Markup('<span id="{}">{}</span>').format(place.id, mark)
    return Markup("").join([mark, *(_lone_number(place) for place in segment.finish if place is not shown)])


def _classes(shown: Place, under: list[Place]) -> Iterator[str]:
    yield shown.row.group
    yield from ("doubtful",) * shown.row.doubtful
    yield from ("background",) * shown.row.background
    yield from (f"under-{level}-{place.row.group}" for level, place in enumerate(under[:2], 1))


def _number(place: Place) -> Markup:
    """Give the attribute that shows the record's number behind the words, without being text of the narrative."""
    return Markup(' data-number="{}{}"').format(place.row.number, "?" if place.row.doubtful else "")


def _lone_number(place: Place) -> Markup:
    """Give a link for a record whose last words show another one."""
    told = place.row.told
    return Markup('<a class="number {}" href="#{}" aria-label="{}" title="{}"{}></a>').format(
        place.row.group, place.row.id, told, told, _number(place)
    )


def characters(text: str) -> Markup:
    """Escape a text, and show the characters that would turn its direction or are not seen.

    Examples
    --------
    >>> print(characters("<b>\\u202e\\r"))
    &lt;b&gt;<span class="character" data-code="U+202E" title="right-to-left override">\u202e</span>&#13;
    """
    text = _UNSHOWABLE.sub("\ufffd", text)
    parts, position = [], 0
    for match in _SPECIAL.finditer(text):
        parts += [Markup.escape(text[position : match.start()]), _special(match.group())]
        position = match.end()
    return Markup("").join([*parts, Markup.escape(text[position:])])


def _special(run: str) -> Markup:
    """Write one of these characters, however often it stands there."""
    if run[0] == "\r":  # as it stands, a browser would read it as the end of a line
        return Markup("&#13;" * len(run))
    code = f"U+{ord(run[0]):04X}{f' x {len(run)}' if len(run) > 1 else ''}"
    name = unicodedata.name(run[0], "control character").lower()
    return Markup('<span class="character" data-code="{}" title="{}">{}</span>').format(code, name, run)

"""The headings of a Form 8-K's items: which mentions of items are one, and where their words end.

An item is named in headings and in sentences. A heading begins its line; a sentence goes on in small letters, or the line before it
runs on into it. The title that the form prescribes tells most: a heading with it may also follow other words on its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dealterms.filings.numbers import Numbers, read_numbers, skip_parts
from dealterms.filings.scan import SPACE, one_line, skip, spaced
from dealterms.filings.titles import Title, is_prose, read_title

_MENTION = re.compile(rf"(?<![^\W_])[I1l|]{SPACE}?{spaced('tem')}(?:{SPACE}?\(?s\)?)?(?![^\W\d_])", re.I)
# A few filers leave the word out: "8.01 Other Events".
_BARE = re.compile(r"^[ \t\xa0(]*(?=\d)", re.M)

# What may stand between two headings in one line.
_JOINT = re.compile(r"[\s,;&/–—-]{0,9}(?:and\b|or\b)?\s{0,9}", re.I)
_SPACED = re.compile(r"(?:\t|\s{2}|[.:;)\]*_-]\s+)$")
_SECTION = re.compile(r"[^\w\n]*section\s+\d{1,2}\b[^\n]{0,120}$", re.I)
# How a line ends that runs on into the next, and how one that does not.
_RUNS_ON = re.compile(
    r"""
    (?<![\w/.])(?:in|under|of|to|and|or|see|with|by|this|the|that|pursuant|at|for|from|per|also|into|as|than|each|both|response|part
        |amended|amends|amend|amending|entitled|captioned|through|forth|on|a|an)$
    | [,"“‘(&/]$
    """,
    re.I | re.X,
)
_ENDED = re.compile(r"[.:;!?)\]\"”’*_=>|-]\s*$")
_MARKER = re.compile(r"[^\w\n]*(?:</?page>|page\b|\d{1,3}[^\w\n]*$)", re.I)

# What may stand between the numbers and the title, and after the title: "under Item 12", a remark in brackets that ends the line,
# "(continued)", marks.
_PUNCTUATION = re.compile(r"[^\w\n(\[\"“‘'$£€•·●▪■☐☒<]*")
_CLOSING = re.compile(
    rf"""
    (?:{SPACE}+(?:under|pursuant{SPACE}+to){SPACE}+item{SPACE}+\d{{1,2}}(?:\.\d\d)?)?
    [.:;,*†)\]"”_=–—-]*
    (?:{SPACE}*\((?!not\b|none|n/a)[^()\n]{{5,80}}\)(?=[.:]?\s*\n))?
    (?:{SPACE}*\(?cont(?:inued|['’]d|d|\.)\.?\)?)?
    (?:{SPACE}*[.:;*†_=–—-])*
    """,
    re.I | re.X,
)
_TITLE_ENDS = re.compile(rf"{SPACE}*(?:[.:;,(–—-]|\s{{2}}|\t|\n|\Z)")
_CONTINUED = re.compile(r"\bcont(?:inued|['’]d|d\.)", re.I)
# How a sentence goes on that quotes a heading or names an item.
_QUOTED = re.compile(r"[.,]?[\"”’']\s+[a-z]")
_SAYS = re.compile(r"[\s,]*(?:is|are|was|were|shall|has|have|will|above|below|here\w+|which|of\s+(?:this|the|our|its))\b")
_NOT_APPLICABLE = re.compile(
    r"(?:(?:is|are)\s+)?(?:not\s+applicable|inapplicable|none|n/?a|omitted|nothing|no\s+(?:change|event|report)|not\s+required)\b", re.I
)
# Items of Forms 10-K and 10-Q, which an 8-K may quote.
_OTHER_FORM = re.compile(
    r"""
    business\b | properties | legal\s+proceedings | selected | management | market\s+(?:for|risk) | quantitative | controls | risk\s+factors
    | unresolved | directors | executive\s+comp | security\s+ownership | certain\s+relation | principal\s+account
    | financial\s+(?:statements|information) | submission\s+of\s+matters | defaults | exhibits | unregistered | changes\s+in\s+securities
    | description\s+of\s+(?:property|business)
    """,
    re.I | re.X,
)
_OWN_TITLE = re.compile(r"[^\n]{0,120}(?=\n|\Z)")
_WORD = re.compile(r"[^\W_]")
_RULE = " \t\r\xa0-=_*<>"
_BULLETS = "(•·●▪■☐☒<"
# Lines of prose are at least so long before they are broken.
_PROSE_LINE = 50
_REACH = 300


@dataclass(frozen=True)
class Heading:
    """A heading.

    Attributes
    ----------
    items : tuple of str
        The items it names.
    start, end : int
        Where it begins, and where the body after it may.
    title : str
        Its words after the numbers, in one line.
    titled : bool
        Whether those are the words that the form prescribes.
    continued : bool
        Whether it only says that the item goes on.
    """

    items: tuple[str, ...]
    start: int
    end: int
    title: str
    titled: bool
    continued: bool = False


def find_headings(text: str) -> list[Heading]:
    """Find the headings of items.

    Parameters
    ----------
    text : str
        The text of a Form 8-K.

    Returns
    -------
    list of Heading
        In order, among them those of a table of contents. Where there is none at all, lines that only begin as a heading does are
        taken for one, and then numbered titles without the word "Item".

    Examples
    --------
    >>> text = "Items 1 through 3. Not applicable.\\n\\nItem 5. Other Events.\\n\\nSee also Item 7 below.\\n"
    >>> [(heading.items, heading.title) for heading in find_headings(text)]
    [(('1', '2', '3'), ''), (('5',), 'Other Events')]
    """
    return _find(text, _MENTION, strict=True) or _find(text, _MENTION, strict=False) or _find(text, _BARE, strict=True)


def _find(text: str, mentions: re.Pattern[str], strict: bool) -> list[Heading]:
    found: list[Heading] = []
    for mention in mentions.finditer(text):
        done = found[-1].end if found else 0
        if mention.start() >= done:
            heading = _heading(text, mention, _place(text, mention.start(), done), strict)
            if heading is not None:
                found.append(heading)
    return found


@dataclass(frozen=True)
class _Place:
    """Where a mention stands.

    ``start`` is where its heading would begin; ``first`` says that this is where a line does, ``apart`` that the line above is empty,
    ``runs_on`` that a sentence before it may go on, ``joined`` that another heading ends right before it, ``spaced`` that a stop or a
    wide space sets it off from other words of its line.
    """

    start: int
    first: bool = False
    apart: bool = False
    runs_on: bool = False
    joined: bool = False
    spaced: bool = False


def _place(text: str, start: int, done: int) -> _Place:
    """Look at what is before a mention; ``done`` is where the last heading ends."""
    reach = max(0, start - _REACH)
    line = max(text.rfind("\n", reach, start) + 1, reach)
    before = text[line:start]
    joined = 0 < start - done < 30 and done > 0 and _JOINT.fullmatch(text, done, start) is not None
    if _WORD.search(before) and not _SECTION.match(before):
        return _Place(start, runs_on=_runs_on(before), joined=joined, spaced=_SPACED.search(before[-9:]) is not None)
    above = text[max(0, line - _REACH, done) : line]
    neighbour = above.rsplit("\n", 2)[-2] if "\n" in above else ""
    apart = not neighbour.strip(_RULE) or _MARKER.match(neighbour) is not None
    wrapped = not apart and len(neighbour.strip()) >= _PROSE_LINE and not _ENDED.search(neighbour)
    return _Place(line, first=True, apart=apart, runs_on=_runs_on(above) or wrapped, joined=joined)


def _runs_on(words: str) -> bool:
    return _RUNS_ON.search(words.rstrip()[-20:]) is not None


def _heading(text: str, mention: re.Match[str], place: _Place, strict: bool) -> Heading | None:
    """Read a mention as a heading, if it is one."""
    small = mention.group()[:1].islower()
    if not (place.first or place.joined or (place.spaced and not small and not place.runs_on)):
        return None
    numbers = read_numbers(text, mention.end())
    if numbers is None:
        return None
    begin, title = _begin(text, numbers)
    if title is None and (not numbers.sure or mention.re is _BARE):
        return None
    if title is not None and (_QUOTED.match(text, title.end) or (title.runs_on and _SAYS.match(text, title.end))):
        return None
    if not strict:
        accepted = place.first and not small
    elif title is not None:
        accepted = _is_titled_heading(text, place, title)
    else:
        accepted = not small and _is_untitled_heading(text, place, begin)
    if not accepted:
        return None
    end = _own_title(text, begin) if title is None else skip(_CLOSING, text, title.end)
    words = text[begin:end] if title is None else text[title.start : title.end]
    continued = _CONTINUED.search(text, begin, min(len(text), end + 1)) is not None
    return Heading(numbers.items, place.start, end, one_line(words), title is not None, continued)


def _begin(text: str, numbers: Numbers) -> tuple[int, Title | None]:
    """Find where a title may begin after the numbers, and the title if it is the prescribed one."""
    after_parts = skip_parts(text, numbers.end)
    for place in dict.fromkeys((after_parts, numbers.end)):
        begin = skip(_PUNCTUATION, text, place)
        title = read_title(text, begin, numbers.items)
        if title is not None:
            return begin, title
    # "Item 5.02(b)" is all heading, "Item 5. (b)" is not.
    attached = text[numbers.end : numbers.end + 1] == "("
    return skip(_PUNCTUATION, text, after_parts if attached else numbers.end), None


def _is_titled_heading(text: str, place: _Place, title: Title) -> bool:
    if place.first:
        return place.joined or place.apart or not place.runs_on
    return place.joined or (title.strong > 1 and _TITLE_ENDS.match(text, title.end) is not None)


def _is_untitled_heading(text: str, place: _Place, begin: int) -> bool:
    if not place.first or place.runs_on:
        return False
    rest = text[begin : begin + _REACH].split("\n", 1)[0].strip()
    if _NOT_APPLICABLE.match(rest):
        return True
    return place.apart and not rest[:1].islower() and not _OTHER_FORM.match(rest)


def _own_title(text: str, begin: int) -> int:
    """Find where a title in the filer's own words ends; ``begin`` itself where the body follows at once."""
    line = _OWN_TITLE.match(text, begin)
    rest = line.group().strip() if line else ""
    if line is None or not rest or rest[0] in _BULLETS or is_prose(rest):
        return begin
    below = text[line.end() + 1 : line.end() + 80].split("\n", 1)[0]
    return begin if below.strip(_RULE) else line.end()

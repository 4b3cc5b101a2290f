"""The sections of a Form 8-K that can tell of a deal, and the press releases they point to."""

from __future__ import annotations

import re
from dataclasses import replace

from dealterms.errors import NoDealItemError
from dealterms.filings.records import Filing, Section

#: Other events; agreements made and ended, acquisitions completed, Regulation FD disclosure, other events.
DEAL_ITEMS = frozenset(("5", "1.01", "1.02", "2.01", "7.01", "8.01"))

_NOTHING = re.compile(r"\W*(?:(?:is|are)\s+)?(?:not\s+applicable|inapplicable|none|n/?a|omitted|nothing\s+to\s+report|reserved)?\W*", re.I)
_POINTS = re.compile(r"\b(?:attached|incorporated|filed|furnished|annexed|included|appended|enclosed|set\s+forth|contained|see)\b", re.I)
_RELEASE = re.compile(r"\b(?:press|news)\s+release|\bannounce|\bexhibits?\b", re.I)
_TERMS = re.compile(
    r"[$£€¥]\s?\d|\d\s?%|\b(?:million|billion|percent|royalt|milestone|upfront|up-front|per\s+share|exclusive|licen[sc]e[ds]?\b)", re.I
)
_SENTENCE = re.compile(r"[^.]*(?:\.(?!\s)[^.]*)*\.?\s*")
# What lawyers add to any pointer, and what tells nothing of a deal.
_BOILERPLATE = re.compile(
    r"deemed|section\s+(?:18|21e|27a)\b|general\s+instruction|forward[- ]looking|private\s+securities"
    r"|incorporated\s+by\s+reference\s+(?:in|into)\s+any",
    re.I,
)
_POINTER_WORDS = 90
_POINTER_REACH = 8_000

_NUMBER = r"99(?:\W{0,2}(?:\d{1,2}|[a-z]\b))?"
_NUMBERS = re.compile(
    rf"\bex(?:hibits?|\.)?\W{{0,3}}(?:nos?\.?\W{{0,3}})?({_NUMBER}(?:\W{{0,3}}(?:and|through|to|,|&|-)\W{{0,3}}{_NUMBER})*)", re.I
)
_ONE_NUMBER = re.compile(_NUMBER, re.I)


def deal_sections(filing: Filing) -> tuple[Section, ...]:
    """Give the sections that can tell of a deal.

    Parameters
    ----------
    filing : Filing
        A filing that ``read_filing`` read.

    Returns
    -------
    tuple of Section
        Items 5, 1.01, 1.02, 2.01, 7.01 and 8.01 that are not just "not applicable", each body once. Where an item only points to a press
        release, and wherever ``filing.prefer_exhibits`` asks for it, the EX-99 documents it names take its place, their type as title.

    Raises
    ------
    NoDealItemError
        There is none.

    Examples
    --------
    >>> from dealterms.filings import read_filing
    >>> filing = read_filing("FORM 8-K\\n\\nItem 5. Other Events.\\n\\nAcme licensed a drug to Beta.\\n\\nItem 7. Exhibits.\\n\\nNone.\\n")
    >>> [section.text for section in deal_sections(filing)]
    ['Acme licensed a drug to Beta.']
    """
    bodies: dict[tuple[int, int], Section] = {}
    for section in filing.sections:
        if section.item in DEAL_ITEMS and not _NOTHING.fullmatch(section.text[:200]):
            bodies.setdefault((section.start, section.end), section)
    if not bodies:
        items = ", ".join(dict.fromkeys(section.item for section in filing.sections))
        raise NoDealItemError(f"no item of the filing can tell of a deal (it has {items})", "give its narrative alone, as text")
    named_by = [_named(section.text, filing) for section in bodies.values()]
    if filing.prefer_exhibits and filing.exhibits and not any(named_by):
        named_by[0] = [filing.exhibits[0]]
    found: list[Section] = []
    used: set[int] = set()
    for section, named in zip(bodies.values(), named_by):
        if not named:
            found.append(section)
        for exhibit in named:
            if exhibit.start not in used:
                used.add(exhibit.start)
                found.append(replace(exhibit, item=section.item, title=exhibit.item))
    return tuple(found)


def is_pointer(body: str) -> bool:
    """Tell whether an item's body says no more than where the press release is.

    Parameters
    ----------
    body : str
        The body of an item.

    Returns
    -------
    bool
        True for a short body that names a release or exhibit, says that it is attached, and tells no terms itself.

    Examples
    --------
    >>> is_pointer("The press release of May 8, 2000 is attached hereto as Exhibit 99.1 and incorporated by reference.")
    True
    >>> is_pointer("Acme will pay Beta $5 million, as the press release attached as Exhibit 99.1 says.")
    False
    """
    if len(body) > _POINTER_REACH:
        return False
    told = _told(body)
    return len(told.split()) <= _POINTER_WORDS and bool(_POINTS.search(told) and _RELEASE.search(told)) and not _TERMS.search(told)


def _told(body: str) -> str:
    return "".join(sentence for sentence in _SENTENCE.findall(body) if not _BOILERPLATE.search(sentence))


def _named(body: str, filing: Filing) -> list[Section]:
    """Give the exhibits that shall take a body's place: those that it names, or else the first one if it speaks of a release."""
    if not filing.exhibits or not (filing.prefer_exhibits or is_pointer(body)):
        return []
    told = _told(body)
    numbers = {_plain(number) for match in _NUMBERS.finditer(told) for number in _ONE_NUMBER.findall(match.group(1))}
    named = [exhibit for exhibit in filing.exhibits if _plain(exhibit.item.removeprefix("EX-")) in numbers]
    return named or ([filing.exhibits[0]] if numbers or _RELEASE.search(told) else [])


def _plain(number: str) -> str:
    """Bring "99.1", "99(1)" and "99.01" to one form.

    Examples
    --------
    >>> _plain("99.01"), _plain("99.(A)"), _plain("99")
    ('991', '99a', '99')
    """
    return re.sub(r"(?<=^99)0+", "", re.sub(r"[\W_]", "", number.lower()))

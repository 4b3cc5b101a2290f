"""What the cover page of a Form 8-K tells, and how to know a filing by it."""

from __future__ import annotations

import re

from dealterms.filings.markup import render
from dealterms.normalize.dates import parse_date

#: How much of a document may be its cover page.
COVER = 8_000

_REGISTRANT = re.compile(r"\(?\s{0,9}exact\s+name\s+of\s+(?:the\s+)?(?:registrant|company|issuer|small\s+business|co-?registrant)", re.I)
_NAME_AFTER = re.compile(r"[^\n]{0,80}?charter\)?[ \t]*:[ \t]*([^\n]{1,120})", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_NOT_NAME = re.compile(r"date\s+of\s+(?:the\s+)?(?:report|earliest)|commission\s+file|current\s+report|act\s+of\s+1934|^\(|\d{4}\s*$", re.I)
_STATE = re.compile(r"\s*[\\/][A-Z]{2,5}[\\/]?\s*$")
_EVENT = re.compile(r"date\s+of\s+(?:the\s+)?(?:report|earliest\s+event)", re.I)
_EIGHT_K = re.compile(r"\bform\s{1,9}(8\s?-?\s?k(?:\s?/\s?a|12\w\d?|15\w\d?)?)(?![^\W_])", re.I)
_OTHER_FORM = re.compile(
    r"^[^\w\n]{0,60}form\s+(10-?[KQ]\w{0,5}|20-F|40-F|6-K|11-K|S-\d{1,2}|F-\d{1,2}|SB-2|N-\w{1,6})(?:/A)?[^\w\n]{0,60}$", re.I | re.M
)
_SUBMISSION = re.compile(r"<(?:SEC|IMS)-(?:HEADER|DOCUMENT)>|^<TYPE>[ \t]*8-K|^[ \t]*CONFORMED SUBMISSION TYPE:", re.I | re.M)
_MARKS = tuple(
    re.compile(mark, re.I)
    for mark in (
        r"exact name of (?:the )?(?:registrant|company|issuer|small business)",
        r"date of (?:the )?(?:report|earliest event)",
        r"sections? 13 (?:or|and|or section) 15 ?\(d\)",
        r"commission file",
        r"employer (?:identification|i\.? ?d\.?)",
        r"address of (?:\w+'?s? )?principal executive",
        r"securities and exchange commission",
        r"current report",
    )
)
_ENOUGH = 3
_SUBMISSION_REACH = 20_000
_SOURCE_REACH = 200_000


def looks_like_filing(text: str) -> bool:
    """Tell a filing as EDGAR serves it from a bare narrative or any other page.

    Parameters
    ----------
    text : str
        The file.

    Returns
    -------
    bool
        True for a submission with its SGML header or document tags, and for the main document of a Form 8-K, known by its cover page.
        A submission of another form is a filing as well: ``read_filing`` will name its form.

    Examples
    --------
    >>> looks_like_filing("<DOCUMENT>\\n<TYPE>8-K\\n<TEXT>\\nItem 5. Other Events")
    True
    >>> looks_like_filing("Acme said in its Form 8-K that it will pay Beta $5 million.")
    False
    """
    if _SUBMISSION.search(text, 0, _SUBMISSION_REACH):
        return True
    cover = " ".join(render(text, 0, min(len(text), _SOURCE_REACH)).text[:COVER].split())
    return _EIGHT_K.search(cover) is not None and sum(mark.search(cover) is not None for mark in _MARKS) >= _ENOUGH


def cover_form(cover: str) -> str | None:
    """Read the form's name.

    Examples
    --------
    >>> cover_form("FORM 8 - K/A\\nCURRENT REPORT"), cover_form("Form 10-Q\\nQuarterly Report"), cover_form("our Form 10-Q says")
    ('8-K/A', '10-Q', None)
    """
    eight, other = _EIGHT_K.search(cover), _OTHER_FORM.search(cover)
    if other and not (eight and eight.start() < other.start()):
        return other.group(1).upper()
    return re.sub(r"^8-?K", "8-K", re.sub(r"\s", "", eight.group(1)).upper()) if eight else None


def cover_registrant(cover: str, company: str | None = None) -> str | None:
    """Read the registrant's name, which stands above "(Exact name of registrant as specified in its charter)".

    Parameters
    ----------
    cover : str
        The cover page.
    company : str, optional
        The name in the SGML header, which EDGAR shortens. It is taken where the cover page tells none, or one that begins otherwise.

    Returns
    -------
    str or None
        The name in the filer's own spelling if possible.

    Examples
    --------
    >>> cover = "FORM 8-K\\n\\n  Acme Pharma, Inc.\\n  -----------\\n(Exact name of registrant as specified in its charter)"
    >>> cover_registrant(cover)
    'Acme Pharma, Inc.'
    >>> cover_registrant(cover, "ACME PHARMA INC /DE/"), cover_registrant(cover, "BETA CORP /DE/")
    ('Acme Pharma, Inc.', 'BETA CORP')
    """
    name = _name(cover)
    if company and (name is None or _first_word(name) != _first_word(company)):
        return _STATE.sub("", company)
    return name


def _name(cover: str) -> str | None:
    match = _REGISTRANT.search(cover)
    if match is None:
        return None
    after = _NAME_AFTER.match(cover, match.end())
    lines = cover[max(0, match.start() - 500) : match.start()].split("\n")[::-1]
    name = next((line.strip() for line in ([after.group(1)] if after else []) + lines if _LETTER.search(line)), None)
    if name is None or _NOT_NAME.search(name):
        return None
    return " ".join(name.split()).strip(" _-:*") or None


def _first_word(name: str) -> str:
    words = [word for word in re.findall(r"[^\W_]+", name.lower()) if word != "the"]
    return words[0] if words else ""


def cover_period(cover: str) -> str | None:
    """Read the date of the earliest event reported.

    Examples
    --------
    >>> cover_period("Date of Report (Date of earliest event reported): May 10, 2000 (May 8, 2000)")
    '2000-05-08'
    >>> cover_period("May 8, 2000\\n(Date of earliest event reported)")
    '2000-05-08'
    """
    match = _EVENT.search(cover)
    if match is None:
        return None
    after = _REGISTRANT.split(cover[match.start() : match.start() + 250], maxsplit=1)[0]
    for words in (after, cover[max(0, match.start() - 120) : match.start()]):
        dates = [date for part in re.split(r"[()]", words) if (date := parse_date(part)) and len(date) == 10]
        if dates:
            return min(dates[:2])
    return None

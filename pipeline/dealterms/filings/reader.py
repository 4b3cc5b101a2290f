"""A filing from its text: the header, the items of the report, the press releases attached."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from dealterms.errors import InputError, NoDealItemError
from dealterms.filings.bodies import find_index, find_signatures, trim
from dealterms.filings.cover import COVER, cover_form, cover_period, cover_registrant
from dealterms.filings.header import read_header
from dealterms.filings.headings import Heading, find_headings
from dealterms.filings.markup import Rendering, render
from dealterms.filings.records import Filing, Header, Section
from dealterms.filings.submission import Document, split_documents
from dealterms.filings.titles import RENUMBERED, RENUMBERED_FOR_ALL

_EMPTY = re.compile(r"[\W\d_]*(?:page|and|or)?[\W\d_]*", re.I)
_EMPTY_LENGTH = 200
_UNDER_CONTENTS = re.compile(
    r"exact\s+name\s+of|commission\s+file|securities\s+and\s+exchange\s+commission|^[^\w\n]{0,40}(?:signatures?|ex-\d)", re.I | re.M
)
_CONTENTS_LENGTH = 20
_STACK = 3

_Body = tuple[Heading, tuple[int, int]]


def read_filing(text: str, *, exhibits: bool = False) -> Filing:
    """Read a Form 8-K.

    Parameters
    ----------
    text : str
        A full submission, or the main document alone, as EDGAR serves it.
    exhibits : bool, optional
        Whether the press releases attached shall be the narrative even where the items themselves tell the deal.

    Returns
    -------
    Filing
        Header, registrant, items and EX-99 exhibits.

    Raises
    ------
    InputError
        The text is empty or another form than 8-K.
    NoDealItemError
        It has no recognisable item.

    Examples
    --------
    >>> filing = read_filing("FORM 8-K\\n\\nItem 5. Other Events.\\n\\nAcme licensed a drug to Beta.\\n\\nSIGNATURES\\n")
    >>> filing.header.form, [(section.item, section.title, section.text) for section in filing.sections]
    ('8-K', [('5', 'Other Events', 'Acme licensed a drug to Beta.')])
    """
    if not text.strip():
        raise InputError("the text is empty", "give a Form 8-K")
    header = read_header(text)
    documents = split_documents(text)
    main = next((document for document in documents if document.type.startswith("8-K")), documents[0])
    header = replace(header, form=header.form or main.type or None)
    _check_form(header.form)
    page = render(text, main.start, main.end)
    cover = page.text[:COVER]
    header = replace(header, form=header.form or cover_form(cover), period=header.period or cover_period(cover))
    _check_form(header.form)
    sections = _sections(page, header)
    if not sections:
        raise NoDealItemError("no item was recognised in the filing", "give the main document of a Form 8-K, or its narrative alone")
    releases = tuple(_exhibit(text, document) for document in documents if document.type.startswith("EX-99"))
    return Filing(header, cover_registrant(cover, header.company), sections, releases, exhibits)


def _check_form(form: str | None) -> None:
    if form and not form.startswith("8-K"):
        raise InputError(f"the filing is a Form {form}, not a Form 8-K", "give a Form 8-K, or a narrative alone")


def _exhibit(text: str, document: Document) -> Section:
    page = render(text, document.start, document.end)
    start, end = trim(page.text, 0, len(page.text))
    return Section(document.type, document.description, *page.span(start, end), page.text[start:end])


def _sections(page: Rendering, header: Header) -> tuple[Section, ...]:
    """Give each item its section."""
    headings = _of_one_era(find_headings(page.text), header.filed or header.period)
    bodies = _without_contents(page.text, _bodies(page.text, headings))
    return tuple(
        Section(item, heading.title, *page.span(start, end), page.text[start:end])
        for heading, (start, end) in _shared(page.text, _joined(bodies))
        for item in heading.items
    )


def _of_one_era(headings: list[Heading], date: str | None) -> list[Heading]:
    """Drop items of the other numbering, which belong to another form that the report quotes, and numbered proposals."""
    if not headings:
        return []
    mixed = date is not None and RENUMBERED <= date < RENUMBERED_FOR_ALL
    titled = [_is_new(heading) for heading in headings if heading.titled]
    is_new = any(titled) if titled else _is_new(headings[0])
    kept: list[Heading] = []
    for heading in headings:
        if (heading.titled and mixed) or (_is_new(heading) == is_new and (heading.titled or _is_in_order(heading, kept))):
            kept.append(heading)
    return kept


def _is_new(heading: Heading) -> bool:
    return "." in heading.items[0]


def _is_in_order(heading: Heading, before: list[Heading]) -> bool:
    """Tell whether a heading goes on counting, or comes again after a table of contents."""
    if not before or float(heading.items[0]) > float(before[-1].items[0]):
        return True
    return any(heading.items == other.items for other in before[:_CONTENTS_LENGTH])


def _bodies(text: str, headings: list[Heading]) -> list[_Body]:
    """Give each heading its body, up to the next heading, the signatures or the index of exhibits."""
    headings = [heading for index, heading in enumerate(headings) if not (heading.continued and index)]
    signatures = find_signatures(text)
    bodies: list[_Body] = []
    signed = len(text)
    for heading, following in zip(headings, [*headings[1:], None]):
        if heading.start > signed:
            break
        end = following.start if following else len(text)
        index = bisect_left(signatures, heading.end, key=lambda signature: signature.start)
        if index < len(signatures) and signatures[index].start < end:
            sure = signatures[index].sure
            if sure is not None and sure < end:
                signed = sure
            end = signatures[index].start
        bodies.append((heading, trim(text, heading.end, find_index(text, heading.end, end), following is not None)))
    return bodies


def _without_contents(text: str, bodies: list[_Body]) -> list[_Body]:
    """Leave out a table of contents: headings without bodies, after which the first of them comes again."""
    empty = [_is_empty(text, body) for body in bodies]
    last = {item: index for index, (heading, _) in enumerate(bodies) for item in heading.items}
    again = next((index for index in range(1, len(bodies)) if bodies[index][0].items == bodies[0][0].items), 0)
    # Under its last line may stand the names of exhibits, or all of the cover page.
    if not (again and all(empty[: again - 1]) and (empty[again - 1] or _UNDER_CONTENTS.search(text, *bodies[again - 1][1]))):
        again = 0
    return [
        body
        for index, body in enumerate(bodies)
        if index >= again and not (empty[index] and any(last[item] > index for item in body[0].items))
    ]


def _joined(bodies: list[_Body]) -> list[_Body]:
    """Make one of neighbours that name the same items, as "5.02(b)" and "5.02(d)" do."""
    joined: list[_Body] = []
    for heading, (start, end) in bodies:
        if joined and joined[-1][0].items == heading.items:
            joined[-1] = joined[-1][0], (joined[-1][1][0], end)
        else:
            joined.append((heading, (start, end)))
    return joined


def _shared(text: str, bodies: list[_Body]) -> list[_Body]:
    """Give the body below two or three headings in a row to all of them."""
    shared, first = bodies[:], 0
    for index, body in enumerate(bodies):
        if not _is_empty(text, body):
            if index - first < _STACK:
                shared[first:index] = [(heading, body[1]) for heading, _ in bodies[first:index]]
            first = index + 1
    return shared


def _is_empty(text: str, body: _Body) -> bool:
    start, end = body[1]
    return end - start < _EMPTY_LENGTH and _EMPTY.fullmatch(text, start, end) is not None

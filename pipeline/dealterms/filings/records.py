"""What a filing is made of. Offsets are half-open character positions in the file as it was given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Header:
    """What the SGML header, or else the cover page, says of the filing; what neither tells is None.

    Attributes
    ----------
    form : str or None
        Such as ``"8-K"`` or ``"8-K/A"``.
    filed, period : str or None
        Date of filing and date of the earliest event reported, ISO 8601.
    company : str or None
        Name of the first filer, as EDGAR conforms it.
    cik, sic, accession : str or None
        The filer's key (digits as written) and industry code, and the submission's number.
    """

    form: str | None = None
    filed: str | None = None
    period: str | None = None
    company: str | None = None
    cik: str | None = None
    sic: str | None = None
    accession: str | None = None


@dataclass(frozen=True)
class Section:
    """One item of the report, or one exhibit.

    Attributes
    ----------
    item : str
        ``"5"``, ``"1.01"``; of an exhibit its type, such as ``"EX-99.1"``.
    title : str
        The heading's words after the number, in one line; may be empty.
    start, end : int
        Where the body stands in the file. In plain text ``source[start:end] == text``; in HTML the smallest range of the
        source that holds it.
    text : str
        The body without its heading.
    """

    item: str
    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Filing:
    """A Form 8-K.

    Attributes
    ----------
    header : Header
        Form, dates, filer.
    registrant : str or None
        The filer's name, from the header or else the cover page.
    sections : tuple of Section
        The items, in file order.
    exhibits : tuple of Section
        The submission's EX-99 documents, in file order.
    prefer_exhibits : bool
        Whether exhibits shall take the place of the items that name them even where the item itself tells the deal.
    """

    header: Header
    registrant: str | None
    sections: tuple[Section, ...]
    exhibits: tuple[Section, ...] = ()
    prefer_exhibits: bool = False

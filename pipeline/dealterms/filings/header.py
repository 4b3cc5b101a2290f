"""The SGML header of a submission."""

from __future__ import annotations

import re

from dealterms.filings.records import Header

_DOCUMENT = re.compile(r"<DOCUMENT>", re.I)
_IS_HEADER = re.compile(
    r"<(?:SEC|IMS)-(?:HEADER|DOCUMENT)>|<SUBMISSION>|^[ \t]*(?:CONFORMED SUBMISSION TYPE|ACCESSION NUMBER):", re.I | re.M
)
# "COMPANY CONFORMED NAME:   ACME INC" of the served files, "<CONFORMED-NAME>ACME INC" of the disseminated ones.
_LINE = re.compile(r"^[ \t]*(?:([A-Z][A-Z -]{1,60}):|<([A-Z][A-Z-]{1,60})>)[ \t]*([^\r\n]*)", re.M)
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)\b")
_SIC = re.compile(r"\[(\d{3,4})\]|^(\d{3,4})$")

_FIELDS = {
    "form": ("CONFORMED SUBMISSION TYPE", "TYPE", "FORM TYPE"),
    "filed": ("FILED AS OF DATE", "FILING-DATE"),
    "period": ("CONFORMED PERIOD OF REPORT", "PERIOD"),
    "company": ("COMPANY CONFORMED NAME", "CONFORMED-NAME"),
    "cik": ("CENTRAL INDEX KEY", "CIK"),
    "sic": ("STANDARD INDUSTRIAL CLASSIFICATION", "ASSIGNED-SIC"),
    "accession": ("ACCESSION NUMBER", "ACCESSION-NUMBER"),
}


def read_header(text: str) -> Header:
    """Read the SGML header that stands before the documents of a submission.

    Parameters
    ----------
    text : str
        The file.

    Returns
    -------
    Header
        All None for a file without such a header; of several filers the first.

    Examples
    --------
    >>> head = read_header("<SEC-HEADER>\\nCONFORMED SUBMISSION TYPE:\\t8-K\\nFILED AS OF DATE:\\t20000508\\n</SEC-HEADER>\\n<DOCUMENT>")
    >>> head.form, head.filed, head.company
    ('8-K', '2000-05-08', None)
    """
    first = _DOCUMENT.search(text)
    end = first.start() if first else len(text)
    if not _IS_HEADER.search(text, 0, end):
        return Header()
    lines: dict[str, str] = {}
    for match in _LINE.finditer(text, 0, end):
        value = match.group(3).strip()
        if value:
            lines.setdefault(match.group(1) or match.group(2), value)
    found = {name: next((lines[key] for key in keys if key in lines), None) for name, keys in _FIELDS.items()}
    sic = _SIC.search(found["sic"] or "")
    return Header(
        form=found["form"].upper() if found["form"] else None,
        filed=_iso(found["filed"]),
        period=_iso(found["period"]),
        company=found["company"],
        cik=found["cik"],
        sic=sic.group(1) or sic.group(2) if sic else None,
        accession=found["accession"],
    )


def _iso(value: str | None) -> str | None:
    match = _DATE.match(value or "")
    return "-".join(match.groups()) if match else None

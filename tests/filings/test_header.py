"""What the SGML header and the cover page tell."""

import pytest

from dealterms.errors import InputError, NoDealItemError
from dealterms.filings import Header, looks_like_filing, read_filing

SERVED = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR

<SEC-DOCUMENT>0000000001-98-000002.txt : 19980304
<SEC-HEADER>0000000001-98-000002.hdr.sgml : 19980304
ACCESSION NUMBER:\t\t0000000001-98-000002
CONFORMED SUBMISSION TYPE:\t8-K/A
PUBLIC DOCUMENT COUNT:\t\t1
CONFORMED PERIOD OF REPORT:\t19980219
ITEM INFORMATION:\t\tOther events
FILED AS OF DATE:\t\t19980303

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tACME CORP /DE/
\t\tCENTRAL INDEX KEY:\t\t\t0000000077
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tPHARMACEUTICAL PREPARATIONS [2834]

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tBETA CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000000088
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K/A
<SEQUENCE>1
<TEXT>
"""
DISSEMINATED = """<SUBMISSION>
<ACCESSION-NUMBER>0000000001-05-000002
<TYPE>8-K
<PERIOD>20050219
<FILING-DATE>20050303
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>ACME CORP
<CIK>0000000077
<ASSIGNED-SIC>2834
</COMPANY-DATA>
</FILER>
<DOCUMENT>
<TYPE>8-K
<TEXT>
"""
REPORT = "Item 5. Other Events\n\nAcme granted Beta a license.\n"
COVER = """
                                  FORM 8-K
                               CURRENT REPORT
   Pursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934

   Date of Report (Date of earliest event reported): May 10, 2000 (May 8, 2000)

                             Acme Pharma, Inc.
                             -----------------
            (Exact name of registrant as specified in its charter)

   Delaware                 0-12345                   12-3456789
   (State)           (Commission File Number)   (IRS Employer Identification No.)

"""


def test_served_header() -> None:
    filing = read_filing(SERVED + REPORT)
    assert filing.header == Header("8-K/A", "1998-03-03", "1998-02-19", "ACME CORP /DE/", "0000000077", "2834", "0000000001-98-000002")
    assert filing.registrant == "ACME CORP"


def test_disseminated_header() -> None:
    header = read_filing(DISSEMINATED + REPORT).header
    assert header == Header("8-K", "2005-03-03", "2005-02-19", "ACME CORP", "0000000077", "2834", "0000000001-05-000002")


def test_cover_page() -> None:
    filing = read_filing(COVER + REPORT)
    assert filing.header == Header(form="8-K", period="2000-05-08")
    assert filing.registrant == "Acme Pharma, Inc."


def test_the_name_is_spelled_as_on_the_cover_page() -> None:
    assert read_filing(SERVED + COVER + REPORT).registrant == "Acme Pharma, Inc."
    assert read_filing(SERVED.replace("ACME CORP", "OMEGA CORP") + COVER + REPORT).registrant == "OMEGA CORP"


@pytest.mark.parametrize(
    ("cover", "name", "period"),
    [
        ("Acme, Inc.\n(Exact name of the Company as specified in its charter)\n", "Acme, Inc.", None),
        ("Exact name of registrant as specified in its charter: Acme, Inc.\n", "Acme, Inc.", None),
        ("Acme, Inc.\n\n_______\n(Exact name of issuer)\n8 May 2000\n(Date of earliest event)\n", "Acme, Inc.", "2000-05-08"),
        ("Date of Report: May 8, 2000\n(Exact name of registrant)\n", None, "2000-05-08"),
        ("(Exact name of registrant)\nDate of Report: in May\n", None, None),
        ("", None, None),
    ],
)
def test_odd_covers(cover: str, name: str, period: str) -> None:
    filing = read_filing(cover + "\n" + REPORT)
    assert (filing.registrant, filing.header.period, filing.header.form) == (name, period, None)


@pytest.mark.parametrize(
    "text",
    [
        SERVED.replace("8-K/A", "10-K") + REPORT,
        "<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n" + REPORT,
        COVER.replace("8-K", "10-K") + REPORT,
    ],
)
def test_other_forms_are_refused_by_name(text: str) -> None:
    with pytest.raises(InputError, match="10-K"):
        read_filing(text)


def test_nothing_to_read() -> None:
    with pytest.raises(InputError, match="empty"):
        read_filing(" \n")
    with pytest.raises(NoDealItemError, match="no item"):
        read_filing(COVER + "Acme granted Beta a license.\n")
    with pytest.raises(NoDealItemError, match="no item"):
        read_filing("Acme named Item 404(a) and item 5 of its list.\n")


@pytest.mark.parametrize(
    "text",
    [
        SERVED + REPORT,
        "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n<html>",
        COVER + REPORT,
        "<html><body><p>FORM&nbsp;8-K</p>" + "".join(f"<div>{line}</div>" for line in COVER.split("\n")) + "</body></html>",
        "<html><head><style>" + "p {x} " * 9000 + "</style></head><!-- " + "x " * 9000 + "--><body>" + COVER + "</body></html>",
    ],
)
def test_looks_like_a_filing(text: str) -> None:
    assert looks_like_filing(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Acme granted Beta a license.",
        "Acme's current report on Form 8-K, on file with the Securities and Exchange Commission, tells of it.",
        "<html><body><h1>What is Form 8-K?</h1><p>A current report to the Securities and Exchange Commission.</p></body></html>",
        "Item 1.01 Entry into a Material Definitive Agreement\n\nAcme granted Beta a license.",
        COVER.replace("8-K", "10-K"),
    ],
)
def test_looks_like_no_filing(text: str) -> None:
    assert not looks_like_filing(text)

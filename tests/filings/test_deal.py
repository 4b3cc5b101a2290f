"""Which sections can tell of a deal, and when a press release takes their place."""

import pytest

from dealterms.errors import NoDealItemError
from dealterms.filings import deal_sections, read_filing


def submission(report: str, **exhibits: str) -> str:
    """Write a submission whose exhibits are EX-99, EX-99.1 (named e99_1), ..."""
    documents = {"8-K": report} | {kind.upper().replace("E", "EX-").replace("_", "."): text for kind, text in exhibits.items()}
    return "".join(f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n" for kind, text in documents.items())


POINTER = "Item 8.01 Other Events\n\nThe press release of May 8 is attached hereto as Exhibit 99.1 and incorporated by reference.\n\n"
TWO = POINTER.replace("99.1", "99.1 and 99.2")
TOLD = "Item 8.01 Other Events\n\nAcme will pay Beta $5 million. The press release is attached as Exhibit 99.1.\n\n"
EXHIBITS = "Item 9.01 Exhibits\n\n99.1 Press release\n"


@pytest.mark.parametrize(
    ("report", "items"),
    [
        ("Item 5. Other Events\n\nA deal.\n\nItem 7. Exhibits\n\nNone.\n", ["5"]),
        ("Items 1.01 and 8.01. Other Events\n\nA deal.\n", ["1.01"]),
        (
            "Item 1.01 Entry\n\nA deal.\n\nItem 1.02 End\n\nOld.\n\nItem 2.01 Done\n\nSold.\n\nItem 3.02 Sale\n\nOf shares.\n",
            ["1.01", "1.02", "2.01"],
        ),
        ("Item 7.01 Regulation FD Disclosure\n\nA deal.\n\nItem 8.01 Other Events\n\nNot applicable.\n", ["7.01"]),
        (POINTER + EXHIBITS, ["8.01"]),
    ],
)
def test_deal_items(report: str, items: list[str]) -> None:
    assert [section.item for section in deal_sections(read_filing(report))] == items


@pytest.mark.parametrize(
    "report",
    [
        "Item 2. Acquisition or Disposition of Assets\n\nAcme bought a plant.\n",
        "Item 5. Other Events\n\nNone.\n\nItem 7. Exhibits\n\n99 Release\n",
        "Item 5.02 Departure of Directors\n\nMs. Doe left.\n",
    ],
)
def test_no_deal_item(report: str) -> None:
    with pytest.raises(NoDealItemError, match="it has"):
        deal_sections(read_filing(report))


@pytest.mark.parametrize(
    ("text", "exhibits", "got"),
    [
        (submission(POINTER + EXHIBITS, e99_1="News of a deal."), False, [("8.01", "EX-99.1", "News of a deal.")]),
        (submission(POINTER + EXHIBITS, e99="News of a deal."), False, [("8.01", "EX-99", "News of a deal.")]),
        (submission(POINTER, e10="Contract", e99_2="Slides", e99_1="News"), False, [("8.01", "EX-99.1", "News")]),
        (submission(TWO, e99_1="A", e99_2="B"), False, [("8.01", "EX-99.1", "A"), ("8.01", "EX-99.2", "B")]),
        (submission(POINTER.replace("Exhibit 99.1", "an exhibit"), e99_1="News"), False, [("8.01", "EX-99.1", "News")]),
        (submission(POINTER.replace("8.01 Other Events", "7.01 Disclosure") + POINTER, e99_1="News"), False, [("7.01", "EX-99.1", "News")]),
        (submission(POINTER, e10_1="Contract"), False, [("8.01", "Other Events", POINTER.split("\n")[2])]),
        (submission(TOLD, e99_1="News"), False, [("8.01", "Other Events", TOLD.split("\n")[2])]),
        (submission(TOLD, e99_1="News"), True, [("8.01", "EX-99.1", "News")]),
        (submission("Item 5. Other Events\n\nAcme pays $5 million.\n", e99="News"), True, [("5", "EX-99", "News")]),
        (submission(TOLD), True, [("8.01", "Other Events", TOLD.split("\n")[2])]),
    ],
)
def test_press_releases(text: str, exhibits: bool, got: list[tuple[str, str, str]]) -> None:
    sections = deal_sections(read_filing(text, exhibits=exhibits))
    assert [(section.item, section.title, section.text) for section in sections] == got
    assert all(text[section.start : section.end] == section.text for section in sections)


def test_only_the_report_has_items() -> None:
    text = submission("Item 5. Other Events\n\nA deal.\n", e10_1="Item 1. Changes in Control of Registrant\n\nThe licensee tells of it.")
    assert [section.item for section in read_filing(text).sections] == ["5"]


def test_an_html_release_is_rendered() -> None:
    text = submission(POINTER, e99_1="<html><body><p>News&nbsp;of</p><p>a deal.</p><p>1</p></body></html>")
    (section,) = deal_sections(read_filing(text))
    assert section.text == "News of\n\na deal."
    assert text[section.start : section.end] == "News&nbsp;of</p><p>a deal."

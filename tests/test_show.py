"""The HTML of a deal."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dealterms import Deal, Party, Payment, Term
from dealterms.show import deal_html

TEXT = "Acme & Sons pays <b>Beta</b> for five years."


class Reader(HTMLParser):
    """Gathers the tags and the words of a page, and what stands inside marks."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside = tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.marked.append(data)


def read(deal: Deal) -> Reader:
    reader = Reader()
    reader.feed(deal_html(deal))
    reader.close()
    return reader


def test_evidence_is_marked_in_the_order_of_the_text() -> None:
    deal = Deal(
        TEXT,
        parties=(Party("Acme & Sons", role="licensee", mentions=((0, 11),)),),
        terms=(Term("agreement", "P5Y", quote="five years", start=33, end=43),),
    )
    assert read(deal).marked == ["Acme & Sons", "five years"]


def test_of_overlapping_evidence_the_first_begun_is_marked() -> None:
    deal = Deal(
        TEXT,
        terms=(
            Term("agreement", "P5Y", quote="for five years", start=29, end=43),
            Term("option", "P5Y", quote="five years", start=33, end=43),
        ),
    )
    assert read(deal).marked == ["for five years"]


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<mark>"])
def test_nothing_of_a_filing_becomes_markup(hostile: str) -> None:
    text = f"{hostile} pays."
    party = Party(hostile, role="licensee", mentions=((0, len(hostile)),))
    payment = Payment("upfront", per=hostile, payer=hostile, quote=hostile, start=0, end=len(hostile))
    reader = read(Deal(text, parties=(party,), payments=(payment,)))
    assert {"script", "img"} & set(reader.tags) == set()
    assert reader.tags.count("mark") == 1


def test_no_deal_is_said() -> None:
    assert "no deal found" in deal_html(Deal("Nothing."))


def test_a_notebook_shows_it() -> None:
    deal = Deal(TEXT)
    assert deal._repr_html_() == deal_html(deal)

"""Deals as HTML: in a notebook, and as a report of one page or a folder of pages. All text is escaped."""

from dealterms.show.fragment import deal_html
from dealterms.show.lines import deal_of_line
from dealterms.show.report import Entry, deal_page, deal_section, entry_of, index_page

__all__ = ["Entry", "deal_html", "deal_of_line", "deal_page", "deal_section", "entry_of", "index_page"]

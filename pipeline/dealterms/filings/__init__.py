"""Forms 8-K: from the bytes of a file to the items that can tell of a deal."""

from dealterms.filings.cover import looks_like_filing
from dealterms.filings.deal import deal_sections
from dealterms.filings.decode import decode
from dealterms.filings.reader import read_filing
from dealterms.filings.records import Filing, Header, Section

__all__ = ["Filing", "Header", "Section", "deal_sections", "decode", "looks_like_filing", "read_filing"]

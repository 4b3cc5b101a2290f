"""Real filings, where some lie beside the checkout."""

from pathlib import Path

import pytest

from dealterms.filings import decode, looks_like_filing, read_filing

FILINGS = Path(__file__).parents[2].parent / "shared" / "filings"


@pytest.mark.skipif(not FILINGS.is_dir(), reason="no real filings beside the checkout")
def test_every_real_filing_is_read() -> None:
    found = {}
    for path in sorted(FILINGS.glob("*_8K_*")):
        text = decode(path.read_bytes())
        filing = read_filing(text)
        items = [section.item for section in filing.sections]
        found[path.name] = looks_like_filing(text), bool(filing.registrant), bool(items), len(items) == len(set(items))
    assert found
    assert {name: facts for name, facts in found.items() if not all(facts)} == {}

"""Small archives of made-up filings and narratives."""

from __future__ import annotations

import json
from pathlib import Path

STORY = (
    "Marrow Labs granted Quillon Ltd. an exclusive license to its vaccine. "
    "Quillon Ltd. will pay Marrow Labs an upfront fee of ${0} million. The agreement has a term of {0} years."
)
SUBMISSION = """<SEC-DOCUMENT>0000123456-00-00000{0}.txt : 20000508
<SEC-HEADER>
ACCESSION NUMBER:		0000123456-00-00000{0}
CONFORMED SUBMISSION TYPE:	8-K
CONFORMED PERIOD OF REPORT:	20000501
FILED AS OF DATE:		20000508
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			MARROW LABS INC
		CENTRAL INDEX KEY:			0000123456
		STANDARD INDUSTRIAL CLASSIFICATION:	PHARMACEUTICAL PREPARATIONS [2834]
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
FORM 8-K

Item {1}. {2}.

{3}

SIGNATURES
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def story(number: int) -> str:
    return STORY.format(number + 1)


def filing(number: int, item: str = "5", title: str = "Other Events", body: str | None = None) -> str:
    return SUBMISSION.format(number, item, title, body or story(number))


def make_archive(folder: Path, count: int) -> Path:
    """Put filings, narratives, lines and broken files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = filing(number) if number % 3 == 0 else story(number)
        place = folder / f"part{number % 4}"
        place.mkdir(exist_ok=True)
        (place / f"{number:04}.txt").write_text(text if number % 10 != 9 else "", encoding="utf-8")
    rows = [{"text": story(number), "id": f"line {number}", "registrant": "Märrow"} for number in range(count // 4)]
    (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\nno json\n", encoding="utf-8")
    return folder


def read_folder(folder: Path) -> dict[str, bytes]:
    """Give the bytes of each file."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

"""Makes the pictures of the README anew: ``python -m tests.report.pictures`` (needs chromium, chromedriver and selenium)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.report.chromium import chromium, look, screenshot

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "notebooks" / "images"
STORIES = {"T.jsonl": slice(4, 7), "S.jsonl": slice(3, 6), "BC.jsonl": slice(3, 5)}


def stories() -> str:
    """Give some narratives of the training data, without their labels."""
    rows = []
    for name, some in STORIES.items():
        lines = (ROOT / "training" / "data" / name).read_text(encoding="utf-8").splitlines()[some]
        rows += [{key: row[key] for key in ("id", "registrant", "text")} for row in map(json.loads, lines)]
    return "".join(json.dumps(row) + "\n" for row in rows)


def report(source: Path, folder: Path) -> Path:
    """Write the report of an input."""
    page = folder / f"{source.stem}.html"
    subprocess.run([sys.executable, "-m", "dealterms.cli", "show", str(source), "-o", str(page)], check=True)
    return page


def main() -> None:
    """Write ``report-deal.png`` and ``report-index.png``."""
    with TemporaryDirectory() as name, chromium() as driver:
        folder = Path(name)
        (folder / "narratives.jsonl").write_text(stories(), encoding="utf-8")
        look(driver, report(ROOT / "tests" / "data" / "sample-8k.txt", folder), width=900)
        (IMAGES / "report-deal.png").write_bytes(screenshot(driver, 966))
        look(driver, report(folder / "narratives.jsonl", folder), width=1280, dark=True)
        (IMAGES / "report-index.png").write_bytes(screenshot(driver, 900))


if __name__ == "__main__":
    main()

"""What the documents say is so. Run as a program, this file refreshes the output shown in the README (``make readme``)."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import typer.main

from dealterms import cli
from dealterms.types import GROUPS, PARTY_ROLES, PAYMENT_KINDS, TERM_KINDS, Deal, Item

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
GUIDE = ROOT / "training" / "GUIDE.md"
DEMO = re.compile(r"(?<=<!-- demo:begin -->\n).*?(?=<!-- demo:end -->)", re.S)
EVIDENCE = {"start", "end", "confidence", "mentions"}


def demo() -> str:
    """Run what ``make demo`` runs, and give the README's block."""
    command = ["-m", "dealterms.cli", "extract", "--format", "table", "tests/data/sample-8k.txt"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, check=True, encoding="utf-8")
    lines = "\n".join(line.rstrip() for line in ran.stdout.splitlines())
    return f"```console\n$ make demo\n{lines}\n```\n"


def refresh() -> None:
    """Put the real output into the README."""
    text = README.read_text(encoding="utf-8")
    README.write_text(DEMO.sub(lambda _: demo(), text, count=1), encoding="utf-8")


def texts() -> Iterator[tuple[Path, str]]:
    """Give every text file of the repository, virtual environments, builds and caches left out."""
    for folder, names, files in os.walk(ROOT):
        kept = [name for name in names if name in {".ci", ".github"} or not name.startswith((".", "__pycache__", "build", "dist"))]
        names[:] = [name for name in kept if not Path(folder, name, "pyvenv.cfg").exists()]
        for name in files:
            with contextlib.suppress(UnicodeDecodeError):
                yield Path(folder, name), Path(folder, name).read_text(encoding="utf-8")


def markdown() -> dict[str, str]:
    """Give the documents by their place in the repository."""
    return {str(path.relative_to(ROOT)): text for path, text in texts() if path.suffix == ".md"}


def section(text: str, heading: str) -> str:
    """Give what stands under a heading of the second level."""
    (found,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found


def rows(text: str) -> list[list[str]]:
    """Give the cells of the tables of a text, heads and rules left out."""
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("|")]
    return [row for number, row in enumerate(cells) if not (row[0].startswith("---") or "|---" in row[0])][1:]


def slugs(text: str) -> set[str]:
    """Give the anchors of a document's headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", text, re.M)}


# The README


def test_every_python_snippet_of_the_documents_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    ran = 0
    report = io.StringIO()
    for name, text in markdown().items():
        scope: dict[str, object] = {}
        for snippet in re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S):
            ran += 1
            if ">>>" not in snippet:
                exec(compile(snippet, name, "exec"), scope)
                continue
            test = doctest.DocTestParser().get_doctest(snippet, scope, name, name, 0)
            runner.run(test, out=report.write, clear_globs=False)
            scope = test.globs
    assert report.getvalue() == ""
    assert ran >= 2


def test_the_readme_shows_what_the_demo_prints():
    (shown,) = DEMO.findall(README.read_text(encoding="utf-8"))
    assert shown == demo(), "refresh it with: make readme"


def test_the_readme_names_the_options_that_exist():
    commands = typer.main.get_command(cli.app)
    options = {
        name: {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts) if option.startswith("--")}
        for name, command in [("", commands), *commands.commands.items()]
    }
    text = README.read_text(encoding="utf-8")
    assert {row[0].strip("`") for row in rows(section(text, "Command line"))} == options["extract"]
    others = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", re.sub(r"^\$ (?:pip|make) .*$", "", text, flags=re.M)))
    assert others - {"--help"} == set().union(*options.values()) - {"--help"}
    used = re.findall(r"\bdealterms ([a-z]+)(.*)", re.sub(r"<!--.*?-->", "", text))
    for command, rest in used:
        if command in options:
            assert set(re.findall(r"--[a-z-]+", rest.partition("  #")[0])) <= options[command], command
    assert {command for command, _ in used} >= set(options) - {""}


def test_the_readme_names_exactly_the_fields_of_the_records():
    told: dict[str, list[str]] = {}
    for names, groups, *_ in rows(section(README.read_text(encoding="utf-8"), "Output fields")):
        for group in groups.split(", "):
            told.setdefault(group, []).extend(re.findall(r"`(\w+)`", names))
    real = {group: sorted(f.name for f in fields(kind) if f.name not in kind.hidden) for group, kind in {"items": Item, **GROUPS}.items()}
    assert {group: sorted(names) for group, names in told.items()} == {"deal": sorted(Deal("").to_dict()), **real}


def test_the_readme_names_exactly_the_values_that_are_closed():
    table = rows(section(README.read_text(encoding="utf-8"), "Output fields"))
    told = {(names, group): tuple(re.findall(r"`(\w+)`", meaning)) for names, group, _, meaning in table}
    assert told["`role`", "parties"] == PARTY_ROLES
    assert told["`kind`", "payments"] == PAYMENT_KINDS
    assert told["`kind`", "terms"] == TERM_KINDS


def test_the_readme_names_the_exceptions_with_their_bases():
    from dealterms import errors

    told = {row[0].strip("`"): row[1].strip("`") for row in rows(section(README.read_text(encoding="utf-8"), "Errors and exit codes"))[4:]}
    told.pop("Exception", None)
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DealtermsError)]
    assert set(told) == {kind.__name__ for kind in kinds} - {"DealtermsError"}
    for kind in kinds[1:]:
        assert told[kind.__name__] in {base.__name__ for base in kind.__mro__[1:]}


def test_every_public_name_is_what_it_says_whatever_was_imported_before():
    code = "import dealterms, dealterms.extraction; print([n for n in dealterms.__all__ if not callable(getattr(dealterms, n))])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert ran.stdout == "[]\n"


# The guide


def test_the_guide_names_every_kind_in_the_order_in_which_they_are_tried():
    text = GUIDE.read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\d+\. `(\w+)`:", section(text, "Payments"), re.M)) == PAYMENT_KINDS
    assert tuple(row[0].strip("`") for row in rows(section(text, "Terms"))) == TERM_KINDS
    assert set(re.findall(r"`(\w+)`", section(text, "Parties"))) >= set(PARTY_ROLES)


def test_the_guides_example_keeps_the_rules_of_the_guide():
    (snippet,) = re.findall(r"^```json\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    case = json.loads(snippet)
    deal = Deal.from_dict(case)
    names = {party.name for party in deal.parties}
    for group, kind in GROUPS.items():
        assert case[group]
        for row, record in zip(case[group], getattr(deal, group)):
            assert set(row) == {f.name for f in fields(kind)} - kind.hidden - EVIDENCE
            if group == "parties":
                assert [form for form in (record.name, *record.aliases) if form not in deal.text] == []
            else:
                assert record.quote and deal.text[record.start : record.end] == record.quote
            assert {row.get("payer"), row.get("payee"), row.get("holder")} <= names | {None}


# Every file


def test_links_lead_somewhere():
    documents = markdown()
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "training/GUIDE.md"} <= set(documents)
    broken = []
    for name, text in documents.items():
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
        for link in re.findall(r"\]\(([^)\s]+)\)", prose):
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = (ROOT / name).parent / path if path else ROOT / name
            if not target.exists() or (anchor and anchor not in slugs(target.read_text(encoding="utf-8"))):
                broken.append((name, link))
    assert broken == []


def test_no_file_names_a_path_of_a_machine():
    machine = re.compile(r"(?<![\w.$}])/(?:work|root|home/\w+|Users/\w+)/[\w.]")
    assert [(str(path.relative_to(ROOT)), match.group()) for path, text in texts() for match in machine.finditer(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("## A\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n## B\n", [["1", "2"]]), ("## A\n\nnothing\n## B\n| 1 |\n", [])],
)
def test_tables_are_read_under_their_heading(text, found):
    assert rows(section(text, "A")) == found


if __name__ == "__main__":
    refresh()

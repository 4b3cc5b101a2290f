"""``dealterms show``: deals as a report to read in a browser."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealterms.commands.reporting import FAILED, MISUSED, interruptible, report, reported_warnings
from dealterms.commands.running import Paths, write_all
from dealterms.commands.writing import opened, refuse_input, replaced_folder
from dealterms.errors import InputError, ModelError, NotFoundError, PatternError

if TYPE_CHECKING:
    from markupsafe import Markup

    from dealterms.inputs import Input
    from dealterms.show import Entry
    from dealterms.types import Deal

_INDEX, _DEALS = "index.html", "deals"
_PAGE = re.compile(r"\d+\.html")


def show(
    paths: Paths,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|DIR", show_default=False, help="One page, or a folder with a page for each deal.")
    ],
    registrant: Annotated[str | None, typer.Option(metavar="NAME", help="The company that files, where an input does not tell.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, metavar="X", help="Leave out what is less sure than this.")] = 0.0,
    model: Annotated[Path | None, typer.Option(metavar="DIR", help="A model in place of the shipped one.")] = None,
    exhibits: Annotated[bool, typer.Option("--exhibits", help="Also read press releases in Exhibit 99.")] = False,
) -> None:
    """Show deals as HTML: filings and narratives, or what extract wrote as .jsonl."""
    refuse_input(paths, Path(output))
    with interruptible(output), reported_warnings():
        from dealterms import api
        from dealterms.show import deal_of_line

        def deal_of(given: Input) -> Deal:
            told = given.registrant or registrant
            if (deal := deal_of_line(given.row)) is not None:
                return replace(deal.above(min_confidence), registrant=told, id=given.id)
            return api.extract(given.text, told, min_confidence=min_confidence, exhibits=exhibits, model=model, id=given.id)

        try:
            passed = _write_folder(paths, output, deal_of) if _is_folder(output) else _write_page(paths, output, deal_of)
        except (ModelError, NotFoundError, PatternError) as error:
            report(str(model or "the installation"), error)
            raise typer.Exit(MISUSED if model else FAILED) from None
    if not passed:
        raise typer.Exit(FAILED)


def _is_folder(output: str) -> bool:
    """Whether a folder is meant: one that exists, a name that ends in a slash, or one without a suffix."""
    return output != "-" and (os.path.isdir(output) or output.endswith(("/", os.sep)) or not Path(output).suffix)


def _write_page(paths: list[str], output: str, deal_of: Callable[[Input], Deal]) -> bool:
    from dealterms.show import deal_section, entry_of, index_page

    entries: list[Entry] = []
    sections: list[Markup] = []

    def work(given: Input) -> str:
        number = len(entries) + 1
        deal = deal_of(given)
        section, entry = deal_section(deal, number), entry_of(deal, number, f"#deal-{number}")
        sections.append(section)
        entries.append(entry)
        return ""

    with opened(Path(output), "html") as out:
        passed = write_all(paths, work, io.StringIO(), "")
        _refuse_nothing(entries)
        out.write(index_page(entries, sections))
    return passed


def _write_folder(paths: list[str], output: str, deal_of: Callable[[Input], Deal]) -> bool:
    from dealterms.show import deal_page, entry_of, index_page

    entries: list[Entry] = []
    with _folder(Path(output)) as folder:

        def work(given: Input) -> str:
            number = len(entries) + 1
            deal = deal_of(given)
            name = f"{_DEALS}/{number:05}.html"
            page, entry = deal_page(deal, number, f"../{_INDEX}"), entry_of(deal, number, name)
            _write(folder / name, page)
            entries.append(entry)
            return ""

        passed = write_all(paths, work, io.StringIO(), "")
        _refuse_nothing(entries)
        _write(folder / _INDEX, index_page(entries))
    return passed


def _refuse_nothing(entries: list[Entry]) -> None:
    """End without a report where no input could be read; each has been reported."""
    if not entries:
        raise typer.Exit(FAILED)


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """Give a hidden folder that takes the path's place once everything is written; only an earlier report is replaced."""
    target = Path(os.path.realpath(path))
    if target.exists() and not _is_report(target):
        report(str(path), "holds what is no report; give a new or an empty folder, or the name of a page (.html)")
        raise typer.Exit(MISUSED)
    try:
        with replaced_folder(path) as part:
            (part / _DEALS).mkdir()
            yield part
    except InputError as error:
        report("", error)
        raise typer.Exit(MISUSED) from None


def _is_report(folder: Path) -> bool:
    """Whether there is nothing in a folder but a report, or nothing at all."""
    if not folder.is_dir():
        return False
    names = {entry.name for entry in folder.iterdir()}
    if not names:
        return True
    return names == {_INDEX, _DEALS} and all(_PAGE.fullmatch(page.name) for page in (folder / _DEALS).glob("*"))

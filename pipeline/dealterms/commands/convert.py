"""``dealterms convert``: predictions go out to labelling tools, and corrected labels come back."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dealterms.commands.reporting import FAILED, interruptible, misuse, report, report_internal
from dealterms.commands.writing import refuse_input, replaced
from dealterms.errors import DealtermsError, InputError, NotFoundError

if TYPE_CHECKING:
    from dealterms.convert import Returns


# Bytes of one file.
_LARGEST = 500_000_000


class LabelFormat(str, Enum):
    """Of which tool."""

    label_studio = "label-studio"
    doccano = "doccano"
    prodigy = "prodigy"
    spacy = "spacy"
    jsonl = "jsonl"


Paths = Annotated[
    list[str],
    typer.Argument(metavar="IN", show_default=False, help="What extract wrote as jsonl, labelled narratives, a tool's export, or -."),
]


def convert(
    paths: Paths,
    to: Annotated[LabelFormat, typer.Option(help="jsonl is our own form, which train takes.", show_default=False)],
    from_: Annotated[LabelFormat | None, typer.Option("--from", help="By default recognised by content.", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file, which appears when all is done.")] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where Label Studio's labelling configuration goes; by default beside the output, as .xml."),
    ] = None,
    doubtful_first: Annotated[
        bool | None, typer.Option("--doubtful-first/--as-given", help="Least certain record first; on for tools.", show_default=False)
    ] = None,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Leave out what nobody has accepted in the tool.")] = False,
) -> None:
    """Convert predictions and labels from and to the forms of labelling tools."""
    output = None if str(output) == "-" else output
    config = _config_file(to, output, config)
    for written in (output, config):
        refuse_input(paths, written)
    with interruptible(str(output) if output else None):
        given, passed = _read(paths, from_.value if from_ else None)
        narratives = [one.narrative for one in _kept(given, reviewed)]
        if doubtful_first if doubtful_first is not None else to is not LabelFormat.jsonl:
            from dealterms.convert.envelope import doubt

            narratives.sort(key=doubt)
        _write(narratives, to, output, config)
    if not passed:
        raise typer.Exit(FAILED)


def _read(paths: list[str], format: str | None) -> tuple[list[Returns], bool]:
    """Read all inputs, report what cannot be read, and tell whether nothing was."""
    from dealterms.convert import Problem, read_file

    found: list[Returns] = []
    passed = True
    for path in paths:
        try:
            for one in read_file(_bytes(path), "stdin" if path == "-" else path, format):
                if isinstance(one, Problem):
                    report(one.where, one.error)
                    passed = False
                else:
                    found.append(one)
        except DealtermsError as error:
            report("stdin" if path == "-" else path, error)
            passed = False
        except Exception as error:
            report_internal(path, error)
            passed = False
    return found, passed


def _bytes(path: str) -> bytes:
    try:
        with nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as stream:
            data = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise NotFoundError("no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError("a folder, which convert does not read", f"give its files, such as {path.rstrip('/')}/*.jsonl") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", "give a file that you may read") from None
    if len(data) > _LARGEST:
        raise InputError(f"larger than {_LARGEST // 1_000_000} MB", "convert it in parts")
    return data


def _kept(given: list[Returns], reviewed: bool) -> list[Returns]:
    """Tell what is noteworthy, and leave out what a person said is to be left out."""
    kept = []
    for one in given:
        told = one.dropped or ("nobody has accepted it yet" if reviewed and one.reviewed is False else "")
        if told:
            report(one.where, f"left out: {told}")
            continue
        for note in one.notes:
            report(one.where, note)
        kept.append(one)
    waiting = sum(one.reviewed is False for one in kept)
    if any(one.reviewed for one in kept) and waiting:
        report("", f"{waiting} of {len(kept)} texts nobody has accepted yet: they are as predicted; --reviewed leaves them out")
    return kept


def _write(narratives: list[dict[str, Any]], to: LabelFormat, output: Path | None, config: Path | None) -> None:
    from dealterms.convert import to_bytes

    try:
        data = to_bytes(narratives, to.value)
    except UnicodeEncodeError:
        report(to.value, "half a character cannot be written in this form; choose another, or mend the text")
        raise typer.Exit(FAILED) from None
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        _write_file(output, data)
    if config is not None:
        from dealterms.convert import label_studio

        _write_file(config, label_studio.config(narratives).encode())
        report("", f"{config} is the labelling configuration: paste it under Settings, Labeling Interface, Code")


def _config_file(to: LabelFormat, output: Path | None, config: Path | None) -> Path | None:
    """Give where the labelling configuration goes; None where there is none."""
    if to is not LabelFormat.label_studio:
        return None
    config = config or (output.with_suffix(".xml") if output else None)
    if config and config == output:
        misuse("cannot hold both the tasks and the labelling configuration; give an output that ends in .json", str(output))
    return config


def _write_file(path: Path, data: bytes) -> None:
    with replaced(path, "wb") as out:
        out.write(data)

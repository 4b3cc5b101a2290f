"""Each notebook runs from top to bottom, and is committed with what it shows.

``python tests/test_notebooks.py`` runs them all and writes what they show.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))
NEEDED = ("nbclient", "nbformat", "ipykernel", "matplotlib", "pandas", "sklearn")
MISSING = [name for name in NEEDED if find_spec(name) is None]
PLOTS = {"2_a_table_of_deals.ipynb": 5, "3_retrain_with_your_own_labels.ipynb": 1}
MOST_BYTES = 400_000

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"notebooks need {', '.join(MISSING)}; pip install dealterms[dev]")


def read(name: str) -> Any:
    import nbformat

    return nbformat.read(FOLDER / name, as_version=4)


def ran(name: str) -> Any:
    """Give a notebook as it is after running, in its own folder."""
    from nbclient import NotebookClient

    notebook = read(name)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}, record_timing=False
    ).execute()
    return notebook


def shown(notebook: Any) -> str:
    """Give everything that the cells show as text."""
    parts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            parts += [output.get("text", ""), *(value for value in output.get("data", {}).values() if isinstance(value, str))]
    return "\n".join(parts)


def test_there_are_four() -> None:
    assert [name[:2] for name in NAMES] == ["1_", "2_", "3_", "4_"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore")  # of the notebook client and its event loop, not ours
def test_it_runs(name: str) -> None:
    notebook = ran(name)
    errors = [output for cell in notebook.cells for output in cell.get("outputs", ()) if output.output_type == "error"]
    assert errors == []
    assert "WRONG" not in shown(notebook)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_committed_as_it_was_run(name: str) -> None:
    notebook = read(name)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == PLOTS.get(name, 0)
    assert [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []
    assert notebook.cells[0].source.startswith(f"# {name[0]}. ")
    assert (FOLDER / name).stat().st_size < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_it_names_no_place_of_this_machine(name: str) -> None:
    assert re.findall(r"(?:/home|/root|/tmp|/work|/Users|[A-Z]:\\)[/\\]\S*", shown(read(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_its_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", "\n".join(cell.source for cell in read(name).cells if cell.cell_type == "markdown"))
    assert [link for link in links if "://" not in link and not (FOLDER / link).exists()] == []


def main() -> None:
    import nbformat

    for name in NAMES:
        notebook = ran(name)
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        notebook.metadata.pop("language_info", None)  # the version of this machine's Python
        nbformat.write(notebook, FOLDER / name)


if __name__ == "__main__":
    main()

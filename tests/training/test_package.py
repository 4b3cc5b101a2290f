"""`dealterms package`: a wheel that pip installs and both ways to load take, and nothing of a stranger's in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
import spacy

from dealterms import api
from dealterms.classifier import FOLDER, find_model, read_models
from dealterms_training.examples import read_examples
from dealterms_training.fit import fit, prepare
from dealterms_training.pipeline import write_pipeline

# Of the repository, not of the package.
DATA = Path(__file__).parents[2] / "training" / "data"
Run = Callable[..., Any]
TEXT = "Acme Inc. licensed its patents to Beta GmbH, which paid Acme an upfront fee of $3 million."
META = {"performance": {"all_f": 0.75, "whole": 0.25}, "description": "Terms of deals.", "license": ""}
# Writes a file where it is run.
TRAP = "from pathlib import Path\nPath(r'{}').touch()\n"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved pipeline that was trained on a few narratives."""
    folder = tmp_path_factory.mktemp("models") / "mine"
    models = fit([prepare(case) for case in read_examples([DATA / "K.jsonl"])[:12]], jobs=1)
    models.meta.update(base=False, seed=3, given=12)
    write_pipeline(models, folder, META)
    return folder


@pytest.fixture
def trapped(model: Path, tmp_path: Path) -> Path:
    """A stranger's model, which would run code where its configuration is read or its folder imported."""
    folder = shutil.copytree(model, tmp_path / "trapped")
    for name in ("trap.py", "__init__.py"):
        (folder / name).write_text(TRAP.format(tmp_path / "sprung"), encoding="utf-8")
    config = (folder / "config.cfg").read_text(encoding="utf-8")
    assert "before_creation = null" in config
    (folder / "config.cfg").write_text(config.replace("before_creation = null", 'before_creation = {"@callbacks":"trap.v1"}'), "utf-8")
    return folder


def test_the_wheel_is_installed_and_loaded_by_name(model: Path, tmp_path: Path, run: Run) -> None:
    options = ("--name", "my_deals", "--version", "1.2", "--output", tmp_path / "dist")
    who = ("--author", 'Ada "A" Quill 𝒬', "--email", "ada@example.org", "--license", "MIT", "--url", "https://example.org/deals")
    ran = run("package", model, *options, *who)
    wheel = tmp_path / "dist" / "en_my_deals-1.2-py3-none-any.whl"
    assert (ran.code, ran.out) == (0, f"{wheel}\n"), ran.err
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True, capture_output=True)
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "import json, dealterms, spacy, importlib.metadata as metadata\n"
        f"deals = [spacy.load('en_my_deals')({TEXT!r})._.deal, dealterms.load('en_my_deals')({TEXT!r})._.deal]\n"
        f"deals.append(dealterms.extract({TEXT!r}, model='en_my_deals'))\n"
        "points = [point.value for point in metadata.entry_points(group='spacy_models')]\n"
        "print(json.dumps([[deal.to_dict() for deal in deals], points, spacy.load('en_my_deals').meta['name']]))\n"
    )
    told = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8").stdout)
    assert told == [[api.extract(TEXT, model=model).to_dict()] * 3, ["en_my_deals"], "my_deals"]


def test_the_card_tells_scores_data_licence_and_author(model: Path, tmp_path: Path, run: Run) -> None:
    run("package", model, "--name", "en_cards", "--output", tmp_path, "--author", "Ada Quill", "--license", "MIT")
    with zipfile.ZipFile(tmp_path / "en_cards-0.1.0-py3-none-any.whl") as wheel:
        names = wheel.namelist()
        head = message_from_string(wheel.read("en_cards-0.1.0.dist-info/METADATA").decode())
        meta = json.loads(wheel.read("en_cards/meta.json"))
        inner = json.loads(wheel.read("en_cards/en_cards-0.1.0/meta.json"))
    assert (head["Name"], head["Version"], head["Author"], head["License"]) == ("en_cards", "0.1.0", "Ada Quill", "MIT")
    assert head["Requires-Dist"].startswith("dealterms")
    card = head.get_payload()
    for told in ("`ALL_F` | 75.00", f"fingerprint `{read_models(model).meta['data']}`, seed 3", "none of them from dealterms"):
        assert told in card
    assert meta == inner and (meta["author"], meta["license"], meta["performance"]) == ("Ada Quill", "MIT", META["performance"])
    assert f"en_cards/en_cards-0.1.0/{FOLDER}/weights.json" in names


def test_the_same_model_makes_the_same_wheel(model: Path, tmp_path: Path, run: Run) -> None:
    wheels = []
    for folder in ("one", "two"):
        run("package", model, "--output", tmp_path / folder)
        wheels.append((tmp_path / folder / "en_deals-0.1.0-py3-none-any.whl").read_bytes())
    assert wheels[0] == wheels[1]


def test_a_strangers_model_runs_nothing_and_hands_on_nothing(trapped: Path, tmp_path: Path, run: Run) -> None:
    assert api.load(trapped)(TEXT)._.deal == api.extract(TEXT, model=trapped)
    with pytest.raises(ValueError, match=r"trap\.v1"):
        spacy.load(trapped)  # which looks for the code
    assert run("package", trapped, "--output", tmp_path / "dist").code == 0
    assert not (tmp_path / "sprung").exists()
    with zipfile.ZipFile(tmp_path / "dist" / "en_deals-0.1.0-py3-none-any.whl") as wheel:
        assert not [name for name in wheel.namelist() if "trap" in name or name.count("__init__") > 1]
        assert b"trap" not in wheel.read("en_deals/en_deals-0.1.0/config.cfg")


def test_an_installed_model_is_found_without_being_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "en_stranger"
    weights = package / "en_stranger-1.0" / FOLDER / "weights.json"
    weights.parent.mkdir(parents=True)
    weights.touch()
    (package / "__init__.py").write_text(TRAP.format(tmp_path / "sprung"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert find_model("en_stranger") == weights
    assert not (tmp_path / "sprung").exists() and "en_stranger" not in sys.modules


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--name", "my deals"], "'my deals' cannot be the name of a package"),
        (["--name", "a__b"], "'a__b' cannot be the name of a package"),
        (["--name", "../deals"], "cannot be the name of a package"),
        (["--version", "first"], "'first' is no version"),
    ],
)
def test_names_and_versions_are_checked(options: list[str], told: str, model: Path, tmp_path: Path, run: Run) -> None:
    ran = run("package", model, *options, "--output", tmp_path)
    assert (ran.code, ran.out) == (2, "") and told in ran.err and len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("meta", ["{", "[]", '{"performance": 7}', '{"performance": {"all_f": "much"}}', '{"description": 7}'])
def test_a_damaged_card_is_refused(meta: str, model: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(model, tmp_path / "model")
    (tmp_path / "model" / "meta.json").write_text(meta, encoding="utf-8")
    ran = run("package", tmp_path / "model", "--output", tmp_path)
    assert ran.code == 2 and "meta.json: damaged; train the model again" in ran.err


def test_a_wheel_is_not_overwritten_unasked(tmp_path: Path, model: Path, run: Run) -> None:
    wheel = tmp_path / "en_deals-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"old")
    assert run("package", model, "--output", tmp_path).code == 2
    assert wheel.read_bytes() == b"old"
    assert run("package", model, "--output", tmp_path, "--force").code == 0
    assert zipfile.is_zipfile(wheel)


def test_without_a_model_or_hatchling_a_line_says_what_to_do(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("package", tmp_path / "nowhere")
    assert ran.code == 2 and "no model at" in ran.err
    monkeypatch.setattr("dealterms_training.commands.package.find_spec", lambda name: None)
    ran = run("package", tmp_path)
    assert (ran.code, ran.err) == (1, "dealterms: package: hatchling is not installed; pip install dealterms[training]\n")

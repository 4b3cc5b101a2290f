"""`dealterms train`: checked examples in, a measured model out, all of it or nothing."""

from __future__ import annotations

import importlib.util
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import spacy

import dealterms
from dealterms.classifier import FOLDER, read_models
from dealterms.schema import deal_schema
from dealterms_training import train as training
from dealterms_training.crossval import deal_folds
from dealterms_training.examples import read_examples
from dealterms_training.fit import prepare
from dealterms_training.pipeline import write_pipeline, written_aside
from dealterms_training.train import meta_of, train

# Of the repository, not of the package.
DATA = Path(__file__).parents[2] / "training" / "data"
NAMES = "Quillon Marrow Brill Ostrand Vellum Tarn Pellow Hask Dunmore Sable".split()
Run = Callable[..., Any]
Lines = Callable[[Path, Any], Path]


def sponsored(number: int, kind: str = "sponsorship_fee") -> dict[str, Any]:
    """Make a narrative with a kind of payment that the guide does not know; without a deal every fifth time."""
    rights, club, sum_ = NAMES[number % 10] + " Inc.", NAMES[(number * 3 + 1) % 10] + " Racing Ltd.", number % 7 + 2
    if number % 5 == 4:
        text = f"{rights} said that its revenues in quarter {number} were ${sum_} million and that it hired a new officer for three years."
        return {"id": f"s-{number}", "text": text, "parties": [], "payments": [], "royalties": [], "terms": [], "renewals": []}
    quotes = [f"sponsorship fee of ${sum_} million", f"upfront payment of ${sum_ + 20} million"]
    text = (
        f"{rights} granted {club} a license to its trademarks for {number % 4 + 2} years. {club} paid an {quotes[1]} on signing. "
        f"{rights} pays {club} a {quotes[0]} for showing its name on the cars in season {number}."
    )
    figures = [(kind, sum_, rights, club, quotes[0]), ("upfront", sum_ + 20, club, rights, quotes[1])]
    payments = [
        {"kind": kind, "low": figure * 10**6, "high": figure * 10**6, "currency": "USD", "payer": payer, "payee": payee, "quote": quote}
        | {"approximate": False, "per": None, "milestone": None, "contingent": False, "background": False}
        for kind, figure, payer, payee, quote in figures
    ]
    term = {"kind": "agreement", "length": f"P{number % 4 + 2}Y", "ends": None, "event": None, "background": False}
    return {
        "id": f"s-{number}",
        "text": text,
        "parties": [{"name": rights, "aliases": [], "role": "licensor"}, {"name": club, "aliases": [], "role": "licensee"}],
        "payments": payments,
        "royalties": [],
        "terms": [term | {"quote": f"for {number % 4 + 2} years"}],
        "renewals": [],
    }


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that learned a kind of its own from thirty narratives."""
    folder = tmp_path_factory.mktemp("models") / "mine"
    trained = train([sponsored(number) for number in range(30)], base=False)
    with written_aside(folder, force=False) as aside:
        write_pipeline(trained.models, aside, meta_of(trained))
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few narratives shipped, so that training on top of them takes a moment."""
    monkeypatch.setattr(training, "shipped_examples", lambda: read_examples([DATA / "K.jsonl"])[:6])


# A kind of one's own


def test_a_kind_of_ones_own_is_extracted_worded_and_scored(model: Path, tmp_path: Path, run: Run, lines: Lines) -> None:
    new = [sponsored(number) for number in range(40, 46)]
    file = lines(tmp_path / "new.jsonl", new)
    assert "sponsorship_fee" in read_models(model).payment_kinds
    told = [json.loads(line) for line in run("extract", "--model", model, "--format", "jsonl", file).out.splitlines()]
    kinds = [[(payment["kind"], payment["low"]) for payment in deal["payments"]] for deal in told]
    assert sum(("sponsorship_fee", case["payments"][0]["low"]) in of for case, of in zip(new, kinds) if case["payments"]) >= 3
    schema = json.loads(run("schema", "--model", model).out)
    assert "sponsorship_fee" in schema["$defs"]["payment"]["properties"]["kind"]["enum"]
    for deal in told:
        jsonschema.validate(deal, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told[0], deal_schema())
    assert "sponsorship fee" in run("extract", "--model", model, "--format", "table", file).out
    deal = dealterms.Deal.from_dict(told[0])
    assert deal.to_dict()["payments"] == told[0]["payments"] and "sponsorship" in deal._repr_html_() and deal.summary()["upfront"]
    figures = json.loads(run("evaluate", file, "--model", model, "--json").out)
    assert figures["payments"]["f1"] > 0.5 and figures["payments"]["gold"] == 10


@pytest.mark.parametrize("base", ["--base", "--from-scratch"])
def test_a_kind_is_declared_so_that_slips_are_found(base: str, tmp_path: Path, run: Run, lines: Lines, quick: None) -> None:
    cases = [sponsored(number) for number in range(10)] + [sponsored(11, "sponsor_fee")]
    file = lines(tmp_path / "mine.jsonl", cases)
    ran = run("train", file, base, "--kind", "sponsorship_fee", "--output", tmp_path / "model")
    assert (ran.code, ran.out) == (1, "") and not (tmp_path / "model").exists()
    fault, end = ran.err.splitlines()
    assert fault.startswith(f"dealterms: {file}:11 (s-11): payments: 'sponsorship fee of $6 million': kind 'sponsor_fee'; the guide's are")
    assert fault.endswith("sponsorship_fee, or declare a kind of your own: --kind sponsor_fee")
    assert "nothing was trained (faults: 1, narratives: 11); mend" in end
    ran = run("train", lines(file, cases[:10]), base, "--kind", "sponsorship_fee", "--output", tmp_path / "model")
    assert ran.code == 0, ran.err
    assert "sponsorship_fee" in read_models(tmp_path / "model").payment_kinds


# What train writes and prints


def test_every_way_to_load_takes_the_model(model: Path) -> None:
    text = sponsored(41)["text"]
    deal = dealterms.extract(text, model=model)
    assert deal.payments and deal != dealterms.extract(text)
    assert spacy.load(model)(text)._.deal == dealterms.load(model)(text)._.deal == deal
    assert json.loads((model / "meta.json").read_text(encoding="utf-8"))["performance"]["grounded"] == 1.0
    assert read_models(model).tables["calibration payments"]


def test_the_same_narratives_and_seed_give_the_same_bytes(model: Path, tmp_path: Path) -> None:
    def contents(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    cases = [sponsored(number) for number in range(30)]
    for name, order, seed in (("same", cases[::-1], 0), ("other", cases, 1)):
        trained = train(order, base=False, seed=seed)
        write_pipeline(trained.models, tmp_path / name, meta_of(trained))
    assert contents(tmp_path / "same") == contents(model)
    assert contents(tmp_path / "other") != contents(model)


def test_the_scores_are_told_beside_those_of_the_shipped_model(tmp_path: Path, run: Run, lines: Lines, quick: None) -> None:
    shipped = read_examples([DATA / "K.jsonl"])[:3]
    renamed = [shipped[0], shipped[1] | {"id": "mine"}, sponsored(3) | {"id": shipped[2]["id"]}, sponsored(4)]
    file = lines(tmp_path / "mine.jsonl", renamed)
    ran = run("train", file, "--kind", "sponsorship_fee", "--output", tmp_path / "model")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("4 narratives given, each extracted by a model fitted without it, and by the shipped model:\n")
    rows = {line.split()[0]: line.split() for line in ran.out.splitlines() if line}
    gold = sum(not record["background"] for case in renamed for record in case["payments"])
    assert rows["payments"][-1] == str(gold) and len(rows["payments"]) == 7 and len(rows["whole"]) == 4
    assert "The shipped model was trained on 2 of them, so its scores flatter" in ran.out
    assert read_models(tmp_path / "model").meta["narratives"] == 4 + 6 - 2


@pytest.mark.parametrize(("count", "told"), [(1, "no scores"), (3, "3 narratives given")])
def test_few_narratives_of_one_sort_still_give_a_model_that_works(count: int, told: str, tmp_path: Path, run: Run, lines: Lines) -> None:
    file = lines(tmp_path / "mine.jsonl", [sponsored(number) for number in range(count)])
    ran = run("train", file, "--from-scratch", "--kind", "sponsorship_fee", "--output", tmp_path / "model")
    assert ran.code == 0 and told in ran.out, ran.err
    assert dealterms.extract(sponsored(9)["text"], model=tmp_path / "model").text


def test_folds_are_of_the_same_size_and_turn_with_the_seed() -> None:
    ids = [f"id-{number}" for number in range(23)]
    folds = deal_folds(ids)
    assert sorted(list(folds.values()).count(fold) for fold in range(5)) == [4, 4, 5, 5, 5]
    assert deal_folds(ids[::-1]) == folds != deal_folds(ids, 1)


# All or nothing


def test_nothing_is_overwritten_unasked(model: Path, tmp_path: Path, run: Run, lines: Lines) -> None:
    file = lines(tmp_path / "mine.jsonl", [sponsored(number) for number in range(4)])
    before = (model / FOLDER / "weights.json").read_bytes()
    arguments = ("train", file, "--from-scratch", "--kind", "sponsorship_fee", "--output")
    ran = run(*arguments, model)
    assert ran.code == 2 and "is there already; give another directory, or --force" in ran.err
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear", encoding="utf-8")
    ran = run(*arguments, tmp_path / "letters", "--force")
    assert ran.code == 2 and "is there and is no model" in ran.err
    assert (tmp_path / "letters" / "one.txt").read_text(encoding="utf-8") == "dear"
    assert (model / FOLDER / "weights.json").read_bytes() == before


@pytest.mark.parametrize("fails", ["faults", "midway"])
def test_a_failed_run_leaves_the_old_model(fails: str, tmp_path: Path, run: Run, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "model" / FOLDER
    old.mkdir(parents=True)
    (old / "weights.json").write_text("old", encoding="utf-8")
    cases = [sponsored(number) for number in range(4)]
    if fails == "faults":
        cases[2]["terms"][0]["quote"] = "elsewhere"
    else:
        monkeypatch.setattr("dealterms_training.pipeline.write_pipeline", lambda models, folder, meta: 1 / 0)
    file = lines(tmp_path / "mine.jsonl", cases)
    ran = run("train", file, "--from-scratch", "--kind", "sponsorship_fee", "--output", tmp_path / "model", "--force")
    assert ran.code == 1 and "Traceback" not in ran.err
    assert (old / "weights.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.jsonl", "model"]


def test_force_replaces_the_model_whole(tmp_path: Path, run: Run, lines: Lines) -> None:
    stale = tmp_path / "model" / FOLDER
    stale.mkdir(parents=True)
    (stale / "stale.txt").touch()
    file = lines(tmp_path / "mine.jsonl", [sponsored(number) for number in range(4)])
    ran = run("train", file, "--from-scratch", "--kind", "sponsorship_fee", "--output", tmp_path / "model", "--force")
    assert ran.code == 0, ran.err
    assert sorted(path.name for path in stale.iterdir()) == ["weights.json"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nowhere.jsonl"], 1, "nowhere.jsonl: cannot be read (No such file or directory); check the path"),
        (["{mine}", "--kind", "Sponsor Fee"], 2, "'Sponsor Fee' cannot be a kind of payment"),
        (["{none}", "--from-scratch"], 1, "no narrative tells of a deal"),
        (["{empty}"], 1, "the files hold no narrative"),
    ],
)
def test_what_cannot_be_trained_is_told_in_a_line(
    arguments: list[str], code: int, told: str, tmp_path: Path, run: Run, lines: Lines
) -> None:
    files = {
        "mine": lines(tmp_path / "mine.jsonl", [sponsored(0)]),
        "none": lines(tmp_path / "none.jsonl", [sponsored(4)]),
        "empty": lines(tmp_path / "empty.jsonl", []),
    }
    ran = run("train", *(argument.format(**files) for argument in arguments), "--output", tmp_path / "model")
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err and len(ran.err.splitlines()) == 1


def test_without_scikit_learn_a_line_says_what_to_install(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr("dealterms_training.commands.train.find_spec", lambda name: None if name == "sklearn" else real(name))
    ran = run("train", tmp_path / "mine.jsonl", "--output", tmp_path / "model")
    assert (ran.code, ran.err) == (1, "dealterms: train: scikit-learn is not installed; pip install dealterms[training]\n")


# From corrected output to a better score


def test_corrected_output_makes_a_better_model(tmp_path: Path, run: Run, lines: Lines) -> None:
    """Extract with a weak model, correct some of what it says, train on that: better on narratives that neither has seen."""
    cases = read_examples([DATA / "P.jsonl", DATA / "Q.jsonl"])
    first, pool, unseen = cases[:6], cases[6:28], lines(tmp_path / "unseen.jsonl", cases[40:54])
    weak, better = tmp_path / "weak", tmp_path / "better"
    assert run("train", lines(tmp_path / "first.jsonl", first), "--from-scratch", "--output", weak).code == 0
    bare = lines(tmp_path / "pool.jsonl", [{key: case[key] for key in ("id", "registrant", "text")} for case in pool])
    output = [json.loads(line) for line in run("extract", "--model", weak, "--format", "jsonl", bare).out.splitlines()]
    assert [deal["id"] for deal in output] == [case["id"] for case in pool]
    corrected = [deal | {group: case[group] for group in ("parties", "payments", "terms")} for deal, case in zip(output, pool)]
    for deal, case in zip(corrected, pool):  # these two lists somebody goes through record by record
        for group in ("royalties", "renewals"):
            deal[group] = case[group] if len(deal[group]) != len(case[group]) else deal[group]
            for record, side in itertools.product(deal[group], ("payer", "payee", "holder")):
                if side in record and record[side] not in [party["name"] for party in deal["parties"]]:
                    record[side] = None
    ran = run("train", tmp_path / "first.jsonl", lines(tmp_path / "corrected.jsonl", corrected), "--from-scratch", "--output", better)
    assert ran.code == 0, ran.err
    before, after = (json.loads(run("evaluate", unseen, "--model", model, "--json").out) for model in (weak, better))
    assert after["all"]["f1"] > before["all"]["f1"] + 0.05
    assert after["payments"]["f1"] > before["payments"]["f1"]


def test_prepared_narratives_need_no_field_that_extract_does_not_write() -> None:
    case = sponsored(0)
    assert prepare(dealterms.extract(case["text"], id="a").to_dict()).case["id"] == "a"

"""The spaCy pipeline: what it registers and writes, saving, loading, several processes, and odd texts."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import dealterms
from dealterms.types import Deal

FACTORIES = ["dealterms_sentences", "dealterms_mentions", "dealterms_roles", "dealterms_deal"]
SAMPLE = Path(__file__).parent / "data" / "sample-8k.txt"
TEXTS = (
    "Quillon Ltd. granted Marrow Labs, Inc. an exclusive license for ten years. Marrow paid an upfront fee of $3 million and will pay "
    "Quillon a royalty of 5% of net sales. The agreement may be renewed for one additional five-year term.",
    "Nothing happened.",
    "On May  8,  2000,   Quillon   Ltd.\nagreed to supply\n\n\nMarrow Labs, Inc.  with  resin\tfor  five\nyears,  "
    "at  $2\nmillion\na year.\n",
)
pytestmark = pytest.mark.skipif(
    not (Path(dealterms.__file__).parent / "model" / "weights.json").is_file(), reason="no model has been built: make model"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pipeline with the shipped model."""
    return dealterms.load()


@pytest.fixture(scope="module")
def narrative() -> str:
    """The sample filing's narrative."""
    return dealterms.extract(SAMPLE.read_text(encoding="utf-8")).text


def deals(docs) -> list[dict]:
    """Give the deals of Docs as plain values."""
    return [doc._.deal.to_dict() for doc in docs]


def test_factories_are_registered_by_the_installed_package(nlp):
    registered = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("dealterms.")}
    assert registered == set(FACTORIES)
    assert nlp.pipe_names == FACTORIES
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in FACTORIES}


def test_a_pipeline_can_be_put_together_by_name(nlp, narrative):
    own = spacy.blank("en")
    for name in FACTORIES:
        own.add_pipe(name)
    assert deals([own(narrative)]) == deals([nlp(narrative)])


def test_the_deal_is_that_of_extract(nlp, narrative):
    for text in (narrative, *TEXTS):
        doc = nlp(text)
        assert isinstance(doc._.deal, Deal)
        assert doc._.deal == dealterms.extract(text)


def test_the_registrant_can_be_told(nlp):
    text = "The Company licensed its patents to Quillon Ltd. and was paid an upfront fee of $3 million."
    doc = nlp.make_doc(text)
    doc._.registrant = "Marrow Labs, Inc."
    assert nlp(doc)._.deal == dealterms.extract(text, "Marrow Labs, Inc.")


def test_a_doc_that_the_pipeline_has_not_seen_has_no_deal(nlp):
    assert nlp.make_doc("Nothing happened.")._.deal is None


def test_every_candidate_is_a_span_with_its_pattern(nlp):
    doc = nlp(TEXTS[0])
    told = {(span.label_, span.text) for span in doc.spans["mentions"]}
    assert {("DURATION", "ten years"), ("MONEY", "$3 million"), ("PERCENT", "5%"), ("DURATION", "five-year")} <= told
    assert all(span.id_ for span in doc.spans["mentions"])


def test_the_key_of_the_candidates_can_be_chosen():
    own = spacy.blank("en")
    own.add_pipe("dealterms_mentions", config={"spans_key": "candidates"})
    doc = own(TEXTS[0])
    assert ("MONEY", "$3 million") in {(span.label_, span.text) for span in doc.spans["candidates"]}
    assert list(doc.spans) == ["candidates"]


def test_entities_are_what_was_accepted(nlp, narrative):
    doc = nlp(narrative)
    deal = doc._.deal
    covers = {"PAYMENT": deal.payments, "ROYALTY": deal.royalties, "TERM": deal.terms, "RENEWAL": deal.renewals}
    places = {label: [(record.start, record.end) for record in records] for label, records in covers.items()}
    for party in deal.parties:
        places.setdefault(party.role.upper(), []).extend(party.mentions)
    assert {ent.label_ for ent in doc.ents} == {label for label, of_label in places.items() if of_label}
    for ent in doc.ents:
        assert any(ent.start_char <= start and end <= ent.end_char for start, end in places[ent.label_]), (ent.text, ent.label_)


def test_a_text_without_a_deal_has_no_entities(nlp):
    doc = nlp("Nothing happened.")
    assert (doc._.deal, doc.ents) == (Deal("Nothing happened."), ())


def test_sentences_do_not_end_within_names(nlp):
    assert [sentence.text.strip()[:12] for sentence in nlp(TEXTS[0]).sents] == ["Quillon Ltd.", "Marrow paid ", "The agreemen"]


# Saving and loading


def test_a_saved_pipeline_gives_equal_deals(nlp, narrative, tmp_path):
    nlp.to_disk(tmp_path / "model")
    docs = list(nlp.pipe([narrative, *TEXTS]))
    loaded = spacy.load(tmp_path / "model")
    assert loaded.pipe_names == FACTORIES
    assert deals(loaded.pipe([narrative, *TEXTS])) == deals(docs)
    assert dealterms.extract(TEXTS[0], model=tmp_path / "model") == docs[1]._.deal


def test_saving_what_was_loaded_writes_the_same_bytes(nlp, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    nlp.to_disk(one)
    spacy.load(one).to_disk(two)
    files = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    assert files == {path.relative_to(two) for path in two.rglob("*") if path.is_file()}
    weights = Path("dealterms_roles", "weights.json")
    assert weights in files
    assert (one / weights).read_bytes() == (two / weights).read_bytes()


@pytest.mark.parametrize("own_models", [False, True])
def test_a_pipeline_goes_through_bytes(nlp, narrative, own_models):
    source = dealterms.load()
    if own_models:
        roles = source.get_pipe("dealterms_roles")
        roles.models = roles.models
    copy = dealterms.load().from_bytes(source.to_bytes())
    assert deals(copy.pipe([narrative, *TEXTS])) == deals(nlp.pipe([narrative, *TEXTS]))


def test_deals_are_kept_with_docs(nlp, narrative):
    docs = list(nlp.pipe([narrative, *TEXTS]))
    one = Doc(nlp.vocab).from_bytes(docs[0].to_bytes())
    binned = DocBin(store_user_data=True, docs=docs)
    kept = DocBin().from_bytes(binned.to_bytes()).get_docs(nlp.vocab)
    assert deals([one]) == deals(docs[:1])
    assert deals(kept) == deals(docs)


# Several processes


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # numpy's threads, which the children do not use
def test_two_processes_give_what_one_gives(nlp, narrative):
    texts = [narrative, *TEXTS] * 2
    assert deals(nlp.pipe(texts, n_process=2, batch_size=2)) == deals(nlp.pipe(texts))


def test_pipe_gives_what_single_calls_give(nlp, narrative):
    texts = [narrative, *TEXTS]
    assert deals(nlp.pipe(texts)) == deals(map(nlp, texts))


# Drawing


def test_displacy_draws_the_entities(nlp, narrative):
    doc = nlp(narrative)
    drawn = displacy.render(doc, style="ent", page=False, jupyter=False)
    assert drawn.count("<mark") == len(doc.ents)
    assert {"LICENSOR", "PAYMENT", "TERM"} <= {ent.label_ for ent in doc.ents}


# Odd texts


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\t  \n",
        " \n Quillon  Ltd.\n\n\n   pays   $3\n\nmillion  \t for five\r\n\r\nyears . \x0c ",
        "$5\xa0million\u2009for\u200bfive\xadyears — “Quillon’s” 7½% royalty\u2028\ufeff",
        "Quillon Ltd." + " " * 5_000 + "pays $3 million" + "\n" * 5_000,
        "\U0001f4b0 $3 million \U0001f4b0 for five years",
    ],
)
def test_the_text_stays_as_it_was(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert doc._.deal.text == text
    for group in ("payments", "royalties", "terms", "renewals"):
        for record in getattr(doc._.deal, group):
            assert text[record.start : record.end] == record.quote


def test_hard_wraps_do_not_change_what_is_found(nlp):
    told = nlp(TEXTS[2])._.deal
    assert [(record.low, record.currency) for record in told.payments] == [(2_000_000, "USD")]
    assert [record.length for record in told.terms] == ["P5Y"]

"""spaCy: Docs that its own tools take, and Docs that they made."""

from __future__ import annotations

import json
import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin
from tests.convert.deals import DEAL, EMPTY, TEXT, back, changed, place

from dealterms.convert import docbin, read_file, to_bytes
from dealterms.errors import InputError


def docs_of(data: bytes) -> list[Doc]:
    return list(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))


def bytes_of(*docs: Doc, user_data: bool = True) -> bytes:
    return DocBin(docs=docs, store_user_data=user_data).to_bytes()


def test_spacy_reads_it() -> None:
    (doc,) = docs_of(to_bytes([DEAL], "spacy"))
    assert doc.text == TEXT
    assert ("$2 million at signing", "payment:upfront") in {(span.text, span.label_) for span in doc.spans["sc"]}
    assert {span.label_ for span in doc.ents} >= {"party:licensor", "royalty", "renewal"}


def test_a_correction() -> None:
    (doc,) = docs_of(to_bytes([DEAL], "spacy"))
    spans = [span for span in doc.spans["sc"] if span.label_ != "payment:upfront"]
    doc.spans["sc"] = [*spans, doc.char_span(*place("$2 million"), label="payment:license_fee")]
    assert back(bytes_of(doc))[0].narrative == changed("payments", kind="license_fee", quote="$2 million")


@pytest.mark.parametrize("key", ["sc", "mine", None])
def test_docs_from_elsewhere(key: str | None) -> None:
    doc = spacy.blank("en")(TEXT)
    span = doc.char_span(*place("for ten years"), label="term:agreement")
    if key is None:
        doc.ents = [span]
    else:
        doc.spans[key] = [span]
    (given,) = back(bytes_of(doc, user_data=False))
    assert given.narrative == {"id": "labels: doc 1", "registrant": None, "text": TEXT, **EMPTY, "terms": DEAL["terms"]}


def test_words_are_cut_where_a_mark_cuts_them() -> None:
    cut = {"id": "c", "text": "royalty-bearing  licence ", **EMPTY, "royalties": [DEAL["royalties"][0] | {"quote": "ty-bear"}]}
    doc = docbin.pack(cut)
    assert doc.text == cut["text"]
    assert [span.text for span in doc.spans["sc"]] == ["ty-bear"]


@pytest.mark.parametrize("data", [b"\x78\x9cnot zlib", to_bytes([DEAL], "spacy")[:-40], pickle.dumps([1])])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="damaged"):
        list(read_file(data, "x.spacy", "spacy"))


def test_what_travels_is_json() -> None:
    (doc,) = docs_of(to_bytes([DEAL], "spacy"))
    assert set(doc.user_data) == {"dealterms"}
    assert json.loads(doc.user_data["dealterms"])["payments"] == DEAL["payments"]

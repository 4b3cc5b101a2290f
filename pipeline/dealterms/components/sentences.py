"""Marks where sentences begin."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from dealterms.sentences import sentence_starts


@Language.factory("dealterms_sentences", assigns=["token.is_sent_start", "doc.sents"])
class Sentences:
    """Sentences that survive abbreviations, headings and hard wraps; see `dealterms.sentences`."""

    def __init__(self, nlp: Language, name: str = "dealterms_sentences") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of one Doc."""
        starts = sentence_starts(doc.text)
        before = -1
        for token in doc:
            number = bisect_right(starts, token.idx)
            token.is_sent_start = number != before and not (token.is_space and token.i > 0)
            if token.is_sent_start:
                before = number
        return doc

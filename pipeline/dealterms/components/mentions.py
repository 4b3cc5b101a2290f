"""Writes every candidate to ``doc.spans["mentions"]``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from dealterms.candidates import find_mentions
from dealterms.words import words_of


@Language.factory("dealterms_mentions", assigns=["doc.spans"], default_config={"spans_key": "mentions"})
class Mentions:
    """Candidates by the ruler's patterns; see `dealterms.candidates`."""

    def __init__(self, nlp: Language, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Find the candidates of one Doc."""
        spans = []
        for mention in find_mentions(words_of(doc.text)).mentions:
            span = doc.char_span(mention.start, mention.end, label=mention.label, span_id=mention.pattern, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self.spans_key] = spans
        return doc

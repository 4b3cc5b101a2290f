"""Links what was decided into a deal, and writes the accepted candidates to ``doc.ents``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from dealterms.assemble import assemble
from dealterms.components.state import put, register
from dealterms.extraction import analyze
from dealterms.types import GROUPS, Deal

_LABELS = {"payments": "PAYMENT", "royalties": "ROYALTY", "terms": "TERM", "renewals": "RENEWAL"}


@Language.factory("dealterms_deal", assigns=["doc.ents", "doc._.deal"])
class Deals:
    """Assembles the deal; see `dealterms.assemble`."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.nlp = nlp
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Assemble the deal of one Doc."""
        models = self.nlp.get_pipe("dealterms_roles").models  # type: ignore[attr-defined]
        context, decisions = analyze(doc.text, doc._.registrant, models)
        deal = assemble(context, decisions, models, doc._.registrant)
        put(doc, "deal", deal.to_dict())
        doc.set_ents(filter_spans(list(_spans(doc, deal))))
        return doc


def _spans(doc: Doc, deal: Deal):
    for group in GROUPS:
        for record in getattr(deal, group):
            if group == "parties":
                places = [(place, record.role.upper()) for place in record.mentions]
            else:
                places = [((record.start, record.end), _LABELS[group])]
            for (start, end), label in places:
                span = doc.char_span(start, end, label=label, alignment_mode="expand")
                if span is not None:
                    yield span

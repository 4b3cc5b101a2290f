"""Decides what each candidate is, by the trained classifier that it saves and loads as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from dealterms.classifier import Models, models_from_text, models_to_text, read_models, shipped_models, write_models
from dealterms.components.state import put, register
from dealterms.decisions import NONE
from dealterms.extraction import analyze


@Language.factory("dealterms_roles", requires=["doc.spans"])
class Roles:
    """Roles by logistic regressions; see `dealterms.decisions`."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name
        self._models: Models | None = None

    @property
    def models(self) -> Models:
        """What was learned; the shipped models unless others were set or loaded."""
        return self._models or shipped_models()

    @models.setter
    def models(self, models: Models) -> None:
        self._models = models

    def __call__(self, doc: Doc) -> Doc:
        """Decide about the candidates of one Doc."""
        context, decisions = analyze(doc.text, doc._.registrant, self.models)
        roles = [
            [m.start, m.end, m.label, d.role, round(d.confidence, 4)]
            for m, d in zip(context.mentions, decisions.mentions)
            if d.role != NONE
        ]
        put(doc, "roles", roles)
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the models in a directory."""
        write_models(self.models, Path(path))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Roles:
        """Load the models of a directory."""
        self._models = read_models(Path(path))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the models as bytes; none where they are the shipped ones."""
        return b"" if self._models is None else models_to_text(self._models).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Roles:
        """Take the models that `to_bytes` gave."""
        self._models = models_from_text(data.decode(), "bytes") if data else None
        return self

"""From a text to its deal."""

from __future__ import annotations

from functools import lru_cache

from dealterms.assemble import assemble
from dealterms.candidates import Found, find_mentions
from dealterms.classifier import Models, shipped_models
from dealterms.decisions import Decisions, decide
from dealterms.entities import find_entities
from dealterms.features import Context
from dealterms.types import Deal
from dealterms.words import words_of


def context_of(text: str, registrant: str | None = None, found: Found | None = None) -> Context:
    """Find the candidates and names of a text."""
    words = words_of(text)
    found = found or find_mentions(words)
    words = words.until(found.read)
    return Context(words, found, find_entities(words, found.mentions, registrant))


@lru_cache(maxsize=1)
def analyze(text: str, registrant: str | None, models: Models) -> tuple[Context, Decisions]:
    """Find and decide; the last text is kept, since two components of the pipeline ask for the same."""
    context = context_of(text, registrant)
    return context, decide(context, models)


def extract_narrative(text: str, registrant: str | None = None, models: Models | None = None) -> Deal:
    """Extract the terms of one narrative.

    Parameters
    ----------
    text : str
        The narrative.
    registrant : str, optional
        The company that files.
    models : Models, optional
        In place of the shipped ones.

    Returns
    -------
    Deal
        Its terms; empty where it tells of no deal.
    """
    models = models or shipped_models()
    context = context_of(text, registrant)
    return assemble(context, decide(context, models), models, registrant)

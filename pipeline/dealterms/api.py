"""What users call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dealterms.candidates import VALUE_LABELS, Mention, find_mentions
from dealterms.classifier import Models, read_models, shipped_models
from dealterms.errors import DealtermsError, InputError
from dealterms.extraction import extract_narrative
from dealterms.filings import deal_sections, looks_like_filing, read_filing
from dealterms.types import Deal, Item
from dealterms.words import words_of

if TYPE_CHECKING:
    from spacy.language import Language

_BETWEEN_ITEMS = "\n\n"


def extract(
    text: str,
    registrant: str | None = None,
    *,
    min_confidence: float = 0.0,
    exhibits: bool = False,
    model: str | Path | None = None,
    id: str | None = None,
) -> Deal:
    """Extract the terms of the deal that a narrative or a Form 8-K tells of.

    Parameters
    ----------
    text : str
        The narrative of a deal, or a whole Form 8-K as filed: a full submission, a plain-text or an HTML main document.
        Of a filing the items that tell of deals are read: 5 until August 2004, 1.01, 1.02, 2.01, 7.01 and 8.01 since.
    registrant : str, optional
        The company that files, whom the text may call "the Company" or "we"; of a filing it is read from the header.
    min_confidence : float
        Payments, royalties, terms and renewals less sure than this (0 to 1) are left out.
    exhibits : bool
        Read the press releases in Exhibit 99 of a full submission in place of the items that point to them.
    model : str or Path, optional
        A model directory in place of the shipped one.
    id : str, optional
        The caller's name for the text, kept in the result.

    Returns
    -------
    Deal
        Empty lists where no deal is told of.

    Raises
    ------
    dealterms.errors.InputError
        For empty text, a filing that is no 8-K, or one without any such item.

    Examples
    --------
    >>> deal = extract("Acme Inc. and Beta GmbH signed a license agreement with a term of five years.")
    >>> [(term.kind, term.length) for term in deal.terms]
    [('agreement', 'P5Y')]
    """
    if not isinstance(text, str):
        raise InputError(f"expected a text, not {type(text).__name__}", "decode bytes with dealterms.filings.decode first")
    if not text.strip():
        raise InputError("the text is empty", "give a filing or a narrative")
    items: tuple[Item, ...] = ()
    if looks_like_filing(text):
        filing = read_filing(text, exhibits=exhibits)
        registrant = registrant or filing.registrant
        text, items = join_sections(deal_sections(filing))
    deal = extract_narrative(text, registrant, _models(model))
    return replace(deal.above(min_confidence) if min_confidence else deal, items=items, id=id)


def join_sections(sections: Iterable) -> tuple[str, tuple[Item, ...]]:
    """Join the bodies of a filing's items to one narrative.

    Parameters
    ----------
    sections : iterable of dealterms.filings.Section
        The items, in the order of the file.

    Returns
    -------
    (str, tuple of Item)
        The narrative, and where each item is in it and in the file.
    """
    text = ""
    items: list[Item] = []
    for section in sections:
        if any(item.file_start == section.start and item.file_end == section.end for item in items):
            continue  # one heading for several items: one body
        text += _BETWEEN_ITEMS if text else ""
        items.append(Item(section.item, section.title, len(text), len(text) + len(section.text), section.start, section.end))
        text += section.text
    return text, tuple(items)


def extract_many(texts: Iterable[str], registrant: str | None = None, *, model: str | Path | None = None) -> Iterator[Deal]:
    """Extract the terms of many texts, one after another, in constant memory.

    Parameters
    ----------
    texts : iterable of str
        As `extract` takes them.
    registrant : str, optional
        The company that files, where all are of one.
    model : str or Path, optional
        A model directory in place of the shipped one.

    Yields
    ------
    Deal
        One for each text, in order.

    Examples
    --------
    >>> [len(deal.payments) for deal in extract_many(["Nothing happened.", "Still nothing."])]
    [0, 0]
    """
    for text in texts:
        yield extract(text, registrant, model=model)


def mentions(text: str, *, phrases: bool = False) -> list[Mention]:
    """List the candidates of a text, before anything is decided about them.

    Parameters
    ----------
    text : str
        A narrative.
    phrases : bool
        Also those that are words without a value (PAYMENT, ROYALTY, EVENT, RENEW).

    Returns
    -------
    list of Mention
        MONEY, PERCENT, DURATION, DATE and ORG candidates, each with offsets and normalised value.

    Examples
    --------
    >>> [(m.label, m.value) for m in mentions("for five years from May 8, 2000")]
    [('DURATION', 'P5Y'), ('DATE', '2000-05-08')]
    """
    found = find_mentions(words_of(text)).mentions
    return found if phrases else [mention for mention in found if mention.label in VALUE_LABELS]


def load(path: str | Path | None = None) -> Language:
    """Give the spaCy pipeline: sentences, candidates, roles, deal.

    Parameters
    ----------
    path : str or Path, optional
        A model directory in place of the shipped one.

    Returns
    -------
    spacy.Language
        ``nlp(text)._.deal`` is the deal, ``doc.spans["mentions"]`` every candidate, ``doc.ents`` the accepted ones.

    Examples
    --------
    >>> load().pipe_names
    ['dealterms_sentences', 'dealterms_mentions', 'dealterms_roles', 'dealterms_deal']
    """
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("dealterms_sentences")
    nlp.add_pipe("dealterms_mentions")
    roles = nlp.add_pipe("dealterms_roles")
    nlp.add_pipe("dealterms_deal")
    if path is not None:
        roles.models = _models(path)  # type: ignore[attr-defined]
    return nlp


@lru_cache(maxsize=4)
def _read(path: str) -> Models:
    return read_models(path)


def _models(path: str | Path | None) -> Models:
    return shipped_models() if path is None else _read(str(path))


__all__ = ["DealtermsError", "extract", "extract_many", "join_sections", "load", "mentions"]

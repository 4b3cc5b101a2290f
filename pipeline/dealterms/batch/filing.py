"""From the text of one input to its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dealterms.batch.rows import Rows, deal_rows, error_rows, whole_characters
from dealterms.errors import InputError, NoDealItemError
from dealterms.types import Deal, Item

_NO_ITEMS: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What decides the outcome of an extraction, beside the text.

    Attributes
    ----------
    registrant : str or None
        The company that files, where an input does not tell.
    min_confidence : float
        Payments, royalties, terms and renewals less sure than this, 0 to 1, are left out.
    exhibits : bool
        Whether press releases in Exhibit 99 are read in any case.
    model : str or None
        A model directory in place of the shipped one.
    """

    registrant: str | None = None
    min_confidence: float = 0.0
    exhibits: bool = False
    model: str | None = None


#: Gives the rows of a text, whose registrant and source it is told.
Extractor = Callable[[str, "str | None", "str | None"], Rows]


def extractor(settings: Settings) -> Extractor:
    """Load the model and give what extracts with it.

    Parameters
    ----------
    settings : Settings
        How.

    Returns
    -------
    callable
        From a text, its registrant and its source to rows; never raises for a text, however broken.

    Raises
    ------
    dealterms.errors.ModelError, dealterms.errors.NotFoundError
        The model is damaged or missing.

    Examples
    --------
    >>> rows = extractor(Settings())("Acme Inc. and Beta GmbH signed a license agreement with a term of five years.", None, "a.txt")
    >>> [(term["kind"], term["length"]) for term in rows["terms"]]
    [('agreement', 'P5Y')]
    """
    from dealterms import api
    from dealterms.extraction import extract_narrative
    from dealterms.filings import Header, deal_sections, looks_like_filing, read_filing
    from dealterms.screening import worth_reading
    from dealterms.wording import internal_error

    models = api._models(settings.model)

    def extracted(text: str, registrant: str | None, source: str | None) -> Rows:
        header, items = Header(), _NO_ITEMS
        registrant = registrant or settings.registrant
        if looks_like_filing(text):
            filing = read_filing(text, exhibits=settings.exhibits)
            header, registrant = filing.header, registrant or filing.registrant
            header = replace(header, company=header.company or filing.registrant)
            try:
                text, items = api.join_sections(deal_sections(filing))
            except NoDealItemError:
                return deal_rows(Deal("", registrant), header, source, "no_item")
        if not worth_reading(text, models):
            return deal_rows(Deal(text, registrant, items=items), header, source, "screened")
        deal = replace(extract_narrative(text, registrant, models).above(settings.min_confidence), items=items)
        return deal_rows(deal, header, source, "no_deal")

    def guarded(text: str, registrant: str | None, source: str | None) -> Rows:
        try:
            return extracted(whole_characters(text), whole_characters(registrant) if registrant else None, source)
        except InputError as error:
            return error_rows(source, "filing", str(error))
        except Exception as error:
            return error_rows(source, "extraction", internal_error(error))

    return guarded


def model_fingerprint(model: str | None) -> str:
    """Give a short hash of a model, and of the patterns and classes of words that it is used with.

    Parameters
    ----------
    model : str or None
        What ``dealterms.classifier.find_model`` takes; None for the shipped one.

    Returns
    -------
    str
        Sixteen hexadecimal digits.

    Raises
    ------
    dealterms.errors.NotFoundError
        There is no such model.

    Examples
    --------
    >>> len(model_fingerprint(None))
    16
    """
    import hashlib

    from dealterms.classifier import find_model
    from dealterms.resources import MODEL_DIR, patterns_fingerprint

    told = hashlib.sha256(patterns_fingerprint().encode())
    for file in (find_model(model or MODEL_DIR), MODEL_DIR / "clusters.txt"):
        told.update(file.read_bytes())
    return told.hexdigest()[:16]

"""Links candidates and decisions into the records of a deal."""

from __future__ import annotations

from dealterms.assemble.confidence import calibrate
from dealterms.assemble.parties import assemble_parties
from dealterms.assemble.payments import assemble_payments
from dealterms.assemble.renewals import assemble_renewals
from dealterms.assemble.royalties import assemble_royalties
from dealterms.assemble.terms import assemble_terms
from dealterms.classifier import Models
from dealterms.decisions import Decisions
from dealterms.features import Context
from dealterms.types import Deal

__all__ = ["assemble"]


def assemble(context: Context, decisions: Decisions, models: Models, registrant: str | None = None) -> Deal:
    """Make a deal of what was found and decided.

    Parameters
    ----------
    context : Context
        The text with its candidates.
    decisions : Decisions
        What each candidate is.
    models : Models
        What was learned.
    registrant : str, optional
        The company that files.

    Returns
    -------
    Deal
        Empty where the text tells of no deal.
    """
    parties, sides = assemble_parties(context, decisions, models)
    text = context.words.text
    if not sides.roles:
        return Deal(text, registrant)
    deal = Deal(
        text,
        registrant,
        parties=parties,
        payments=assemble_payments(context, decisions, models, sides),
        royalties=assemble_royalties(context, decisions, models, sides),
        terms=assemble_terms(context, decisions, models),
        renewals=assemble_renewals(context, decisions, models, sides),
    )
    return calibrate(deal, models.tables)

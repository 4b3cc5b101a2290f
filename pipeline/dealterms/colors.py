"""The colours of evidence: one for each group of records, the same in reports, notebooks and displaCy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, each as ``#rrggbb``.

    Attributes
    ----------
    ink, paper : str
        Text and page.
    quiet : str
        Text of less weight.
    fills : dict of str to str
        Behind the words of a group's evidence; ``ink`` is legible on each.
    lines : dict of str to str
        Under the words of evidence that is hidden by other evidence; seen on ``paper``.
    """

    ink: str
    paper: str
    quiet: str
    fills: dict[str, str]
    lines: dict[str, str]


LIGHT = Palette(
    ink="#1b1f24",
    paper="#ffffff",
    quiet="#57606a",
    fills={"parties": "#cfe3ff", "payments": "#c9f0cf", "royalties": "#ffe0a8", "terms": "#e6d6ff", "renewals": "#ffd3df"},
    lines={"parties": "#1f6fc4", "payments": "#2b8a3e", "royalties": "#b06c00", "terms": "#7a45c9", "renewals": "#c2255c"},
)
DARK = Palette(
    ink="#eceff2",
    paper="#15181c",
    quiet="#a0a9b3",
    fills={"parties": "#0f4c81", "payments": "#1d5f31", "royalties": "#6e4a08", "terms": "#53358a", "renewals": "#7d2846"},
    lines={"parties": "#6cb2ff", "payments": "#5fd07a", "royalties": "#f0b040", "terms": "#b794f6", "renewals": "#f783ac"},
)

_LABELS = {
    "parties": "ORG LICENSOR LICENSEE SUPPLIER DISTRIBUTOR PURCHASER SELLER COLLABORATOR",
    "payments": "PAYMENT MONEY",
    "royalties": "ROYALTY PERCENT",
    "terms": "TERM DURATION DATE EVENT",
    "renewals": "RENEWAL RENEW",
}

#: The colour of each label of ``doc.ents`` and ``doc.spans["mentions"]``, in both themes: displaCy writes dark on light.
COLORS: dict[str, str] = {label: LIGHT.fills[group] for group, labels in _LABELS.items() for label in labels.split()}


def displacy_options() -> dict[str, Any]:
    """Give the options with which displaCy draws in the colours of the reports.

    Returns
    -------
    dict
        Options of ``spacy.displacy.render`` for ``style="ent"``, which draws ``doc.ents``, and for ``style="span"``, which
        draws ``doc.spans["mentions"]``.

    Examples
    --------
    >>> import dealterms
    >>> from spacy import displacy
    >>> doc = dealterms.load()("Acme Inc. licensed its patents to Beta GmbH for five years.")
    >>> COLORS["TERM"] in displacy.render(doc, style="ent", options=displacy_options(), jupyter=False)
    True
    """
    # displaCy leaves the colour of the text to the page, and a dark one may have it light.
    return {"colors": {label: f"{color}; color: {LIGHT.ink}" for label, color in COLORS.items()}, "spans_key": "mentions"}

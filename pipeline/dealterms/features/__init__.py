"""What the classifier knows of candidates, names and texts, as named features; training and extraction share this package.

Features come in groups (``GROUPS``), so that what each is worth can be measured (``training/RESULTS.md``). A feature's name
begins with its group.
"""

from __future__ import annotations

from dealterms.features.bound import bound_cue
from dealterms.features.context import Context, stem
from dealterms.features.mention import mention_features
from dealterms.features.party import party_features
from dealterms.features.relation import count_features, link_features, tier_features, told_count
from dealterms.features.text import text_features

# Raise when the meaning of a feature changes: models of another version are refused.
VERSION = 6
GROUPS = (
    "own",
    "near",
    "left",
    "right",
    "sentence",
    "before",
    "cue",
    "slot",
    "list",
    "deal",
    "party",
    "class",
    "meaning",
    "item",
    "pair",
    "when",
    "between",
    "text",
    "title",
    "first",
    "link",
    "count",
    "tier",
    "second",
)

__all__ = [
    "GROUPS",
    "VERSION",
    "Context",
    "bound_cue",
    "count_features",
    "link_features",
    "mention_features",
    "party_features",
    "stem",
    "text_features",
    "tier_features",
    "told_count",
]

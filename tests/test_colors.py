"""Colours: legible, and the same in displaCy."""

from __future__ import annotations

import pytest
from spacy import displacy

import dealterms
from dealterms.candidates import find_mentions
from dealterms.colors import COLORS, DARK, LIGHT, Palette, displacy_options
from dealterms.types import GROUPS, PARTY_ROLES
from dealterms.words import words_of

STORY = (
    "Acme Inc. granted Beta GmbH a license. Beta will pay an upfront fee of $3 million and royalties of 5% of net sales. "
    "The agreement has a term of five years and renews automatically for successive one-year periods until May 8, 2012."
)


def luminance(color: str) -> float:
    """Relative luminance, as the accessibility guidelines of the web define it."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_the_guidelines_say():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible_on_every_colour(palette: Palette):
    assert set(palette.fills) == set(palette.lines) == set(GROUPS)
    assert [fill for fill in [*palette.fills.values(), palette.paper] if contrast(palette.ink, fill) < 4.5] == []
    assert [text for text in (palette.quiet, palette.lines["parties"]) if contrast(text, palette.paper) < 4.5] == []
    assert [line for line in palette.lines.values() if contrast(line, palette.paper) < 3] == []


def test_text_is_legible_on_what_displacy_draws():
    drawn = displacy_options()["colors"]
    assert set(drawn) == set(COLORS)
    for label, style in drawn.items():
        background, ink = style.split("; color: ")
        assert background == COLORS[label] and contrast(ink, background) >= 4.5


def test_every_label_has_a_colour():
    nlp = dealterms.load()
    doc = nlp(STORY)
    assert {role.upper() for role in PARTY_ROLES} <= set(COLORS)
    assert {span.label_ for span in doc.spans["mentions"]} | {entity.label_ for entity in doc.ents} <= set(COLORS)
    assert {mention.label for mention in find_mentions(words_of(STORY)).mentions} <= set(COLORS)


def test_displacy_draws_in_our_colours():
    doc = dealterms.load()(STORY)
    for style, label in (("ent", "TERM"), ("span", "MONEY")):
        assert COLORS[label] in displacy.render(doc, style=style, options=displacy_options(), jupyter=False)

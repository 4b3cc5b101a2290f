"""The templates, filled in: everything put into them is escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dealterms import wording
from dealterms.colors import DARK, LIGHT
from dealterms.types import GROUPS


def render(template: str, **values: Any) -> Markup:
    """Fill in a template.

    Parameters
    ----------
    template : str
        Name of a file in ``templates/``.
    **values
        What it names; escaped unless it is `Markup`.

    Returns
    -------
    Markup
        HTML.
    """
    return Markup(_environment().get_template(template).render(values))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dealterms", "show/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = lambda text: wording.one_line(str(text))
    environment.globals.update(light=LIGHT, dark=DARK, groups=list(GROUPS))
    return environment


@lru_cache(maxsize=1)
def fragment_style() -> Markup:
    """Give the style of a deal, in a notebook or on a page."""
    return render("deal.css").strip()

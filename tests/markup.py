"""Reads marked-up texts: the tags say what must be found in the text between them, and everything else must not be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z_]+)(?P<attributes>(?:\s+[a-z_]+=(?:\"[^\"<>]*\"|[^\s\"<>]+))*)>")
_ATTRIBUTE = re.compile(r"([a-z_]+)=(?:\"([^\"]*)\"|(\S+))")


class MarkupError(ValueError):
    """A marked-up text that cannot mean what it says."""


@dataclass(frozen=True)
class Marked:
    """What one pair of tags says.

    Attributes
    ----------
    label : str
        The tag's name.
    start, end : int
        Half-open place of what it holds in the plain text.
    attributes : dict of str to str
        As written.
    """

    label: str
    start: int
    end: int
    attributes: dict[str, str]


def read_markup(
    source: str, tags: Mapping[str, frozenset[str]], *, none: bool = False, change: Callable[[str], str] | None = None
) -> tuple[str, list[Marked]]:
    """Read a marked-up text.

    Parameters
    ----------
    source : str
        Such as ``'a <MONEY low=3 value=USD>$3</MONEY> fee'``. Tags do not nest, and no other angle bracket is allowed.
    tags : mapping of str to frozenset of str
        The tags that may be used, each with the attributes that it may have.
    none : bool
        Whether the text is meant to have no tags at all.
    change : callable, optional
        Applied to the text between the tags, to make a variant of the case.

    Returns
    -------
    (str, list of Marked)
        The plain text, and what the tags say, in order.

    Raises
    ------
    MarkupError
        For unbalanced, nested, empty and unknown tags, for unknown and repeated attributes, for angle brackets that are no tag,
        and where there are no tags though ``none`` does not say so, or some though it does.

    Examples
    --------
    >>> read_markup("a <SUM low=3>$3</SUM> fee", {"SUM": frozenset({"low"})})
    ('a $3 fee', [Marked(label='SUM', start=2, end=4, attributes={'low': '3'})])
    """
    plain = ""
    marked: list[Marked] = []
    opened: tuple[str, int, dict[str, str]] | None = None
    position = 0
    for tag in _TAG.finditer(source):
        plain += _text(source, position, tag.start(), change)
        position = tag.end()
        name, attributes = tag["name"], _attributes(tag["name"], tag["attributes"])
        if name not in tags:
            raise MarkupError(f"unknown tag {name!r} in {source!r}")
        if unknown := attributes.keys() - tags[name]:
            raise MarkupError(f"unknown attribute {min(unknown)!r} of {name!r} in {source!r}")
        if not tag["close"]:
            if opened:
                raise MarkupError(f"{name!r} opens inside {opened[0]!r} in {source!r}")
            opened = name, len(plain), attributes
            continue
        if opened is None or opened[0] != name or attributes:
            raise MarkupError(f"{name!r} closes what was not opened in {source!r}")
        if opened[1] == len(plain):
            raise MarkupError(f"{name!r} holds nothing in {source!r}")
        marked.append(Marked(name, opened[1], len(plain), opened[2]))
        opened = None
    plain += _text(source, position, len(source), change)
    if opened:
        raise MarkupError(f"{opened[0]!r} is never closed in {source!r}")
    if none == bool(marked):
        raise MarkupError(f"{'tags' if none else 'no tags'} in {source!r}")
    return plain, marked


def _attributes(name: str, written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for attribute, quoted, bare in _ATTRIBUTE.findall(written):
        if attribute in found:
            raise MarkupError(f"{attribute!r} is given twice for {name!r}")
        found[attribute] = bare or quoted
    return found


def _text(source: str, start: int, end: int, change: Callable[[str], str] | None) -> str:
    text = source[start:end]
    if "<" in text or ">" in text:
        raise MarkupError(f"an angle bracket that is no tag in {source!r}")
    return change(text) if change else text

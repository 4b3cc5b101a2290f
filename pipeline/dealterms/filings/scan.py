"""Small steps through a text that the readers of headings share."""

from __future__ import annotations

import re

#: White space within a line.
SPACE = r"[ \t\xa0]"


def skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Give the place behind a pattern, which need not be there.

    Examples
    --------
    >>> skip(re.compile("-+"), "5 --- x", 2), skip(re.compile("-+"), "5 --- x", 0)
    (5, 0)
    """
    match = pattern.match(text, position)
    return match.end() if match else position


def spaced(word: str) -> str:
    """Write the pattern of a word that may be letter-spaced.

    Examples
    --------
    >>> re.fullmatch(spaced("item"), "I T E M", re.I) is not None
    True
    """
    return f"{SPACE}?".join(word)


def one_line(words: str) -> str:
    """Bring words into one line and leave out the marks at their end.

    Examples
    --------
    >>> one_line("Financial Statements\\n   and Exhibits. --")
    'Financial Statements and Exhibits'
    """
    return " ".join(words.split()).rstrip(" .:;,*-–—")

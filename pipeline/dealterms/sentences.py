"""Where sentences begin in text that is hard-wrapped, has headings and is full of abbreviations."""

from __future__ import annotations

import re
from itertools import pairwise

_ABBREVIATIONS = (
    "inc|corp|co|cos|ltd|llc|plc|bros|no|nos|mr|mrs|ms|dr|prof|st|jr|sr|messrs|vs|approx|dept|fig|et al|cf|sec|art|ref|vol|ed|ph|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|calif|mass|conn|wash|ill|colo|fla|tex|ariz|mich|minn|penn|pa|va|"
    "i\\.e|e\\.g|u\\.s|u\\.k|u\\.s\\.a|n\\.v|s\\.a|s\\.p\\.a|a\\.g|b\\.v|l\\.p|l\\.l\\.c|d\\.c|n\\.j|n\\.y|n\\.c|s\\.c|ph\\.d|m\\.d|a\\.m|p\\.m|per cent|cent"
)
# A stop ends a sentence where something that can begin one follows, unless an abbreviation or an initial stands before it.
_STOP = re.compile(r"[.?!][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9$£€¥•])")
_ABBREVIATED = re.compile(rf"(?:^|[\s(\"“'&,.-])(?:{_ABBREVIATIONS}|[A-Za-z])\.$", re.I)
# After these a capital letter still does begin a new sentence ("... with Acme, Inc. The agreement ...").
_OPENERS = re.compile(
    r"[\"'“‘(\[]*(?:The|This|These|That|Those|It|Its|In|On|At|As|Under|Upon|Pursuant|We|Our|If|For|Each|Both|All|Any|There|They|Their|"
    r"With|Within|During|After|Before|By|Subject|Such|A|An|No|Neither|Either|When|While|Until|Unless|Following|Although|Should|To|"
    r"Additionally|However|Further|Furthermore|Moreover|Effective|Concurrently|Also|He|She|Based|Through|Beginning|Royalties|Payments)\b(?!\s*\.)"
)
_BLANK = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")
_BULLET = re.compile(r"\n[ \t\xa0]*(?=(?:[•·*▪●◦]|--?|–|\(?(?:[ivx]{1,4}|[a-z]|\d{1,2})[.)])[ \t\xa0]+\S)")
_WINDOW = 24


def sentence_starts(text: str) -> list[int]:
    """Find where sentences begin.

    Parameters
    ----------
    text : str
        Any text; blank lines and bullets also begin a sentence.

    Returns
    -------
    list of int
        Character offsets, ascending, the first 0.

    Examples
    --------
    >>> text = "Acme, Inc. paid $1.5 million. The U.S. rights went to Beta Corp. It paid more."
    >>> [text[start:][:8] for start in sentence_starts(text)]
    ['Acme, In', 'The U.S.', 'It paid ']
    """
    starts = {0}
    starts.update(match.end() for match in _BLANK.finditer(text))
    starts.update(match.end() for match in _BULLET.finditer(text))
    for match in _STOP.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start() + 1]
        if text[match.start()] == "." and _ABBREVIATED.search(before) and not _OPENERS.match(text, match.end()):
            continue
        starts.add(match.end())
    return sorted(start for start in starts if start < len(text) or start == 0)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Give where the sentences of a text begin and end.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        Half-open ranges of characters that make up the text.

    Examples
    --------
    >>> sentences_of("It paid. It left.")
    [(0, 9), (9, 17)]
    """
    return list(pairwise([*sentence_starts(text), len(text)]))

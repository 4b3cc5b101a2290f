"""The items of Form 8-K, before and after 23 August 2004, and the words of their titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

#: From this day on the items are numbered 1.01 to 9.01; some filers were late.
RENUMBERED = "2004-08-23"
RENUMBERED_FOR_ALL = "2005-07-01"

# Besides the titles of the form, the words with which filers vary them.
OLD = {
    "1": "Changes in Control of Registrant, Company",
    "2": "Acquisition or Disposition of Assets, Acquisitions and Dispositions",
    "3": "Bankruptcy or Receivership",
    "4": "Changes in Registrant's Company's Certifying Accountant, Independent Public Accountants, Auditors",
    "5": "Other Events and Regulation Reg. F.D. Disclosure, Required FD Disclosure, Other Materially Important Events, Items, Matters",
    "6": "Resignations of Registrant's Company's Directors, Director, Executive Officers",
    "7": "Financial Statements, Pro Forma, Proforma Financial Information and Exhibits, Exhibit, Schedules",
    "8": "Change in Fiscal Year",
    "9": "Regulation Reg. FD F.D. Disclosure, Sales of Equity Securities Pursuant to Regulation S, Unregistered Offerings, "
    "Information Provided, Furnished, Results of Operations and Financial Condition",
    "10": "Amendments to the Registrant's Company's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    "11": "Temporary Suspension of Trading Under Registrant's Company's Employee Benefit Plans",
    "12": "Disclosure of Results of Operations and Financial Condition",
}
NEW = {
    "1.01": "Entry into a Material Definitive Agreement, Agreements, an Amendment of",
    "1.02": "Termination of a Material Definitive Agreement",
    "1.03": "Bankruptcy or Receivership",
    "1.04": "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
    "1.05": "Material Cybersecurity Incidents",
    "2.01": "Completion of Acquisition or Disposition of Assets",
    "2.02": "Disclosure of Results of Operations and Financial Condition",
    "2.03": "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a Registrant",
    "2.04": "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an "
    "Off-Balance Sheet Arrangement",
    "2.05": "Costs Associated with Exit or Disposal Activities",
    "2.06": "Material Impairments",
    "3.01": "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing",
    "3.02": "Unregistered Sales of Equity Securities",
    "3.03": "Material Modification to Rights of Security Holders",
    "4.01": "Changes in Registrant's Company's Certifying Accountant, Independent Public Accountants, Auditors, Registered Accounting Firm",
    "4.02": "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review",
    "5.01": "Changes in Control of Registrant, Company",
    "5.02": "Departure of Directors or Principal, Certain Officers; Election of Directors; Appointment of Principal, Certain Officers; "
    "Compensatory Arrangements of Certain Officers",
    "5.03": "Amendments to Articles, Certificate of Incorporation or Bylaws, By-Laws; Change in Fiscal Year",
    "5.04": "Temporary Suspension of Trading Under Registrant's Company's Employee Benefit Plans",
    "5.05": "Amendments to the Registrant's Company's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    "5.06": "Change in Shell Company Status",
    "5.07": "Submission of Matters to a Vote of Security Holders",
    "5.08": "Shareholder Director Nominations",
    "6.01": "ABS Informational and Computational Material",
    "6.02": "Change of Servicer or Trustee",
    "6.03": "Change in Credit Enhancement or Other External Support",
    "6.04": "Failure to Make a Required Distribution",
    "6.05": "Securities Act Updating Disclosure",
    "6.06": "Static Pool",
    "6.10": "Alternative Filings of Asset-Backed Issuers",
    "7.01": "Regulation Reg. FD F.D. Disclosure",
    "8.01": "Other Events, Information, Matters, Items",
    "9.01": "Financial Statements, Pro Forma, Proforma Financial Information and Exhibits, Exhibit, Schedules",
}
ITEMS = {**OLD, **NEW}

_WORD = re.compile(r"\w+(?:['’`]\w+)?|&")
_LINKS = frozenset(("of", "or", "and", "the", "in", "to", "a", "an", "on", "by", "for", "with", "under", "that", "into", "&"))
# A title is read piece by piece: words up to a stop, a line's end or the next cell, and the marks there.
_PIECE = re.compile(r"(?P<words>[^\n\t.:;(]*)(?P<marks>[\s.:;(*]*)")
_TAIL = re.compile(r"[^\n]{0,60}(?=\n|\Z)")
_PROSE = re.compile(
    r"""
    \b(?:is|are|was|were|has|have|had|will|shall|may|announced|entered|issued|filed|attached|completed|see|reported|released|hereby
        |incorporated|signed|acquired|appointed|elected|resigned|approved)\b
    | [.:]\s+\S
    | \b(?i:items?)\s
    | ^\W*(?i:not\ applicable|inapplicable|none|n/?a\b|omitted|see\b|on\s+\w+\s+\d|the\s+(?:company|registrant)\b|exhibit\b|press\s+rel)
    """,
    re.X,
)
_REACH = 700
_RULE = " \t\r\xa0-=_"


@dataclass(frozen=True)
class Title:
    """A title that the form prescribes, found in a text.

    Attributes
    ----------
    start, end : int
        Its place.
    strong : int
        How many of its words tell.
    runs_on : bool
        Whether a sentence goes on from it in small letters.
    """

    start: int
    end: int
    strong: int
    runs_on: bool = False


def read_title(text: str, position: int, items: tuple[str, ...]) -> Title | None:
    """Read the words from ``position`` on that belong to the titles of the items.

    The title goes on over stops, line ends and cells as long as all words up to the next of them are of a title.

    Parameters
    ----------
    text : str
        The text.
    position : int
        Where the first word should stand.
    items : tuple of str
        The items whose titles are allowed.

    Returns
    -------
    Title or None
        None where the text begins with other words.

    Examples
    --------
    >>> text = "Other Events and\\nRegulation FD Disclosure.\\nOn May 8 the company ..."
    >>> title = read_title(text, 0, ("5",))
    >>> text[title.start : title.end]
    'Other Events and\\nRegulation FD Disclosure'
    """
    vocabulary = title_words(items)
    limit = min(len(text), position + _REACH)
    seen: set[str] = set()
    start = end = -1
    gap, linked = "", False
    while position < limit and (piece := _PIECE.match(text, position, limit)) is not None:
        words = list(_WORD.finditer(text, piece.start("words"), piece.end("words")))
        marks = piece.group("marks")
        position = piece.end()
        if not words:
            gap = gap or ("line" if "\n" in marks else "")
            if not marks:
                break
            continue
        known = words[: _count_known(words, vocabulary)]
        pure = len(known) == len(words)
        strong = {stem(word.group()) for word in known if not is_link(word.group())}
        linked = linked or (bool(seen) and is_link(words[0].group()))
        if not _goes_on(gap, pure, strong, seen, linked):
            break
        linked = ";" in marks or is_link(known[-1].group()) or piece.group("words").rstrip().endswith(",")
        while is_link(known[-1].group()):
            known.pop()
        start, end = (known[0].start() if start < 0 else start), known[-1].end()
        seen |= strong
        gap = _gap(marks)
        if not pure:
            tail = _own_tail(text, end)
            return Title(start, tail or end, len(seen), not tail and text[end : end + 40].lstrip(" \t\xa0,")[:1].islower())
    return Title(start, end, len(seen)) if seen else None


def _count_known(words: list[re.Match[str]], vocabulary: frozenset[str]) -> int:
    """Count the words before the first that is not of the title, or that only repeats the one before it ("... and Exhibits Exhibit 99")."""
    last = ""
    for index, word in enumerate(words):
        root = stem(word.group())
        if root not in vocabulary or root == last:
            return index
        last = root
    return len(words)


def _goes_on(gap: str, pure: bool, strong: set[str], seen: set[str], linked: bool) -> bool:
    """Tell whether the known words of a piece begin the title, or go on with it after the gap before them.

    They do so only if all words of the piece are known, or where the title stands or is left off in the middle of a line.
    """
    if not strong:
        return False
    if not seen:
        return pure or not gap
    if linked:
        return pure or gap != "blank"
    return pure and gap != "blank" and (bool(strong - seen) if gap == "line" else not strong & seen)


def _gap(marks: str) -> str:
    if marks.count("\n") > 1:
        return "blank"
    return "stop" if "\n" in marks and ("." in marks or ":" in marks) else "line"


def _own_tail(text: str, position: int) -> int:
    """Find the end of a heading that the filer ended in words of his own ("... - Merger with Beta"); 0 where the line goes on as a body."""
    tail = _TAIL.match(text, position)
    if tail is None or is_prose(tail.group()):
        return 0
    below = text[tail.end() + 1 : tail.end() + 80].split("\n", 1)[0]
    return 0 if below.strip(_RULE) else position + len(tail.group().rstrip())


def is_prose(words: str) -> bool:
    """Tell a body from the words of a title.

    Examples
    --------
    >>> is_prose("On May 8, 2000 the board met"), is_prose("None"), is_prose("Merger with Beta Corp.")
    (True, True, False)
    """
    return _PROSE.search(words) is not None


def stem(word: str) -> str:
    """Bring a word of a title to one form: small letters, no possessive, no plural.

    Examples
    --------
    >>> stem("REGISTRANT’S"), stem("Events"), stem("Bylaws")
    ('registrant', 'event', 'bylaw')
    """
    word = re.split(r"['’`]", word.lower())[0]
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


@lru_cache(maxsize=256)
def title_words(items: tuple[str, ...]) -> frozenset[str]:
    """Give the stems of all words in the titles of some items, and of the links between titles.

    Examples
    --------
    >>> sorted(title_words(("2.06",)))
    ['&', 'and', 'impairment', 'material', 'of', 'or', 'the']
    """
    return frozenset(stem(word) for item in items for word in _WORD.findall(ITEMS[item])) | {"of", "or", "and", "the", "&"}


def is_link(word: str) -> bool:
    """Tell the small words that cannot begin or end a title.

    Examples
    --------
    >>> is_link("of"), is_link("events")
    (True, False)
    """
    return word.lower() in _LINKS

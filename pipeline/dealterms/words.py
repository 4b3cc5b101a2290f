"""The words that patterns and features see: the text without its white space, each word with a class.

White space, curly quotes and line breaks stay in the text; a word only knows where it begins and ends there.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from dealterms.normalize.dates import MONTHS
from dealterms.normalize.duration import ORDINALS
from dealterms.sentences import sentence_starts

_WORD = re.compile(
    r"(?:US|U\.S\.|CDN|Cdn|CAN|CAD|CA|C|AUD|AUS|AU|A|NZ|HK|NT|SG|S|R|MX)?\$"
    r"|(?:RMB|CN)?¥"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\b\d+[a-z]+\d\w*"
    r"|\d[\d,]*\d(?:\.\d+)?|\d(?:\.\d+)?|\.\d+"
    r"|(?:USD|EUR|GBP|CHF|DKK|SEK|NOK|RMB|CNY|JPY|DEM|DM|FF)(?=\d)"
    r"|Y(?=\d[\d.,]*\s*(?:billion|million)|\d{1,3}(?:,\d{3})+)"
    r"|[^\W\d_][\w-]*\.(?:com|net|org)\b|\b[A-Z]{1,3}&[A-Z]{1,3}\b"
    r"|[^\W\d_]+\d\w*|[^\W\d_]+(?:['’](?!s\b|S\b)[^\W\d_]+)*"
    r"|['’][sS]\b"
    r"|\*+"
    r"|\S"
)
_FOLD = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "‑": "-", "‐": "-", "−": "-", "\xad": "-", "`": "'"})

CURRENCY_CODES = frozenset(
    (
        "usd eur gbp jpy chf dkk sek nok cad aud nzd hkd sgd ntd twd rmb cny krw inr brl mxn ils nis zar rub aed sar thb myr "
        "dem frf itl nlg bef fim ats esp pte iep dm ff ffr bf bfr dfl hfl sfr skr nkr dkr rs ecu"
    ).split()
)
CURRENCY_WORDS = frozenset(
    (
        "dollar dollars euro euros yen franc francs kroner kronor krone krona mark marks deutschmarks renminbi yuan won rupee "
        "rupees pesos lire guilders pesetas shekels rand rubles roubles baht ringgit dirhams reais cent cents pence ecus"
    ).split()
)
SCALE_WORDS = frozenset("thousand million millions billion billions trillion mm mn bn".split())
NUMBER_WORDS = frozenset(
    (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
    ).split()
)
UNIT_WORDS = frozenset("day days week weeks month months quarter quarters season seasons year years decade decades anniversary".split())
# Words that are capitalised where a sentence or a heading begins, and are no part of a name.
COMMON_WORDS = frozenset(
    (
        "the a an this that these those it its they their we our us he she his her in on at by to of for from with under upon "
        "pursuant as if when while where after before during until since because although though however moreover furthermore "
        "additionally accordingly consequently therefore thus also and or but nor so yet not no any all each every either "
        "neither both some such same other another only one two three four five six seven eight nine ten first second third "
        "there here what which who whom whose how why whether subject following effective unless except notwithstanding upon "
        "once should would may might can could will shall must has have had is are was were be been being do does did further "
        "certain total potential additional initial beginning commencing starting concurrently simultaneously separately "
        "subsequently previously currently today yesterday recently item items note exhibit exhibits section article part page "
        "table schedule annex press release form report reports date dated signature signatures total through toward towards "
        "henceforth thereafter hereafter according against besides despite throughout including given entry events completion "
        "absent across among within without where whereas come nothing let into"
    ).split()
)


def word_class(word: str) -> str:
    """Give the class of a word, by which patterns call it.

    Parameters
    ----------
    word : str
        One word as it stands in the text.

    Returns
    -------
    str
        ``<currency>``, ``<coin>`` (a currency's name), ``<number>`` (figures), ``<count>`` (number word), ``<scale>``,
        ``<unit>`` (of time), ``<month>``, ``<ordinal>``, ``<name>`` (capitalised), else the word in lower case.

    Examples
    --------
    >>> [word_class(word) for word in ("US$", "1,000", "million", "Genentech", "pays")]
    ['<currency>', '<number>', '<scale>', '<name>', 'pays']
    """
    lower = word.lower().translate(_FOLD)
    if lower[-1] in "$£€¥₩₹" or (lower in CURRENCY_CODES and word[:1].isupper()):
        return "<currency>"
    if lower[0].isdigit() or (lower[0] == "." and len(lower) > 1):
        return "<number>"
    if lower in SCALE_WORDS:
        return "<scale>"
    if lower in NUMBER_WORDS:
        return "<count>"
    if lower in UNIT_WORDS:
        return "<unit>"
    if lower in CURRENCY_WORDS:
        return "<coin>"
    if lower in ORDINALS:
        return "<ordinal>"
    if word[0].isupper():
        if lower in MONTHS and word != "MAY":
            return "<month>"
        if lower not in COMMON_WORDS:
            return "<name>"
    # "drkoop.com", "uniQure", "bioMerieux"
    if lower.endswith((".com", ".net", ".org")) or (len(word) > 3 and word[0].islower() and not word[1:].islower() and word.isalpha()):
        return "<name>"
    return lower


LONGEST_SENTENCE = 300
#: Characters of a text that are looked at. A narrative has some thousands; what has more than this is no narrative.
LONGEST_TEXT = 1_000_000


@dataclass(frozen=True)
class Words:
    """The words of a text.

    Attributes
    ----------
    text : str
        The text, untouched, also what lies beyond `LONGEST_TEXT`.
    starts, ends : array of int
        Where each word begins and ends in the text.
    forms, lower : list of str
        The words as they stand (quotes and dashes made straight), and in lower case.
    sentence : list of int
        The number of the sentence that each word is in.
    sentences : list of (int, int)
        First word and word after the last of each sentence.
    """

    text: str
    starts: array[int]
    ends: array[int]
    forms: list[str]
    lower: list[str]
    sentence: list[int]
    sentences: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of words that lie between two character offsets."""
        return bisect_left(self.ends, start + 1), bisect_right(self.starts, end - 1)

    def until(self, last: int) -> Words:
        """Give the words before one of them; the text stays."""
        if last >= len(self):
            return self
        sentences = [(first, min(end, last)) for first, end in self.sentences if first < last]
        return Words(self.text, self.starts[:last], self.ends[:last], self.forms[:last], self.lower[:last], self.sentence[:last], sentences)

    def slice(self, first: int, last: int) -> str:
        """Give the text from the first word to before the last."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """Cut a text into words and sentences.

    Parameters
    ----------
    text : str
        Any text; its first `LONGEST_TEXT` characters are cut.

    Returns
    -------
    Words
        Its words.

    Examples
    --------
    >>> words_of("up to  US$40\\nmillion").lower
    ['up', 'to', 'us$', '40', 'million']
    """
    starts, ends = array("l"), array("l")
    forms: list[str] = []
    lower: list[str] = []
    known: dict[str, tuple[str, str]] = {}  # a long text repeats its words
    read = min(len(text), LONGEST_TEXT)
    for match in _WORD.finditer(text, 0, read):
        starts.append(match.start())
        ends.append(match.end())
        word = match.group()
        told = known.get(word)
        if told is None:
            form = word.translate(_FOLD)
            told = known[word] = form, form.lower()
        forms.append(told[0])
        lower.append(told[1])
    sentence: list[int] = []
    sentences: list[tuple[int, int]] = []
    bounds = [*sentence_starts(text[:read])[1:], read + 1]
    first = number = 0
    for bound in bounds:
        end = bisect_left(starts, bound)
        while first < end:
            # What has no stop for pages is cut, so that work within a sentence stays bounded.
            last = min(end, first + LONGEST_SENTENCE)
            sentences.append((first, last))
            sentence += [number] * (last - first)
            first, number = last, number + 1
    return Words(text, starts, ends, forms, lower, sentence, sentences)

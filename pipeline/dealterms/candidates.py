"""Candidates: every place in a text that may be a sum, a rate, a length, a date, an event, a renewal or a name."""

from __future__ import annotations

import gc
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dealterms.normalize.dates import parse_date
from dealterms.normalize.duration import parse_duration
from dealterms.normalize.money import parse_money
from dealterms.normalize.rate import parse_rate
from dealterms.normalize.scale import scales_in
from dealterms.resources import all_patterns, ruler_patterns
from dealterms.words import LONGEST_SENTENCE, Words, word_class

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Candidates with a value, and those that are words alone.
VALUE_LABELS = ("MONEY", "PERCENT", "DURATION", "DATE", "ORG")
PHRASE_LABELS = ("PAYMENT", "ROYALTY", "EVENT", "RENEW")
# No name has more words than this.
_LONGEST_RUN = 25
_JOINTS = frozenset("&-+/")
# Number words that no other follows in one number.
_SMALL = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
#: Most candidates of one text. A narrative has some dozens; a text with more is no narrative, and must not cost gigabytes.
MOST_MENTIONS = 2_000
# spaCy keeps every word that it has met; at this many the ruler is built anew, so that an archive's names take no more and more room.
_MOST_LEXEMES = 15_000
# A sum that moves from one figure to another is two sums, not a range.
_CHANGE = re.compile(
    r"^(?:increas|rais|reduc|lower|chang|grow|grew|step|ris|rose|decreas|escalat|amend|declin|climb|goes?$|went|gone|comes?$|came|falls?$|fell|drop|mov|cut)"
)
_CHANGE_WINDOW = 10
# A figure of seven digits is told in full, whatever the heading says.
_IN_FULL = 1_000_000
_MOST_SCALES = 20
_RANGES = ("money.range", "rate.range", "rate.range_between", "rate.range_per_cent", "rate.range_words")


class Mention(NamedTuple):
    """A candidate.

    Attributes
    ----------
    label : str
        One of `VALUE_LABELS` or `PHRASE_LABELS`.
    first, last : int
        Half-open range of words.
    start, end : int
        Half-open range of characters.
    pattern : str
        The id of the pattern that found it.
    low, high : Decimal or None
        Of MONEY in plain units, of PERCENT in percent.
    value : str or None
        The ISO 4217 code, ISO 8601 duration or date, or the name.
    """

    label: str
    first: int
    last: int
    start: int
    end: int
    pattern: str
    low: Decimal | None = None
    high: Decimal | None = None
    value: str | None = None


@lru_cache(maxsize=1)
def _ruler() -> tuple[Language, Any]:
    """Build the span ruler once: a blank pipeline whose words and word classes are ours."""
    import spacy
    from spacy.attrs import NORM
    from spacy.tokens import Doc

    from dealterms.words import words_of

    nlp = spacy.blank("en")
    nlp.vocab.lex_attr_getters[NORM] = word_class  # type: ignore[attr-defined]
    for lexeme in nlp.vocab:  # those that the blank pipeline already made ("8", "p.m.")
        lexeme.norm_ = word_class(lexeme.text)

    def tokenize(text: str) -> Doc:
        return Doc(nlp.vocab, words=words_of(text).forms)

    nlp.tokenizer = tokenize  # type: ignore[assignment]
    ruler = nlp.add_pipe("span_ruler", config={"validate": True, "phrase_matcher_attr": "LOWER", "spans_key": "mentions"})
    ruler.add_patterns(ruler_patterns(all_patterns()))  # type: ignore[attr-defined]
    return nlp, ruler


@dataclass(frozen=True)
class Found:
    """What the patterns found: candidates in the order of the text, the cues of bounds, and those of meaning.

    ``read`` is the number of words that were looked at: all, but for a text with too many candidates.
    """

    mentions: list[Mention]
    bounds: list[tuple[int, int, str]]
    cues: list[tuple[int, int, str]]
    read: int


def bound_kind(pattern: str) -> str:
    """Give what a pattern of bounds tells: ``approximate``, ``cap`` or ``floor``.

    Examples
    --------
    >>> bound_kind("bound.cap_reached")
    'cap'
    """
    return pattern.removeprefix("bound.").partition("_")[0]


def find_mentions(words: Words) -> Found:
    """Find every candidate in a text.

    Parameters
    ----------
    words : Words
        The words of the text.

    Returns
    -------
    Found
        Candidates that do not overlap others of their label, the longest kept; the first `MOST_MENTIONS`.

    Examples
    --------
    >>> from dealterms.words import words_of
    >>> [(m.label, words_of("a fee of $3 million").slice(m.first, m.last)) for m in find_mentions(words_of("a fee of $3 million")).mentions]
    [('PAYMENT', 'fee'), ('MONEY', '$3 million')]
    """
    from spacy.tokens import Doc

    nlp, ruler = _ruler()
    if len(nlp.vocab) > _MOST_LEXEMES:
        del nlp, ruler
        _ruler.cache_clear()
        gc.collect()  # a pipeline and its words hold each other
        nlp, ruler = _ruler()
    mentions: list[Mention] = []
    bounds: list[tuple[int, int, str]] = []
    cues: list[tuple[int, int, str]] = []
    end = 0
    scales = _scales(words)
    for begin, end in _pieces(words):
        doc = ruler(Doc(nlp.vocab, words=words.forms[begin:end]))  # spans die with their Doc
        here: dict[str, list[tuple[int, int, str]]] = {}
        for span in doc.spans["mentions"]:
            # "the University" in "the University of Miami" must not hide the name that begins there.
            group = span.id_ if span.id_ == "org.defined" else span.label_
            here.setdefault(group, []).append((begin + span.start, begin + span.end, span.id_))
        cues += sorted(here.pop("CUE", ()))
        bounds += _longest(here.pop("BOUND", ()), words, begin, end)
        valued: list[Mention] = []
        for group, found in here.items():
            label = "ORG" if group == "org.defined" else group
            for first, last, pattern in _longest(found, words, begin, end):
                if label == "DURATION":
                    first = _own_count(first, last, words)
                valued += [_scaled(mention, scales, words) for mention in _value(label, first, last, pattern, words)]
        mentions += sorted(_without_covered(valued), key=lambda mention: (mention.first, -mention.last, mention.label))
        if len(mentions) >= MOST_MENTIONS:
            break
    del mentions[MOST_MENTIONS:]
    return Found(mentions, bounds, cues, end)


def _pieces(words: Words) -> Iterator[tuple[int, int]]:
    """Cut a text into pieces of a bounded length, at ends of sentences and within what is all capitals.

    The ruler's time grows with the square of a run that a pattern can go on over, and names are such runs.
    """
    begin = run = 0
    ends = {first for first, _ in words.sentences}
    for position, form in enumerate(words.forms):
        run = run + 1 if form[0].isupper() or form in _JOINTS else 0
        if run > _LONGEST_RUN or (position in ends and position - begin > LONGEST_SENTENCE):
            yield begin, position
            begin, run = position, 0
    if begin < len(words):
        yield begin, len(words)


def _longest(found: Iterable[tuple[int, int, str]], words: Words, begin: int, end: int) -> list[tuple[int, int, str]]:
    """Keep the longest of those in a piece that overlap, then the first; ranges that tell of a change give way to their parts."""
    kept: list[tuple[int, int, str]] = []
    taken = bytearray(end - begin)
    for first, last, pattern in sorted(found, key=lambda span: (span[0] - span[1], span[0], span[2])):
        if any(taken[first - begin : last - begin]):
            continue
        if not _stands(pattern, first, last, words):
            continue
        taken[first - begin : last - begin] = b"\x01" * (last - first)
        kept.append((first, last, pattern))
    return sorted(kept)


def _stands(pattern: str, first: int, last: int, words: Words) -> bool:
    """Tell whether a range is one, and whether a currency is of the figure before it, not of the one behind it ("2014 $30,000")."""
    if pattern == "money.trailing_currency":
        return last == len(words) or not words.forms[last][0].isdigit()
    return pattern not in _RANGES or _is_range(first, last, words)


def _is_range(first: int, last: int, words: Words) -> bool:
    inside = words.lower[first:last]
    if "and" in inside and inside[0] != "between":
        return False
    before = words.lower[max(0, first - _CHANGE_WINDOW) : first]
    return inside[0] == "between" or not (any(_CHANGE.match(word) for word in before) or _falls(words.slice(first, last)))


def _falls(told: str) -> bool:
    """Tell whether "from $6 million to $3 million" goes down, which no range does; of rates it may."""
    sums = [money.low for side in re.split(r"\bto\b", told) if (money := parse_money(side)) and money.low is not None]
    return len(sums) == 2 and sums[1] < sums[0]


def _value(label: str, first: int, last: int, pattern: str, words: Words) -> list[Mention]:
    start, end = words.starts[first], words.ends[last - 1]
    told = words.text[start:end]
    low = high = None
    value = None
    if label == "MONEY":
        money = parse_money(told)
        if money is None:
            return []
        low, high, value = money.low, money.high, money.currency
    elif label == "PERCENT":
        if not pattern.startswith("rate.redacted"):
            if pattern.startswith("rate.range"):
                figures = re.findall(r"\d+(?:\.\d+)?", told) or re.split(
                    r"\b(?:to|and)\b", re.sub(r"(?i)between|from|percent|%", " ", told)
                )
                ends = [parse_rate(f"{figure} percent") for figure in figures]
                values = [end[0] for end in ends if end and end[0] is not None]
                if not values:
                    return []
                low, high = min(values), max(values)
            else:
                rate = parse_rate(told)
                if rate is None:
                    return []
                low, high = rate
    elif label == "DURATION":
        value = parse_duration(told)
        if value is None:
            return []
    elif label == "DATE":
        value = parse_date(told)
        if value is None:
            return []
    elif label == "ORG":
        value = " ".join(told.split())
    return [Mention(label, first, last, start, end, pattern, low, high, value)]


def _own_count(first: int, last: int, words: Words) -> int:
    """Give where a length begins: "two five-year renewals" tells of five years, twice."""
    counts = [position for position in range(first, last) if word_class(words.forms[position]) == "<count>"]
    for one, next_one in itertools.pairwise(counts):
        if next_one == one + 1 and words.lower[one] in _SMALL and words.lower[next_one] != "hundred":
            return next_one
    return first


def _scales(words: Words) -> list[tuple[int, int, Decimal]]:
    """Give the ranges of characters in which sums are told in thousands or millions."""
    ranges = []
    for begin, within, factor in itertools.islice(scales_in(words.text), _MOST_SCALES):
        end = len(words.text)
        if within:
            position = bisect_left(words.starts, begin)
            end = words.ends[words.sentences[words.sentence[position]][1] - 1] if position < len(words) else begin
        ranges.append((begin, end, factor))
    return ranges


def _scaled(mention: Mention, scales: list[tuple[int, int, Decimal]], words: Words) -> Mention:
    """Give a sum in plain units where the text tells it in thousands; what is told in full ("$2 million", "$2.50 per share") stays."""
    factor = next((factor for begin, end, factor in reversed(scales) if begin <= mention.start < end), None)
    if factor is None or mention.label != "MONEY" or mention.low is None or mention.high is None:
        return mention
    in_full = mention.high >= _IN_FULL or mention.low != int(mention.low) or words.lower[mention.last + 1 : mention.last + 2] == ["share"]
    if in_full or any(word_class(form) == "<scale>" for form in words.forms[mention.first : mention.last]):
        return mention
    return mention._replace(low=mention.low * factor, high=mention.high * factor)


def _without_covered(mentions: list[Mention]) -> list[Mention]:
    """Drop a year inside a date, a date inside a name, and the like: the longer candidate of another label wins."""
    valued = [m for m in mentions if m.label in {"MONEY", "PERCENT", "DURATION", "DATE"}]
    cover: dict[int, Mention] = {}
    for mention in sorted(valued, key=lambda m: m.last - m.first):
        for word in range(mention.first, mention.last):
            cover[word] = mention
    kept = []
    for mention in mentions:
        if mention.label in {"MONEY", "PERCENT", "DURATION", "DATE"}:
            over = [cover[word] for word in range(mention.first, mention.last)]
            if any(other is not mention and other.last - other.first > mention.last - mention.first for other in over):
                continue
        elif mention.label == "ORG" and all(word in cover for word in range(mention.first, mention.last)):
            continue
        kept.append(mention)
    return kept

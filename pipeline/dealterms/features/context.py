"""What all features of one text share: its words, stems, classes of meaning, names and candidates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from dealterms.candidates import Found
from dealterms.entities import Entity
from dealterms.features.vocabulary import DEAL_WORDS, STOPWORDS, TENSES
from dealterms.resources import word_clusters
from dealterms.words import Words

_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Give the stem of a word in lower case; figures become their shape.

    Parameters
    ----------
    word : str
        One word.

    Returns
    -------
    str
        Its Snowball stem; ``#`` for figures, with the number of digits, and ``#year`` for years.

    Examples
    --------
    >>> stem("payments"), stem("1999"), stem("250,000")
    ('payment', '#year', '#6')
    """
    if word[0].isdigit():
        digits = word.replace(",", "").split(".")[0]
        return "#year" if len(digits) == 4 and digits[:2] in {"19", "20"} and "," not in word else f"#{len(digits)}"
    return _STEMMER.stemWord(word) if word.isalpha() else word


class Context:
    """Everything that the features of one text share."""

    def __init__(self, words: Words, found: Found, entities: list[Entity]) -> None:
        self.words = words
        self.mentions = found.mentions
        self.bounds = found.bounds
        self.cues: list[tuple[str, ...]] = [()] * len(words)
        for first, last, cue in found.cues:
            for position in range(first, last):
                if cue[4:] not in self.cues[position]:
                    self.cues[position] = (*self.cues[position], cue[4:])
        self.entities = entities
        self.stems = [stem(word) for word in words.lower]
        self.company: dict[int, int] = {}
        for number, entity in enumerate(entities):
            for first, last in entity.places:
                for position in range(first, last):
                    self.company[position] = number
        self.masked = list(self.stems)
        for position, number in self.company.items():
            self.masked[position] = "@filer" if entities[number].registrant else "@name"
        by_label: dict[str, list[int]] = {}
        for index, mention in enumerate(self.mentions):
            by_label.setdefault(mention.label, []).append(index)
        self.by_label = by_label
        self.order = {index: (rank, len(indexes)) for indexes in by_label.values() for rank, index in enumerate(indexes)}
        for mention in self.mentions:
            if mention.label in {"MONEY", "PERCENT", "DURATION", "DATE"}:
                for position in range(mention.first, mention.last):
                    self.masked[position] = f"@{mention.label.lower()}"
        for index in by_label.get("MONEY", []):
            mention = self.mentions[index]
            self.masked[mention.first : mention.last] = ["@money"] + [""] * (mention.last - mention.first - 1)
        clusters = word_clusters()
        self.clusters = [
            -1 if i in self.company or s in STOPWORDS else clusters.get(word, -1)
            for i, (word, s) in enumerate(zip(words.lower, self.stems))
        ]
        # "May" of a date is no verb.
        self.tenses = [None if s == "@date" else TENSES.get(word) for word, s in zip(words.lower, self.masked)]
        self.deal = sorted({f"deal={s}" for s in set(self.stems) if s in DEAL_WORDS})
        self.mention_starts = [mention.first for mention in self.mentions]
        sums = [self.mentions[index].low for index in by_label.get("MONEY", ())]
        self.largest = sorted((low for low in sums if low is not None), reverse=True)[:1]
        # Where each value of a label is first and last, by rank.
        self.value_ranks: dict[tuple[str, object], tuple[int, int]] = {}
        for label, indexes in by_label.items():
            for rank, index in enumerate(indexes):
                mention = self.mentions[index]
                key = (label, mention.low if label == "MONEY" else mention.value)
                self.value_ranks[key] = (self.value_ranks.get(key, (rank, rank))[0], rank)
        # The year of each date, and that of the first: most narratives begin with when the deal was made.
        self.years: dict[int, int] = {}
        for index in by_label.get("DATE", ()):
            value = self.mentions[index].value or ""
            if value[:4].isdigit():
                self.years[self.mentions[index].first] = int(value[:4])
        self.year = next(iter(self.years.values()), None)
        # Where each entity stands in the order of first mention, among all and among those that look like parties.
        order = sorted(range(len(entities)), key=lambda number: entities[number].places[0])
        self.order_of = {number: rank for rank, number in enumerate(order)}
        strong = [n for n in order if entities[n].legal or entities[n].registrant or entities[n].defined]
        self.strong_order = {number: rank for rank, number in enumerate(strong)}
        self.most_places = max((len(entity.places) for entity in entities), default=1)
        self.bound_starts = [first for first, _, _ in self.bounds]

    def mentions_in(self, begin: int, end: int) -> range:
        """Give the numbers of the mentions that begin in a range of words."""
        return range(bisect_left(self.mention_starts, begin), bisect_left(self.mention_starts, end))

    def sentence_of(self, position: int) -> tuple[int, int]:
        """Give the range of words of the sentence that a word is in."""
        return self.words.sentences[self.words.sentence[position]]


def bag(stems: Iterable[str], prefix: str) -> set[str]:
    return {f"{prefix}{s}" for s in stems if s and s not in STOPWORDS}

"""Words, their classes, and where they stand in the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dealterms.sentences import sentence_starts
from dealterms.words import CURRENCY_CODES, LONGEST_TEXT, NUMBER_WORDS, SCALE_WORDS, UNIT_WORDS, word_class, words_of

quick = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t\xa0", []),
        ("up to  US$40\nmillion", ["up", "to", "US$", "40", "million"]),
        ("$1,250,000.50", ["$", "1,250,000.50"]),
        ("$5, $.50 and 7.", ["$", "5", ",", "$", ".50", "and", "7", "."]),
        ("Cdn$2 C$3 HK$4 R$5 RMB¥6 U.S.$7", ["Cdn$", "2", "C$", "3", "HK$", "4", "R$", "5", "RMB¥", "6", "U.S.$", "7"]),
        ("RMB5 EUR2.5 CHF10", ["RMB", "5", "EUR", "2.5", "CHF", "10"]),
        ("$40M €25k", ["$", "40", "M", "€", "25", "k"]),
        ("7.5% (6%)", ["7.5", "%", "(", "6", "%", ")"]),
        ("five-year 10-year", ["five", "-", "year", "10", "-", "year"]),
        ("five‑year 5–10% co­op", ["five", "-", "year", "5", "-", "10", "%", "co", "-", "op"]),
        ("Ibis’s Marrow's dogs'", ["Ibis", "'s", "Marrow", "'s", "dogs", "'"]),
        ("don’t L'Aube", ["don't", "L'Aube"]),
        ("“Licensee” ‘term’", ['"', "Licensee", '"', "'", "term", "'"]),
        ("the U.S. N.V. S.p.A.", ["the", "U.S.", "N.V.", "S.p.A."]),
        ("Inc. Ltd.", ["Inc", ".", "Ltd", "."]),
        ("drinkwell.com, A&B Q&A", ["drinkwell.com", ",", "A&B", "Q&A"]),
        ("B2B X1a 23andMe", ["B2B", "X1a", "23", "andMe"]),
        ("$[***] ***%", ["$", "[", "***", "]", "***", "%"]),
        ("a_b —", ["a", "_", "b", "—"]),
        ("Zürich Ærø", ["Zürich", "Ærø"]),
    ],
)
def test_cut(text: str, words: list[str]) -> None:
    assert words_of(text).forms == words


CLASSES = {
    "<currency>": ["$", "US$", "Cdn$", "£", "€", "¥", "USD", "Rs", "DM", "CHF"],
    "<coin>": ["dollars", "Dollar", "euros", "yen", "francs", "kroner", "cents"],
    "<number>": ["5", "1,000", ".5", "1999"],
    "<count>": ["five", "Five", "TWENTY", "hundred"],
    "<scale>": ["thousand", "Million", "billion", "MM", "bn"],
    "<unit>": ["year", "Years", "months", "days", "quarter", "anniversary"],
    "<month>": ["January", "Dec", "May", "MARCH"],
    "<ordinal>": ["first", "Tenth", "twenty-fifth"],
    "<name>": ["Ibis", "IBIS", "É", "uniQure", "drinkwell.com", "Q"],
    "may": ["MAY", "may"],
    "it": ["It", "IT", "it"],
    "a": ["A", "a"],
    "the": ["The"],
    "usd": ["usd"],
    "pays": ["pays"],
    ".": ["."],
    "'": ["’"],
    "%": ["%"],
}


@pytest.mark.parametrize(("word", "expected"), [(word, name) for name, words in CLASSES.items() for word in words])
def test_class(word: str, expected: str) -> None:
    assert word_class(word) == expected


def test_lists_do_not_overlap() -> None:
    lists = [CURRENCY_CODES, NUMBER_WORDS, SCALE_WORDS, UNIT_WORDS]
    assert len(frozenset().union(*lists)) == sum(map(len, lists))


def test_sentences_of_words() -> None:
    words = words_of("The fee is $5.\n\nIt is due. ")
    assert words.sentences == [(0, 6), (6, 10)]
    assert words.sentence == [0] * 6 + [1] * 4
    assert [words.slice(*sentence) for sentence in words.sentences] == ["The fee is $5.", "It is due."]


def test_words_between_offsets() -> None:
    text = "a fee of\n$3 million"
    words = words_of(text)
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            told = words.slice(first, last)
            assert words.at(words.starts[first], words.ends[last - 1]) == (first, last)
            assert text[words.starts[first] :].startswith(told) and told.split() == text[words.starts[first] : words.ends[last - 1]].split()
    assert words.at(3, 4) == (1, 2)  # inside "fee"
    assert words.at(8, 9) == (3, 3)  # the line break
    assert words.slice(2, 2) == ""


def test_words_until_one_of_them() -> None:
    words = words_of("The fee is $5. It is due.")
    some = words.until(8)
    assert [some.slice(*sentence) for sentence in some.sentences] == ["The fee is $5.", "It is"]
    assert (len(some), len(some.sentence), some.text) == (8, 8, words.text)
    assert words.until(99) is words


def test_what_is_too_long_for_a_narrative_is_read_up_to_a_bound() -> None:
    text = "a fee " * (LONGEST_TEXT // 6 + 10)
    words = words_of(text)
    assert words.text == text
    assert LONGEST_TEXT - 6 <= words.ends[-1] <= LONGEST_TEXT


TEXTS = st.text(st.sampled_from("aA.$5,’'\"“ \n\t\xa0-–­*&%ſßİé_€•()[]1½"), max_size=80) | st.text()


@quick
@given(TEXTS)
@example("\n\n A.\n\n\n B. ”C")
@example("a. \n• B\n(i) c. D")
@example("İİ A")
def test_words_cover_the_text_once(text: str) -> None:
    words = words_of(text)
    assert len(words) == len(words.ends) == len(words.forms) == len(words.lower) == len(words.sentence)
    reach = 0
    for start, end, form in zip(words.starts, words.ends, words.forms):
        assert reach <= start < end <= len(text)
        assert text[reach:start].strip() == ""
        assert len(form) == end - start and not any(letter.isspace() for letter in form)
        reach = end
    assert text[reach:].strip() == ""
    assert words.text == text


@quick
@given(TEXTS)
@example("\n\n A.\n\n\n B. ”C")
@example("a. \n• B\n(i) c. D")
def test_sentences_partition_the_words(text: str) -> None:
    words = words_of(text)
    assert [position for first, last in words.sentences for position in range(first, last)] == list(range(len(words)))
    assert [number for number, (first, last) in enumerate(words.sentences) for _ in range(first, last)] == words.sentence
    assert all(first < last for first, last in words.sentences)
    starts = sentence_starts(text)
    for first, last in words.sentences:
        inside = [start for start in starts if words.starts[first] < start <= words.starts[last - 1]]
        assert inside == []


@quick
@given(TEXTS)
def test_each_word_has_a_class_or_is_its_own(text: str) -> None:
    words = words_of(text)
    for form, lower in zip(words.forms, words.lower):
        assert word_class(form) in CLASSES.keys() | {lower}

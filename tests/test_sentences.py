"""Where sentences begin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.sentences import sentence_starts

quick = settings(deadline=None, max_examples=100)


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)])]


# Each bar is where a sentence begins.
@pytest.mark.parametrize(
    "marked",
    [
        "",
        " ",
        "\n\n\n",
        "one sentence without a stop",
        "It ended. |It began. |It went on.",
        "It ended.  |It began.\n|It went on.",
        "Is it so? |Yes! |It is.",
        "It ended… it began... |Then it went on.",
        "It said “yes.” |It meant it.",
        "It may (or may not.) |It might.",
        "It paid $1.5 million. |$2 million is due.",
        "It paid 5%. |5% more is due. |€3 too.",
        "see p. 5 and No. 7 of the list. |It ends.",
        "Ibis Labs, Inc. signed with Marrow Ltd. on May 8.",
        "Ibis Labs, Inc. |The fee is due.",
        "It went to Marrow Corp. |It paid more.",
        "Paid to Ibis & Co., Inc. Marrow waits.",
        "The U.S. rights and the U.K. Patents",
        "It ends at 5 p.m. Eastern time.",
        "Dr. A. B. Marrow signed. |He left.",
        "St. Albans, Mass. Brill waits.",
        "It costs approx. 5 million.",
        "Phase II. |Phase III begins.",
        "It has five per cent. |Royalties are due.",
        "Item 5. |Other Events. |It signed.",
        "A HEADING\n\n|It signed.\n\n|It paid",
        "A HEADING\n \t\n|It signed.",
        "A line\nthat is wrapped. |It ends\nhere.",
        "The terms:\n|- one\n|-- two\n|• three\n|(a) four\n|iv. five\n|12) six",
        "a line\n5 of which\n-broken",
        "the licence of Vitamin\nC. |The fee",
        "lower. case does not begin one",
    ],
)
def test_starts(marked: str) -> None:
    assert sentences(marked.replace("|", "")) == marked.split("|")


@quick
@given(st.text() | st.text(st.sampled_from('aA.?!"”)( \n\t\xa0•-5$i'), max_size=60))
def test_starts_are_places_in_order(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0 and starts == sorted(set(starts))
    assert all(start < len(text) for start in starts[1:])
    assert "".join(sentences(text)) == text
    assert all(text[start - 1].isspace() for start in starts[1:])

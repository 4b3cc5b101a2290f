"""How often an agreement may be renewed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.normalize.count import count_of

quick = settings(deadline=None, max_examples=80)
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize(
    ("near", "count"),
    [
        ("may be renewed for two additional five - year terms", 2),
        ("may be renewed for two additional five-year terms", 2),
        ("may be extended for up to three (3) additional periods of two years each", 3),
        ("has 4 options to extend", 4),
        ("for 2 successive terms of one year", 2),
        ("two one - year renewal periods", 2),
        ("six further renewals", 6),
        ("may be extended three times", 3),
        ("may be renewed twice for a year", 2),
        ("for one additional term of five years", 1),
        ("option to extend the term for another three years", 1),
        ("may be extended once", 1),
        ("an additional two - year term", 1),
        ("a second term of five years", 1),
        ("renewable for five years", 1),
        ("may be renewed for five more years", 1),
        ("for up to five additional years", 1),
        ("three option years", 3),
        ("four one-year option years", 4),
        ("for three years, and then for another two", 2),
        ("for five years and thereafter for five years more", 2),
        ("for a second term of three years and, if sales allow, for a third", 2),
        ("renews for successive one - year terms", "successive"),
        ("for additional one - year periods", "successive"),
        ("from year to year", "successive"),
        ("month - to - month", "successive"),
        ("on each anniversary, every year", "successive"),
        ("it may be renewed", None),
        ("", None),
    ],
)
def test_by_choice(near, count):
    assert count_of(near, False) == count


@pytest.mark.parametrize(
    ("near", "count"),
    [
        ("it renews by itself", "successive"),
        ("it renews for one year at a time", 1),
        ("it renews for two additional terms", 2),
        ("", "successive"),
    ],
)
def test_automatic(near, count):
    assert count_of(near, True) == count


@quick
@given(
    st.integers(1, 10),
    st.sampled_from(["additional", "further", "successive", "consecutive"]),
    st.sampled_from(["terms", "periods", "renewals"]),
)
def test_counts_come_back(number, more, things):
    for told in (NUMBERS[number - 1], str(number), f"{NUMBERS[number - 1]} ({number})"):
        assert count_of(f"may be renewed for {told} {more} {things} of four years", False) == number


PIECES = ["two", "12", "(", ")", "additional", "terms", "term", "year", "-", "successive", "once", "twice", "for", "option", ","]


@quick
@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.booleans())
def test_any_text_is_read_or_not(near, automatic):
    count = count_of(near, automatic)
    assert count in {None, "successive"} or (isinstance(count, int) and 0 <= count < 100)
    assert not (automatic and count is None)

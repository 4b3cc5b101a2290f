"""Dates of day, month or year precision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.normalize.dates import MONTHS, parse_date

quick = settings(deadline=None, max_examples=80)
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("May 8, 2000", "2000-05-08"),
        ("MAY 8, 2000", "2000-05-08"),
        ("May 8,2000", "2000-05-08"),
        ("May 8 2000", "2000-05-08"),
        ("May  8,\n2000", "2000-05-08"),
        ("March 1st, 1999", "1999-03-01"),
        ("Dec. 31 1995", "1995-12-31"),
        ("Sept. 30, 2003", "2003-09-30"),
        ("31 March 2012", "2012-03-31"),
        ("8 May, 2000", "2000-05-08"),
        ("3rd June 2004", "2004-06-03"),
        ("the 1st of June 2004", "2004-06-01"),
        ("the 14th day of October, 1996", "1996-10-14"),
        ("22nd day of Feb. 2001", "2001-02-22"),
        ("February 29, 2000", "2000-02-29"),
        ("12/31/2005", "2005-12-31"),
        ("1/5/99", "1999-01-05"),
        ("1/5/70", "1970-01-05"),
        ("1/5/69", "2069-01-05"),
        ("2001-05-08", "2001-05-08"),
        ("June 2008", "2008-06"),
        ("June, 2008", "2008-06"),
        ("in December of 2004", "2004-12"),
        ("Sept 2004", "2004-09"),
        ("2012", "2012"),
        ("fiscal 1998", "1998"),
        ("the end of fiscal year 2005", "2005"),
        ("year-end 2005", "2005"),
        ("11 September 2004 or 12 June 2005", "2004-09-11"),
    ],
)
def test_read(words, iso):
    assert parse_date(words) == iso


@pytest.mark.parametrize(
    "words",
    [
        "",
        "May",
        "May 8",
        "300",
        "1899",
        "2100",
        "20121",
        "2,012",
        "February 30, 2001",
        "February 29, 1900",
        "31 June 2001",
        "June 0, 2004",
        "13/45/2001",
        "0/1/2000",
        "2001-02-30",
        "May 8, 0000",
        "year-end 0000",
        "12/31",
        "٢٠٠٤",
        "May 8, ٢٠٠٤",
    ],
)
def test_no_date(words):
    assert parse_date(words) is None


def test_each_month_has_its_names():
    assert [MONTHS[name.lower()] for name in NAMES] == list(range(1, 13))
    assert [parse_date(f"{name[:3]}. 2, 2003") for name in NAMES] == [f"2003-{month:02d}-02" for month in range(1, 13)]


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@quick
@given(DAYS)
def test_days_come_back(day):
    name, ending = NAMES[day.month - 1], {1: "st", 2: "nd", 3: "rd"}.get(day.day if day.day < 4 else 0, "th")
    assert {
        parse_date(told)
        for told in (
            f"{name} {day.day}, {day.year}",
            f"{name.upper()} {day.day:02d}, {day.year}",
            f"{name[:3]}. {day.day} {day.year}",
            f"{day.day} {name} {day.year}",
            f"the {day.day}{ending} day of\n{name}, {day.year}",
            f"{name} {day.day}{ending}, {day.year}",
            f"{day.month}/{day.day}/{day.year}",
            day.isoformat(),
        )
    } == {day.isoformat()}


@quick
@given(DAYS)
def test_months_and_years_come_back(day):
    assert parse_date(f"{NAMES[day.month - 1]} {day.year}") == parse_date(f"in {NAMES[day.month - 1]} of {day.year}") == day.isoformat()[:7]
    assert parse_date(f"the end of {day.year}") == str(day.year)


@quick
@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_two_digits_of_a_year_come_back(day):
    assert parse_date(day.strftime("%m/%d/%y")) == day.isoformat()


PIECES = [
    "May",
    "8",
    "31",
    "June",
    "auguſt",
    "Aprıl",
    "2004",
    "0000",
    "/",
    "-",
    ",",
    "of",
    "day",
    "th",
    "1999",
    "9" * 30,
    "٢٠٠٤",
    "year-end",
]
DATES = st.text(st.sampled_from("0123456789/-, .May٣"), max_size=40) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@quick
@given(st.text() | DATES)
def test_any_text_is_read_or_not(text):
    told = parse_date(text)
    if told is not None:
        assert date.fromisoformat(told + "-01-01"[len(told) - 4 :]).isoformat().startswith(told)

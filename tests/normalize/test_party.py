"""What of a name tells who it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.normalize.party import initials, is_legal_form, legal_forms, name_key

quick = settings(deadline=None, max_examples=80)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ibis", ("ibis",)),
        ("Ibis Labs, Inc.", ("ibis", "labs")),
        ("IBIS LABS INC", ("ibis", "labs")),
        ("Ibis\nLabs,  Incorporated", ("ibis", "labs")),
        ("Ibis Labs, L.L.C.", ("ibis", "labs")),
        ("Ibis Labs L. P.", ("ibis", "labs")),
        ("The Ibis Company", ("ibis",)),
        ("Ibis & Co., Inc.", ("ibis",)),
        ("Ibis and Company", ("ibis",)),
        ("Ibis & Sons", ("ibis", "and", "sons")),
        ("H. Stavanger A/S", ("h", "stavanger")),
        ("Stavanger ASA", ("stavanger",)),
        ("Quillon GmbH & Co. KG", ("quillon",)),
        ("Quillon S.p.A.", ("quillon",)),
        ("Quillon S.A. de C.V.", ("quillon", "de")),
        ("Quillon Kabushiki Kaisha", ("quillon",)),
        ("Quillon-Marrow plc", ("quillon", "marrow")),
        ("drinkwell.com, Inc.", ("drinkwell", "com")),
        ("the University of Oregon", ("university", "of", "oregon")),
        ("Quillon Group", ("quillon", "group")),
        ("Bank of Ohio", ("bank", "of", "ohio")),
        ("Limited", ("limited",)),
        ("The Company", ("the", "company")),
        ("...", ()),
        ("", ()),
    ],
)
def test_name_key(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"), [("Ibis Labs", "Ibis Foods"), ("Ibis", "Ibid"), ("Ibis Labs Inc.", "Ibis"), ("A. Marrow", "B. Marrow")]
)
def test_others_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "word", ["Inc", "Inc.", "INC", "Corp.", "Co.", "Company", "Ltd.", "L.L.C.", "LLP", "plc", "GmbH", "AG", "N.V.", "S.p.A.", "KK", "ASA"]
)
def test_legal_forms(word):
    assert is_legal_form(word)


@pytest.mark.parametrize("word", ["", ".", "Ibis", "and", "the", "of", "Group", "Bank", "Trust", "Fund", "A", "I", "e", "&", "A&B", "S&A"])
def test_no_legal_forms(word):
    assert not is_legal_form(word)


def test_forms_are_single_words_in_lower_case():
    assert [form for form in legal_forms() if not form.isalnum() or form != form.lower() or len(form) < 2] == []


@pytest.mark.parametrize(
    ("key", "letters"),
    [
        (("general", "dye", "works"), "gdw"),
        (("university", "of", "the", "south"), "us"),
        (("quillon",), "q"),
        ((), ""),
        (("bed", "and", "bread"), "bb"),
    ],
)
def test_initials(key, letters):
    assert initials(key) == letters


@quick
@given(st.text() | st.text(st.sampled_from("ABc. ,&/'-\n’éß"), max_size=30))
def test_any_name_has_a_key(name):
    key = name_key(name)
    assert all(word and word == word.casefold() for word in key)
    assert bool(key) == any(char.isalnum() or char in "&_" for char in name) or name.casefold().replace("a/s", "").strip(" .,'-/\n’") == ""
    assert len(initials(key)) <= len(key)


@quick
@given(
    st.lists(st.sampled_from(["Ibis", "Quillon", "Marrow", "Dye", "Works"]), min_size=1, max_size=4),
    st.sampled_from(["Inc.", "Ltd", "GmbH", "AG", "LLC"]),
)
def test_form_article_and_case_do_not_tell(words, form):
    name = " ".join(words)
    assert {name_key(told) for told in (f"{name}, {form}", f"{name}\n {form}", f"The {name} {form}".upper(), f"{name},{form.lower()}")} == {
        name_key(name)
    }

"""Who is named in a text, and which names mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms.candidates import find_mentions
from dealterms.entities import Entity, find_entities
from dealterms.words import words_of


def entities_of(text: str, registrant: str | None = None) -> list[Entity]:
    words = words_of(text)
    return find_entities(words, find_mentions(words).mentions, registrant)


def named(text: str, registrant: str | None = None) -> list[tuple[str, list[str]]]:
    """Give each name with the words of all its places."""
    words = words_of(text)
    return [(entity.name, [words.slice(*place) for place in entity.places]) for entity in entities_of(text, registrant)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        *[
            (f"Quillon pays {name} a fee.", [("Quillon", ["Quillon"]), (name, [name])])
            for name in (
                "Stavanger Card 414, LLC",
                "Alpha 1 Dyes, Inc.",
                "1067323 Nevada Ltd.",
                "Marrow Dyes US, Inc.",
                "Kestrel Waters of France, Inc.",
                "Marrow Dyes (Shanghai) Limited",
                "Marrow Kestrel (Wuhu) Battery Co., Ltd.",
                "Brill Foundation for Dental Education and Research",
                "Société Marrow d'Optique S.A.",
                "Grupo Marrow, S.A.P.I. de C.V.",
                "3-Dimensional Dyes, Inc.",
                "L-3 Dyes",
                "Brill Hotel and Restaurant Group LLC",
                "Marrow Plant and Animal Health",
                "Brill Prevention and Research Institute of Ohio",
                "Marrow Corporation of Americas",
                "Marrow of North America, LLC",
                "Confederated Indians of Brill Rancheria",
                "Marrow Band of Brill and Kestrel Indians",
                "Board of Governors of Brill University",
                "City of Marrow, Texas",
                "Town of Brill, New Mexico",
                "city of Marrow",
                "Brill Coating Technology",
                "Twentieth Street Films, Inc.",
                "Stavanger AB (publ)",
                "Brasil No. 3 Radio Works",
                "Marrow do Brasil S.A.",
                "Brill Holding Inc., d/b/a Kestrel Couriers, Inc.",
                "Brill Corporation, doing business as Kestrel Net",
                "Marrow Casino and Hotel Corp.",
                "Brill Marketing and Supply Company",
                "Centers for Dye Control and Prevention",
                "Kestrel and Ibis Tribes of Oregon",
                "Anna and Paul Brill Foundation",
                "Brill Group of Companies Limited",
                "Haskala at Brill University Ltd.",
                "Ada K. Brill, Jr",
                "8point3 Marrow Company, LLC",
                "US Army",
                "Mark Brill",
                "Mar Brill Dyes, Inc.",
                "Seven Marrow Cattle Company",
                "Ada Yuan Dye Corporation",
                "Marrow Licensing, GP",
                "Marrow Iceland ehf",
                "Marrow s.r.o.",
                "Marrow Dyes S.à r.l.",
                "dyewerk AG",
                "i-Dyes, Inc.",
                "mm-Dyes, Inc.",
                "Keepers of the Marsh, Inc.",
                "Marrow Test and Assembly Ltd.",
                "1st Dyes LLC",
            )
        ],
        # In a headline every word is capitalised.
        ("Marrow Dyes Signs With Brill", [("Marrow Dyes", ["Marrow Dyes"]), ("Brill", ["Brill"])]),
        ("Dye License Agreement Marrow, Inc. pays.", [("Marrow, Inc.", ["Marrow, Inc."])]),
        ("Quillon has a Quillon Services Agreement.", [("Quillon", ["Quillon"])]),
        ("Brill's has agreed to it.", [("Brill's", ["Brill's"])]),
        ("It buys Germany's Brill AG.", [("Germany", ["Germany"]), ("Brill AG", ["Brill AG"])]),
        ("It buys dye of Marrow Corporation of Japan.", [("Marrow Corporation", ["Marrow Corporation"]), ("Japan", ["Japan"])]),
        ("It buys dye of Brill Laboratories of Kestrel.", [("Brill Laboratories", ["Brill Laboratories"]), ("Kestrel", ["Kestrel"])]),
        ("One of Ohio (the “Buyer”) signed, and Buyer pays.", [("Ohio", ["Ohio"]), ("Buyer", ["Buyer", "Buyer"])]),
        (
            "Quillon sells dye to its first client (the “Initial Customer”). The Initial Customer pays.",
            [("Quillon", ["Quillon"]), ("Initial Customer", ["Initial Customer", "Initial Customer"])],
        ),
        ("It owns a newly formed LLC, and a co-Promoter.", [("Promoter", ["Promoter"])]),
        ("The President of the Marrow Dye Company signed.", [("President", ["President"]), ("Marrow Dye Company", ["Marrow Dye Company"])]),
        ("The President of Marrow, Inc. signed.", [("President", ["President"]), ("Marrow, Inc.", ["Marrow, Inc."])]),
        ("Marrow Dyes CEO Ada Brill signed.", [("Marrow Dyes", ["Marrow Dyes"]), ("Ada Brill", ["Ada Brill"])]),
        ("Quillon pays the Vendor, and the Vendor gives.", [("Quillon", ["Quillon"]), ("the Vendor", ["the Vendor", "the Vendor"])]),
        ("Quillon pays the vendor.", [("Quillon", ["Quillon"])]),
        ("Marrow sold the Marrow Project.", [("Marrow", ["Marrow"]), ("Marrow Project", ["Marrow Project"])]),
        ("It uses the Marrow Coating Technology.", []),
        ("The trial of MD-114 goes on, and Marrow pays.", [("Marrow", ["Marrow"])]),
        ("no names at all, and no one who files", []),
        ("The Agreement names the Product, the Territory and the Closing Date.", []),
        ("In March 2004 it paid $5 for Item 7.", []),
        ("Quillon licensed its dye to Marrow.", [("Quillon", ["Quillon"]), ("Marrow", ["Marrow"])]),
        (
            "Quillon Labs, Inc. licensed it to Marrow GmbH. Quillon keeps the rest; Marrow pays.",
            [("Quillon Labs, Inc.", ["Quillon Labs, Inc.", "Quillon"]), ("Marrow GmbH", ["Marrow GmbH", "Marrow"])],
        ),
        (
            "QUILLON LABS INC. pays Marrow. Quillon Labs is glad.",
            [("QUILLON LABS INC.", ["QUILLON LABS INC.", "Quillon Labs"]), ("Marrow", ["Marrow"])],
        ),
        ("Quillon\nLabs,  Inc. and Quillon Labs", [("Quillon\nLabs,  Inc.", ["Quillon\nLabs,  Inc.", "Quillon Labs"])]),
        (
            "Marrow & Co., Inc. pays Brill & Sons, H. Stavanger A/S and A&B.",
            [
                ("Marrow & Co., Inc.", ["Marrow & Co., Inc."]),
                ("Brill & Sons", ["Brill & Sons"]),
                ("H. Stavanger A/S", ["H. Stavanger A/S"]),
                ("A&B", ["A&B"]),
            ],
        ),
        (
            "Quillon S.p.A., Marrow N.V., Ibis plc, Kestrel S.A. de C.V. and Brill, LLC signed",
            [(name, [name]) for name in ("Quillon S.p.A.", "Marrow N.V.", "Ibis plc", "Kestrel S.A. de C.V.", "Brill, LLC")],
        ),
        (
            "Drinkwell.com, Inc. pays uniQure; Drinkwell.com waits",
            [("Drinkwell.com, Inc.", ["Drinkwell.com, Inc.", "Drinkwell.com"]), ("uniQure", ["uniQure"])],
        ),
        (
            "3M Works pays 23andMe for 3 Units",
            [("3M Works", ["3M Works"]), ("23andMe", ["23andMe"]), ("Units", ["Units"])],
        ),
        (
            "Quillon's dye, Marrow Ltd.’s plant",
            [("Quillon", ["Quillon"]), ("Marrow Ltd.", ["Marrow Ltd."])],
        ),
        ("Reed's, Inc. pays Jack's Works, Inc.", [("Reed's, Inc.", ["Reed's, Inc."]), ("Jack's Works, Inc.", ["Jack's Works, Inc."])]),
        (
            "The Regents of the University of Oregon and Oregon State University signed",
            [
                ("The Regents of the University of Oregon", ["The Regents of the University of Oregon"]),
                ("Oregon State University", ["Oregon State University"]),
            ],
        ),
        (
            "the Board of Trustees of the Leland Institute and the National Institutes of Health",
            [
                ("Board of Trustees of the Leland Institute", ["Board of Trustees of the Leland Institute"]),
                ("National Institutes of Health", ["National Institutes of Health"]),
            ],
        ),
        ("Mr. J. R. Brill of Quillon Inc. signed", [("Mr. J. R. Brill", ["Mr. J. R. Brill"]), ("Quillon Inc.", ["Quillon Inc."])]),
        # A heading ends a name, though it has no stop.
        ("DYE AGREEMENT WITH MARROW\n\nQuillon Inc. signed.", [("MARROW", ["MARROW"]), ("Quillon Inc.", ["Quillon Inc."])]),
        ("It is signed with Marrow Ltd.\n\nQuillon Inc. pays", [("Marrow Ltd.", ["Marrow Ltd."]), ("Quillon Inc.", ["Quillon Inc."])]),
        # Those that share a first word, each with a form of its own.
        (
            "Quillon Inc., Quillon Dyes Ltd. and its subsidiary Quillon Europe GmbH signed; Quillon Dyes Ltd. pays",
            [
                ("Quillon Inc.", ["Quillon Inc."]),
                ("Quillon Dyes Ltd.", ["Quillon Dyes Ltd.", "Quillon Dyes Ltd."]),
                ("Quillon Europe GmbH", ["Quillon Europe GmbH"]),
            ],
        ),
        # Acronyms.
        (
            "Northern Dye Works Corporation pays; NDW is glad, NDX is not",
            [("Northern Dye Works Corporation", ["Northern Dye Works Corporation", "NDW"]), ("NDX", ["NDX"])],
        ),
    ],
)
def test_names(text: str, names: list[tuple[str, list[str]]]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names", "defined"),
    [
        (
            'Quillon Labs, Inc. ("Quillon") pays Marrow Foods Ltd. (the "Licensor"). The Licensor waits for Quillon.',
            [
                ("Quillon Labs, Inc.", ["Quillon Labs, Inc.", "Quillon", "Quillon"]),
                ("Marrow Foods Ltd.", ["Marrow Foods Ltd.", "Licensor", "The Licensor"]),
            ],
            [{"quillon"}, {"licensor"}],
        ),
        (
            "Marrow Foods Ltd., an Ohio corporation (“MFL” or the “Supplier”), waits. MFL and the Supplier are one.",
            [("Marrow Foods Ltd.", ["Marrow Foods Ltd.", "MFL", "MFL", "the Supplier"]), ("Ohio", ["Ohio"])],
            [{"mfl", "supplier"}, set()],
        ),
        ("Marrow Foods Ltd. (MFL) waits. MFL is one.", [("Marrow Foods Ltd.", ["Marrow Foods Ltd.", "MFL", "MFL"])], [{"mfl"}]),
        (
            "Marrow Foods Ltd. (Nasdaq MRW) waits.",
            [("Marrow Foods Ltd.", ["Marrow Foods Ltd."]), ("Nasdaq MRW", ["Nasdaq MRW"])],
            [set(), set()],
        ),
        # What a short form is called, the full one is called too.
        (
            "Marrow (the “Dyer”) waits, says Marrow Foods Ltd. The Dyer is one.",
            [("Marrow Foods Ltd.", ["Marrow", "Dyer", "Marrow Foods Ltd.", "Dyer"])],
            [{"dyer"}],
        ),
        (
            'Marrow Foods Ltd. (the "License Agreement") waits.',
            [("Marrow Foods Ltd.", ["Marrow Foods Ltd."])],
            [set()],
        ),
    ],
)
def test_defined_terms(text: str, names: list[tuple[str, list[str]]], defined: list[set[str]]) -> None:
    assert named(text) == names
    assert [entity.defined for entity in entities_of(text)] == defined


FILER = [
    ('Quillon Inc. (the "Company") pays Marrow. The Company waits; we do, and our plant does.', None),
    ("Quillon Inc. pays Marrow. The Company waits; we do, and our plant does.", "QUILLON INC"),
    ("Quillon pays Marrow. The Company waits; we do, and our plant does.", "Quillon, Inc."),
    ("Quillon Inc. pays Marrow. The Company waits; we do, and our plant does.", "The Quillon Company"),
]


@pytest.mark.parametrize(("text", "registrant"), FILER)
def test_the_one_who_files(text: str, registrant: str | None) -> None:
    filer, other = entities_of(text, registrant)
    assert (filer.registrant, other.registrant) == (True, False)
    words = words_of(text)
    told = [words.slice(*place) for place in filer.places]
    assert told[0].startswith("Quillon") and told[1:] == ["The Company", "we", "our"]


@pytest.mark.parametrize(
    ("text", "registrant", "places"),
    [
        ("The Company licensed its dye to Marrow. We are glad.", "Quillon Inc.", ["The Company", "We"]),
        ("The Registrant licensed its dye to Marrow.", None, ["The Registrant"]),
        ("We licensed our dye to Marrow.", None, ["We", "our"]),
        ("Sold in the US, our dye goes to US plants.", None, ["our"]),
        ("A mine in Nevada is leased to the Company.", "Nevada Marrow Corp.", ["the Company"]),
    ],
)
def test_the_one_who_files_unnamed(text: str, registrant: str | None, places: list[str]) -> None:
    words = words_of(text)
    [filer] = [entity for entity in entities_of(text, registrant) if entity.registrant]
    assert [words.slice(*place) for place in filer.places] == places
    assert filer.name == places[0]


def test_the_us_is_not_us() -> None:
    filer, _ = named("Quillon Inc. sells dye in the US to Marrow, who thanked us.", "Quillon Inc.")
    assert filer == ("Quillon Inc.", ["Quillon Inc.", "us"])


def test_nobody_files_where_no_word_says_so() -> None:
    assert [entity.registrant for entity in entities_of("Quillon pays Marrow in the US.")] == [False, False]
    assert [entity.name for entity in entities_of("Quillon pays Marrow.", "Ibis Inc.") if entity.registrant] == []


def test_legal_forms_are_noticed() -> None:
    text = "Quillon Inc. pays Marrow and Ibis (Bermuda) Ltd."
    assert [(entity.name, entity.legal) for entity in entities_of(text)] == [
        ("Quillon Inc.", True),
        ("Marrow", False),
        ("Ibis (Bermuda) Ltd.", True),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Oregon State University pays. The University waits.",
            [("Oregon State University", ["Oregon State University", "The University"])],
        ),
        ("It gave Quillon the Company's plant.", [("Quillon", ["Quillon"]), ("the Company", ["the Company"])]),
    ],
)
def test_terms_beside_names(text: str, names: list[tuple[str, list[str]]]) -> None:
    assert named(text) == names


def test_forms_keep_how_they_stand_and_the_fullest_is_the_name() -> None:
    [entity] = entities_of("Quillon sells dye. Quillon  Labs, Inc. makes it, says Quillon Labs.")
    assert entity.name == "Quillon  Labs, Inc."
    assert entity.forms == {"Quillon": "Quillon", "Quillon Labs, Inc.": "Quillon  Labs, Inc.", "Quillon Labs": "Quillon Labs"}
    assert entity.key == ("quillon", "labs")


PIECES = [
    "Quillon",
    "Labs,",
    "Inc.",
    "Marrow",
    "&",
    "Co.",
    "the Company",
    "The",
    "University",
    "of",
    "Oregon",
    "(the “Licensee”)",
    "we",
    "our",
    "'s",
]
PIECES += ["-", "A/S", "de", "C.V.", "and", "pays", ".", "\n\n", "LLC", "(", ")", "NDW", "drinkwell.com", "2004", "May", "US"]


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join) | st.text(max_size=60),
    st.sampled_from([None, "", "Quillon Labs, Inc.", "The Company", "&"]),
)
def test_places_of_any_text(text: str, registrant: str | None) -> None:
    words = words_of(text)
    entities = entities_of(text, registrant)
    assert all(entity.places and entity.name and entity.places == sorted(set(entity.places)) for entity in entities)
    assert [entity.places[0] for entity in entities] == sorted(entity.places[0] for entity in entities)
    assert all(0 <= first < last <= len(words) for entity in entities for first, last in entity.places)
    assert sum(entity.registrant for entity in entities) <= 1

"""Deals as HTML: notebooks, pages, folders of pages, and the command that writes them."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealterms import Deal, Party, Payment, Renewal, Royalty, Term, api, cli
from dealterms.errors import InputError, ModelError
from dealterms.show import deal_html, deal_of_line, deal_page, deal_section, entry_of, index_page
from dealterms.types import GROUPS, Item, Reason

TEXT = "Acme & Sons pays <b>Beta</b> for five years."
VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """The elements of a page, each with all the text inside it."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Element] = []
        self.feed(self.html)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), "no attribute is given twice"
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def of(self, tag: str, **attributes: str) -> list[Element]:
        """Give the elements with a tag and with words among those of attributes."""
        names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            e for e in self.elements if e.tag == tag and all(value in e.attributes.get(name, "").split() for name, value in names.items())
        ]

    @property
    def ids(self) -> dict[str, Element]:
        """The elements with an id, of which no two have the same."""
        found = [(element.attributes["id"], element) for element in self.elements if "id" in element.attributes]
        assert [id for id, times in Counter(id for id, _ in found).items() if times > 1] == []
        return dict(found)

    @property
    def narrative(self) -> str:
        """The text of the element that holds the narrative."""
        (element,) = (e for e in self.of("div", class_="text"))
        return element.text


def read(deal: Deal) -> Page:
    return Page(deal_html(deal))


def marked(page: Page) -> list[tuple[str, str]]:
    """Give the classes and the words of what is marked."""
    return [(mark.attributes["class"], mark.text) for mark in page.of("mark")]


# Evidence


def test_evidence_is_marked_by_kind_in_the_order_of_the_text():
    deal = Deal(
        TEXT,
        parties=(Party("Acme & Sons", role="licensee", mentions=((0, 11),)),),
        terms=(Term("agreement", "P5Y", quote="five years", start=33, end=43),),
    )
    page = read(deal)
    assert marked(page) == [("parties", "Acme & Sons"), ("terms", "five years")]
    assert [link.attributes["title"] for link in page.of("a") if "title" in link.attributes] == [
        "1 licensee: Acme & Sons; 100% sure",
        "2 agreement term: 5 years; 100% sure",
    ]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (((0, 4), (2, 6)), [("terms", "ab"), ("terms under-1-renewals", "cd"), ("renewals", "ef")]),
        (((0, 6), (2, 4)), [("terms", "ab"), ("renewals under-1-terms", "cd"), ("terms", "ef")]),
        (((1, 3), (1, 3)), [("terms under-1-renewals", "bc")]),
        (((0, 2), (2, 4)), [("terms", "ab"), ("renewals", "cd")]),
        (((0, 9), (5, 3)), []),
        (((-3, 2), (2, 2)), []),
    ],
    ids=["cross", "nest", "same", "touch", "outside", "empty"],
)
def test_of_overlapping_evidence_nothing_is_lost(spans, expected):
    (first, last), (start, end) = spans
    deal = Deal("abcdef", terms=(Term("option", start=first, end=last),), renewals=(Renewal(start=start, end=end),))
    page = read(deal)
    assert marked(page) == expected
    assert page.narrative == "abcdef"


def test_words_of_two_records_tell_both_and_lead_to_both():
    deal = Deal("ten years", terms=(Term("option", "P10Y", start=0, end=9), Term("royalty", "P10Y", start=0, end=9, confidence=0.5)))
    page = read(deal)
    first, second = (row for row in page.of("tr") if "id" in row.attributes)
    words, lone = (link for link in page.of("a") if "data-number" in link.attributes)
    assert words.attributes["title"] == "1 option term: 10 years; 100% sure\n2 royalty term: 10 years; 50% sure; doubtful"
    assert [link.attributes["href"] for link in (words, lone)] == [f"#{row.attributes['id']}" for row in (first, second)]
    assert [link.attributes["data-number"] for link in (words, lone)] == ["1", "2?"]


def test_doubt_and_background_are_seen_in_both_places():
    deal = Deal("ten years", terms=(Term("option", "P10Y", background=True, start=0, end=9, confidence=0.59),))
    page = read(deal)
    assert marked(page) == [("terms doubtful background", "ten years")]
    assert [tag.text for tag in [*page.of("span", class_="tag"), *page.of("strong", class_="tag")]] == ["of another agreement", "doubtful"]
    assert marked(read(Deal("ten years", terms=(Term("option", start=0, end=9, confidence=0.6),)))) == [("terms", "ten years")]


def test_names_of_a_labelled_party_are_looked_for():
    deal = Deal("Acme Inc. and Acmeist; Acme.", parties=(Party("Acme Inc.", ("Acme",)),))
    assert [words for _, words in marked(read(deal))] == ["Acme Inc.", "Acme"]


def test_an_explanation_is_shown_where_there_is_one():
    term = Term("option", start=0, end=3, reason=Reason(patterns=("a.<b>",)))
    assert [e.text for e in read(Deal("ten", terms=(term,))).of("pre")] == ["found by a.<b>"]
    assert read(Deal("ten", terms=(Term("option", start=0, end=3),))).of("details") == []


def test_no_deal_is_said():
    assert "no deal found" in deal_html(Deal("Nothing."))


def test_a_notebook_shows_it():
    deal = Deal(TEXT)
    assert deal._repr_html_() == deal_html(deal)
    ids = [set(read(Deal("ten years", id=id, terms=(Term("option", start=0, end=3),))).ids) for id in "ab"]
    assert ids[0] & ids[1] == set()


# Lines that were filled are flowed, others are kept


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("one line", ["filled"]),
        (f"{'word ' * 14}\n{'word ' * 13}\nend", ["filled"]),
        (f"{'word ' * 14}\nshort\n{'word ' * 14}", [""]),
        (f"{'word ' * 14}\n(b) {'word ' * 13}", [""]),
        ("a\n\n \nb\n", ["filled", "filled"]),
        ("\n\n a", ["filled"]),
        ("", []),
    ],
)
def test_paragraphs(text, classes):
    page = read(Deal(text))
    assert [
        p.attributes.get("class", "") for p in page.of("p") if p.attributes.get("class") != "legend" and p.text != "no deal found"
    ] == classes
    assert page.narrative == text


# Hostile texts

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<mark></div></p>",
    "' onfocus='x",
    "&lt;&#0;&amp",
    "]]><!--",
    "</style></script>",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202eb\u2066c",
    "a\x1b[31mb\x9b\x07",
    "a\r\nb\rc\x0c",
    "\n\n a",
]
TAGS = set("div style p span mark a table thead tbody tr th td details summary pre strong".split())
TAGS_OF_PAGES = TAGS | set("html head meta link title body main nav h1 h2 label input output section small footer script".split())


def hostile_deal(evil: str) -> Deal:
    """A deal in which everything is hostile."""
    end = len(evil)
    place = {"quote": evil, "start": 0, "end": end}
    return Deal(
        f"{evil} pays {evil}",
        evil,
        evil,
        (Item(evil, evil),),
        (Party(evil, (evil + "x",), evil, ((0, end), (end + 6, 2 * end + 6)), reason=Reason((evil,), ((evil, 1.0),), (evil,))),),
        (Payment(evil, Decimal(1), None, evil, per=evil, milestone=evil, payer=evil, payee=evil, **place),),
        (Royalty(Decimal(1), None, base=evil, per=evil, payer=evil, **place),),
        (Term(evil, evil, evil, evil, **place),),
        (Renewal(evil, evil, holder=evil, notice=evil, **place),),
    )


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_of_a_filing_becomes_markup(evil):
    deal = hostile_deal(evil)
    fragment = read(deal)
    assert {element.tag for element in fragment.elements} <= TAGS
    page = Page(
        index_page([entry_of(deal, 1, "#deal-1")] * 1 + [entry_of(deal, 2, "#deal-2")], [deal_section(deal, 1), deal_section(deal, 2)])
    )
    assert {element.tag for element in page.elements} <= TAGS_OF_PAGES
    assert (len(page.of("script")), len(page.of("style"))) == (1, 1)
    names = {name for element in [*fragment.elements, *page.elements] for name in element.attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]
    assert fragment.narrative == deal.text
    shown = [element.text for element in page.elements if element.tag in {"td", "th", "h2", "title"}]
    shown += [value for element in page.elements for value in element.attributes.values()]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(shown))


def test_characters_that_turn_or_hide_text_are_seen_and_shut_in():
    page = read(Deal("a\u202eb\x07\x07"))
    assert [(e.attributes["data-code"], e.text) for e in page.of("span", class_="character")] == [
        ("U+202E", "\u202e"),
        ("U+0007 x 2", "\x07\x07"),
    ]


@pytest.mark.parametrize("character", ["\x00", "\ud800", "\udfff"])
def test_what_html_cannot_hold_is_replaced(character):
    html = deal_html(Deal(f"a{character}b"))
    assert Page(html).narrative == "a\ufffdb"
    html.encode()


@st.composite
def deals(draw) -> Deal:
    """Any text, with evidence anywhere in it."""
    words = st.sampled_from([*HOSTILE, "Acme", " ", "\n", "\n\n", "pays $3 million", "é"])
    text = draw(
        st.lists(words | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=5), max_size=8).map("".join)
    )
    span = st.tuples(st.integers(-1, len(text) + 1), st.integers(-1, len(text) + 1))
    sure = st.floats(0, 1)

    def placed(build: Callable) -> st.SearchStrategy[tuple]:
        return st.lists(
            st.builds(lambda at, sure: build(start=at[0], end=at[1], confidence=sure, quote=text[:9]), span, sure), max_size=3
        ).map(tuple)

    parties = st.lists(st.builds(lambda at: Party("Acme", mentions=tuple(at)), st.lists(span, min_size=1, max_size=3)), max_size=2).map(
        tuple
    )
    return Deal(
        text,
        parties=draw(parties),
        payments=draw(placed(lambda **place: Payment("upfront", **place))),
        royalties=draw(placed(Royalty)),
        terms=draw(placed(lambda **place: Term("option", **place))),
        renewals=draw(placed(Renewal)),
    )


@given(deals())
@settings(max_examples=150, deadline=None)
def test_every_record_has_a_way_to_its_words_and_back(deal):
    page = read(deal)
    ids = page.ids
    assert page.narrative == deal.text
    links = [link.attributes for link in page.of("a")]
    assert {link["href"][1:] for link in links} <= set(ids)
    stops = Counter(link["href"][1:] for link in links if "data-number" in link and "tabindex" not in link)
    for group in GROUPS:
        for number, record in enumerate(getattr(deal, group), 1):
            (row,) = (id for id in ids if id.endswith(f"-{group}-{number}"))
            spots = record.mentions if group == "parties" else [(record.start, record.end)]
            spots = sorted({(start, end) for start, end in spots if 0 <= start < end <= len(deal.text)})
            assert stops[row] == len(spots), "one stop of the keyboard for each place"
            for place, (start, end) in enumerate(spots, 1):
                words = f"{row}-words-{place}"
                assert [link["href"] for link in links].count(f"#{words}") == 1
                assert "".join(mark.text for mark in page.of("mark", data_of=words)) == deal.text[start:end]
                assert deal.text[start:end].startswith(ids[words].text) or ids[words].tag == "span"


# Pages


def a_deal(**changes) -> Deal:
    """A deal with a value in the columns that are sorted by number."""
    fields = {
        "id": "a",
        "payments": (
            Payment("upfront", Decimal(2), None, "USD"),
            Payment("upfront", Decimal(9), background=True),
            Payment("milestone", None, Decimal(5)),
        ),
        "royalties": (Royalty(Decimal(4), Decimal(6)),),
        "terms": (Term("agreement", "P1Y6M", confidence=0.5), Term("option", ends="2012")),
    }
    return Deal("Acme.", **(fields | changes))


def test_an_entry_sorts_by_the_largest_value():
    entry = entry_of(a_deal(), 3, "x")
    keys = {column: cell.key for column, cell in entry.cells.items() if cell.key is not None}
    assert keys == {"upfront": 2.0, "milestones": 5.0, "royalty": 6.0, "term": 365.25 + 6 * 30.4375}
    assert (entry.number, entry.name, entry.records, entry.doubtful, entry.least) == (3, "a", 6, 1, 0.5)


@pytest.mark.parametrize(
    ("deal", "name"), [(Deal("", id="a\nb"), "a b"), (Deal("", "R"), "R"), (Deal(""), "deal 7"), (Deal("", id="\x07"), "deal 7")]
)
def test_a_deal_without_an_id_has_a_name_too(deal, name):
    assert entry_of(deal, 7, "").name == name


def test_a_page_allows_its_own_style_and_script_and_nothing_else():
    page = Page(deal_page(a_deal(), 1, "../index.html"))
    (policy,) = (e.attributes["content"] for e in page.of("meta", http_equiv="Content-Security-Policy"))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    hashes = {
        e.tag: f"'sha256-{b64encode(sha256(e.text.encode()).digest()).decode()}'" for e in page.elements if e.tag in {"style", "script"}
    }
    assert rules == {
        "default-src": "'none'",
        "style-src": hashes["style"],
        "script-src": hashes["script"],
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    outside = [value for e in page.elements for name, value in e.attributes.items() if name in {"href", "src"}]
    assert [address for address in outside if not address.startswith(("#", "data:,", "../index.html#"))] == []


def test_an_index_leads_to_every_deal_and_back():
    many = [a_deal(id=f"deal {number}") for number in range(1, 4)]
    page = Page(
        index_page(
            [entry_of(deal, n, f"#deal-{n}") for n, deal in enumerate(many, 1)], [deal_section(deal, n) for n, deal in enumerate(many, 1)]
        )
    )
    links = [link.attributes["href"][1:] for link in page.of("a")]
    assert set(links) <= set(page.ids)
    assert [link for link in links if link.startswith(("deal-", "entry-"))] == [
        "deal-1",
        "deal-2",
        "deal-3",
        "entry-1",
        "entry-2",
        "entry-3",
    ]


def test_a_page_of_one_deal_has_no_index():
    page = Page(index_page([entry_of(a_deal(), 1, "#deal-1")], [deal_section(a_deal(), 1)]))
    assert "index" not in page.ids
    assert page.of("title")[0].text == "a"
    assert page.of("html")[0].attributes["lang"] == "en"


# Lines that hold records


def test_a_line_of_extract_is_the_deal_again():
    deal = Deal(
        "Acme pays.",
        "R",
        None,
        (Item("5", "Other", 0, 10, 3, 13),),
        (Party("Acme", ("A",), "seller", ((0, 4),), 0.9),),
        (Payment("upfront", Decimal("1.5"), None, "USD", quote="pays", start=5, end=9, confidence=0.3),),
        (Royalty(quote="pays", start=5, end=9),),
        (Term("option", "P1Y", quote="pays", start=5, end=9),),
        (Renewal("P1Y", "successive", quote="pays", start=5, end=9),),
    )
    assert deal_of_line(json.loads(deal.to_json())) == deal


@pytest.mark.parametrize("row", [None, {"text": "a"}, {"text": "a", "terms": []}, {"text": "a"} | {group: None for group in GROUPS}])
def test_a_line_without_records_is_none(row):
    assert deal_of_line(row) is None


@pytest.mark.parametrize(
    ("group", "record", "message"),
    [
        ("payments", {"kind": "upfront", "low": "1e999999999"}, "number 1 of its payments cannot be read (low)"),
        ("payments", {"kind": "upfront", "high": 10**400}, "number 1 of its payments cannot be read (high)"),
        ("payments", {"kind": "upfront", "high": float("inf")}, "number 1 of its payments cannot be read (high)"),
        ("payments", {"kind": 5}, "number 1 of its payments cannot be read (kind)"),
        ("payments", {}, "its records cannot be read ("),
        ("parties", {"name": "A", "mentions": [[1, 2, 3]]}, "number 1 of its parties cannot be read (mentions)"),
        ("parties", {"name": "A", "aliases": "A"}, "number 1 of its parties cannot be read (aliases)"),
        ("terms", {"kind": "option", "confidence": True}, "number 1 of its terms cannot be read (confidence)"),
        ("terms", "ten years", "number 1 of its terms cannot be read (no object)"),
        ("renewals", {"start": "0"}, "number 1 of its renewals cannot be read (start)"),
    ],
)
def test_records_that_are_none_are_refused(group, record, message):
    with pytest.raises(InputError, match=re.escape(message)):
        deal_of_line({"text": "A"} | {name: [] for name in GROUPS} | {group: [record]})


def test_more_places_than_any_filing_has_are_refused():
    parties = [{"name": "A", "mentions": [[0, 1]] * 3000}] * 2
    with pytest.raises(InputError, match="more than 5000 places"):
        deal_of_line({"text": "A"} | {name: [] for name in GROUPS} | {"parties": parties})


def test_much_evidence_in_one_place_takes_a_moment_and_loses_no_way_back():
    terms = tuple(Term("option", start=at, end=2000 - at) for at in range(900))
    started = time.perf_counter()
    page = read(Deal("x" * 2000, terms=terms))
    assert time.perf_counter() - started < 10
    assert len({link.attributes["href"] for link in page.of("a") if "data-number" in link.attributes}) == 900


# The command


@dataclass
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys, tmp_path) -> Callable[..., Ran]:
    """Run the program in an empty folder, with a stand-in for the extraction."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "extract", lambda text, registrant=None, *, id=None, **_: Deal(text, registrant, id))

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["dealterms", "show", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(int(ended.value.code or 0), out, err)

    return run


def names(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_page_holds_the_deals_in_order(run, tmp_path):
    Path("b.txt").write_text("Acme sold a mill.")
    Path("a.jsonl").write_text('{"text": "one", "id": "x"}\n{"text": "two"}\n')
    assert run("b.txt", "a.jsonl", "-o", "report.html") == Ran(0, "", "")
    page = Page(Path("report.html").read_text(encoding="utf-8"))
    assert [heading.text for heading in page.of("h2")] == ["b", "x", "a:2"]
    assert names(tmp_path) == ["a.jsonl", "b.txt", "report.html"]


def test_output_of_extract_is_shown_as_it_is(run, monkeypatch):
    monkeypatch.setattr(api, "extract", lambda *_, **__: pytest.fail("extracted anew"))
    terms = (Term("agreement", "P5Y", quote="five", start=0, end=4, confidence=0.9), Term("option", "P2Y", confidence=0.3))
    Path("a.jsonl").write_text(Deal("five", "R", "x", terms=terms).to_json())
    assert run("a.jsonl", "-o", "-", "--min-confidence", "0.5").out.count("<mark ") == 1
    page = Page(run("a.jsonl", "--output", "-").out)
    assert [row.attributes["id"] for row in page.of("tr") if "id" in row.attributes] == ["deal-1-terms-1", "deal-1-terms-2"]


@pytest.mark.parametrize("output", ["report", "report/", "report.d/"])
def test_a_folder_holds_an_index_and_a_page_for_each_deal(run, tmp_path, output):
    Path("a.jsonl").write_text('{"text": "one", "id": "../../x"}\n{"text": "two"}\n')
    for _ in range(2):  # the second replaces the first
        assert run("a.jsonl", "-o", output) == Ran(0, "", "")
        folder = output.rstrip("/")
        assert names(tmp_path) == ["a.jsonl", f"{folder}/deals/00001.html", f"{folder}/deals/00002.html", f"{folder}/index.html"]
    index = Page(Path(output, "index.html").read_text(encoding="utf-8"))
    assert [link.attributes["href"] for link in index.of("a")] == ["deals/00001.html", "deals/00002.html"]
    assert Page(Path(output, "deals", "00001.html").read_text(encoding="utf-8")).of("a")[0].attributes["href"] == "../index.html#entry-1"


def test_a_folder_with_anything_else_in_it_is_left_alone(run, tmp_path):
    Path("a.txt").write_text("one")
    Path("kept").mkdir()
    Path("kept", "index.html").write_text("mine")
    ran = run("a.txt", "-o", "kept")
    assert (ran.code, ran.err) == (
        2,
        "dealterms: kept: holds what is no report; give a new or an empty folder, or the name of a page (.html)\n",
    )
    assert names(tmp_path) == ["a.txt", "kept/index.html"]


@pytest.mark.parametrize("output", ["missing/report.html", "a.txt/report.html", "a.txt/report"])
def test_an_output_that_cannot_be_written_is_wrong_usage(run, output):
    Path("a.txt").write_text("one")
    ran = run("a.txt", "-o", output)
    assert (ran.code, ran.err.count("\n")) == (2, 1) and ran.err.startswith(f"dealterms: {output}: cannot be written (")


@pytest.mark.parametrize("output", ["report.html", "report"])
def test_a_bad_input_is_one_line_and_the_rest_go_on(run, output):
    records = {group: [] for group in GROUPS} | {"terms": ["x"]}
    Path("a.jsonl").write_text('{"text": "one"}\n{"no": "text"}\n' + json.dumps({"text": "three"} | records) + '\n{"text": "four"}\n')
    ran = run("missing", "a.jsonl", "-o", output)
    assert ran.code == 1
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["missing", "a.jsonl:2", "a.jsonl:3"]
    page = Path(output, "index.html") if output == "report" else Path(output)
    assert "2 deals" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("output", ["report.html", "report"])
@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (ModelError("damaged", "train it again"), 1), (None, 1)])
def test_it_appears_whole_or_not_at_all(run, tmp_path, monkeypatch, output, error, code):
    Path("a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    assert run("a.jsonl", "-o", output).code == 0
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}

    def extract(text, *_, **__):
        if text == "two":
            raise error
        return Deal(text)

    monkeypatch.setattr(api, "extract", extract)
    ran = run("a.jsonl", "-o", output) if error else run("missing", "-o", output)
    assert ran.code == code
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_a_report_that_cannot_be_replaced_stays(run, tmp_path, monkeypatch):
    Path("a.txt").write_text("one")
    run("a.txt", "-o", "report")
    before = names(tmp_path)
    rename = Path.rename
    monkeypatch.setattr(Path, "rename", lambda path, to: rename(path, "missing/folder" if path.suffix == ".part" else to))
    assert run("a.txt", "-o", "report").code == 1
    assert names(tmp_path) == before


def test_options_reach_the_extraction(run, monkeypatch):
    calls = []
    monkeypatch.setattr(api, "extract", lambda text, registrant=None, **options: calls.append((registrant, options)) or Deal(text))
    Path("a.txt").write_text("one")
    run("a.txt", "-o", "-", "--registrant", "R", "--min-confidence", "0.5", "--model", "m", "--exhibits")
    assert calls == [("R", {"min_confidence": 0.5, "model": Path("m"), "exhibits": True, "id": "a"})]


def test_an_output_must_be_named(run):
    Path("a.txt").write_text("one")
    assert run("a.txt").code == 2

"""Names in a text, and which of them mean the same company, institution or person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dealterms.candidates import Mention
from dealterms.normalize.duration import ORDINALS
from dealterms.normalize.party import initials, is_legal_form, name_key
from dealterms.words import Words

# Words by which the one who files speaks of itself.
SELF_WORDS = frozenset({"we", "us", "our", "ours"})
SELF_TERMS = frozenset({"the company", "the registrant", "the corporation", "our company", "the issuer", "registrant", "company"})
_HEADS = frozenset(
    (
        "university universities institute institutes institut college school hospital foundation regents trustees department "
        "ministry agency authority center centre laboratory laboratories council commission bank state commonwealth government "
        "republic estate alliance curators coalition band tribe nation infirmary office administration command corps "
        "institution institutes society academy works service services kingdom province city county town trust federation "
        "association bureau governors rancheria indians"
    ).split()
)
_LINKS = frozenset("of for de du des di da do dos del della la le les los las van von der den und y e et & - ' dba d/b/a at in".split())
_DEFINED = re.compile(
    r"\s*(?:,[^,()]{1,80}){0,4}?,?\s*\((?P<body>[^()]{1,160})\)",
)
_QUOTED = re.compile(r"[\"“‘']+\s*(?:the\s+|The\s+)?(?P<term>[^\"”“]{1,60}?)\s*[\"”]+|[“‘]\s*(?P<single>[^\"”’]{1,60})’")
_BARE_TERM = re.compile(r"^\s*(?:the\s+)?([A-Z][\w&.\- ]{0,40}?)\s*$")
_HEREINAFTER = re.compile(r"\b(?:hereinafter|hereafter|collectively|together|referred to|known as|called|or|and|each|a|as)\b", re.I)
_TICKER = re.compile(r"nasdaq|nyse|amex|otc|tse|lse|symbol|ticker|phase|formerly|:", re.I)
# Sides that a text may tell of without a name.
_UNNAMED = frozenset(
    "licensor licensee supplier distributor purchaser buyer seller vendor owner contractor customer franchisee franchisor".split()
)
_TERMS = _UNNAMED | frozenset(
    (
        "company registrant corporation group partnership university institute hospital foundation government agency trust manager operator "
        "parent college"
    ).split()
)
_SMALL = frozenset("and or the a an its our their his her this that such each any no".split())
_PARTICLES = frozenset({"de", "des", "du", "van", "von", "der", "del", "la", "di", "do", "dos", "da", "et", "und"})
_ABBREVIATED = frozenset({"St", "Dr", "Mr", "Mrs", "Ms", "Bros", "Mt", "Ft", "No", "Prof"})
_WHOLE_FORMS = frozenset(
    {
        "Company",
        "Corporation",
        "Limited",
        "Holdings",
        "Incorporated",
        "LLC",
        "Group",
        "Holding",
        "GmbH",
        "AG",
        "AB",
        "LLP",
        "LP",
        "SA",
        "NV",
        "plc",
        "PLC",
        "Trust",
    }
)
# "Evian Waters of France, Inc.", where "President of Acme, Inc." is no name.
_PLACES = frozenset(
    (
        "africa alabama alaska america americas argentina arizona arkansas asia australia austria belgium brazil california canada chile "
        "china colorado connecticut delaware denmark england europe florida france georgia germany hawaii illinois india indiana iowa "
        "ireland israel italy japan kansas kentucky korea louisiana maine maryland massachusetts mexico michigan minnesota mississippi "
        "missouri montana nebraska netherlands nevada hampshire jersey york carolina dakota zealand ohio oklahoma ontario oregon pennsylvania poland quebec russia scotland singapore "
        "spain sweden switzerland taiwan tennessee texas turkey utah vermont virginia washington wisconsin wyoming"
    ).split()
)
_QUARTERS = frozenset({"North", "South", "East", "West", "New", "Latin"})
_JOINABLE = frozenset("research advanced science technology food health materiel arts".split())
# "Foundation for Medical Education and Research": two of these with "and" between are of one name.
_FIELDS = frozenset(
    (
        "animal arts beauty development education engineering food gas health home hotel letters loan marketing medicine oil paper plant "
        "power prevention pulp research restaurant sales savings science sciences steel technology training treatment water"
    ).split()
)
# "the Acme Project" names no fuller "Acme".
_THINGS = frozenset(
    (
        "acquisition acquisitions apa arena award brand capacity claims collaboration facility grant lawsuit litigation mine mou "
        "option plant portfolio project projects property series settlement transaction transactions"
    ).split()
)
# "the city of Palmdale"
_PLACED = frozenset("city commonwealth county government province state town village".split())
# Where the name of a company ends and that of a person begins.
_TITLES = frozenset({"CEO", "CFO", "COO", "President", "Chairman", "Chief"})
_ELIDED = re.compile(r"[dlDL]'[^\W\d_]*[A-Z]")
# What a capitalised run that ends so is not: a party.
_NOT_A_NAME = frozenset(
    (
        "agreement agreements license licence licenses amendment amendments act plan stock note notes program warrant warrants "
        "contract contracts territory territories date products product rights patents patent technology royalty royalties "
        "shares securities closing term fee fees payment payments market form exhibit states kingdom union"
    ).split()
)
_ROMAN_OR_LETTER = re.compile(r"^(?:[ivxlc]+|[a-z])$", re.I)


@dataclass
class Entity:
    """One who is named.

    Attributes
    ----------
    name : str
        The fullest form in the text, white space as there.
    key : tuple of str
        The words that tell who it is.
    forms : dict of str to str
        Every form in lower case, each with how it stands in the text.
    places : list of (int, int)
        Half-open ranges of words, in order.
    registrant : bool
        Whether it is the one who files.
    defined : set of str
        Its defined terms in lower case.
    legal : bool
        Whether a form of the name has a legal form.
    """

    name: str
    key: tuple[str, ...]
    forms: dict[str, str] = field(default_factory=dict)
    places: list[tuple[int, int]] = field(default_factory=list)
    registrant: bool = False
    defined: set[str] = field(default_factory=set)
    legal: bool = False


def find_entities(words: Words, mentions: Sequence[Mention], registrant: str | None = None) -> list[Entity]:
    """Group the names of a text by whom they mean.

    Parameters
    ----------
    words : Words
        The words of the text.
    mentions : sequence of Mention
        Its candidates.
    registrant : str, optional
        The company that files, where it is known: the one that "the Company" and "we" mean.

    Returns
    -------
    list of Entity
        In the order of first mention.

    Examples
    --------
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of('Acme Labs, Inc. (the "Company") pays Beta GmbH. The Company is happy; Beta is too.')
    >>> [(e.name, len(e.places)) for e in find_entities(words, find_mentions(words).mentions)]
    [('Acme Labs, Inc.', 2), ('Beta GmbH', 2)]
    """
    spans = _with_registrant(words, _name_spans(words, mentions), registrant)
    entities: list[Entity] = []
    terms: dict[str, Entity] = {}
    by_key: dict[tuple[str, ...], Entity] = {}
    for first, last in spans:
        told = words.slice(first, last)
        key = name_key(told)
        legal = any(is_legal_form(word) for word in words.forms[max(first + 1, last - 4) : last] if word != ".")
        entity = by_key.get(key)
        if entity is None:
            entity = Entity(told, key)
            by_key[key] = entity
            entities.append(entity)
        _add(entity, told, (first, last), legal)
        for term in _defined_terms(words, last):
            entity.defined.add(term.lower())
            terms.setdefault(_bare(term), entity)
    entities = _merge(entities, terms)
    filer = _registrant(entities, terms, registrant)
    _attach_terms(words, mentions, entities, terms, filer)
    entities = [entity for entity in entities if entity.places]
    if filer is None:
        filer = _unnamed_registrant(words, mentions, terms)
        if filer is not None:
            entities.append(filer)
    if filer is not None:
        filer.registrant = True
    for entity in entities:
        entity.places.sort()
    return sorted(entities, key=lambda entity: entity.places[0])


def _add(entity: Entity, told: str, place: tuple[int, int], legal: bool) -> None:
    entity.places.append(place)
    entity.legal |= legal
    entity.forms.setdefault(" ".join(told.split()), told)
    if _fullness(told) > _fullness(entity.name):
        entity.name = told


def _fullness(told: str) -> tuple[int, int]:
    """Rank forms of a name: with a legal form first, then the longer."""
    words = told.split()
    return (int(any(is_legal_form(word) for word in words[1:])), len(" ".join(words)))


def _name_spans(words: Words, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Grow each capitalised run over commas before legal forms, stops of abbreviations and the links of institutions' names."""
    spans: list[tuple[int, int]] = []
    runs = sorted({(m.first, m.last) for m in mentions if m.label == "ORG" and m.pattern != "org.defined"})
    begun = -1
    for first, last in runs:
        first = max(first, begun)
        while first < last:
            # A heading has no stop: a run ends where its sentence does.
            stop = min(last, words.sentences[words.sentence[first]][1])
            if stop - first > 1 and words.forms[first] in {"About", *_TITLES}:
                first += 1
            for position in range(first + 1, stop):
                is_dash = words.forms[position] == "-" and words.starts[position] > words.ends[position - 1]
                if is_dash or words.forms[position] in _TITLES:
                    stop = position
                    break
            if words.forms[first] == "-":
                first += 1
                continue
            first = _begin(words, first)
            numbered = words.lower[first].isdigit() and len(words.lower[first]) > 5  # "1067323 Nevada Ltd."
            if words.lower[first][0].isdigit() and not numbered and (first + 1 >= stop or words.ends[first] != words.starts[first + 1]):
                first += 1
                continue
            while True:
                grown = _grow(words, first, stop)
                if grown == stop:
                    break
                stop = grown
            while stop > first and words.forms[stop - 1] in {"-", "&", ",", "+"}:
                stop -= 1
            alone = stop - first == 1 and words.lower[first] in _TERMS
            term = alone and words.lower[first - 1 : first] in (["the"], ['"'])
            if first > 0 and not alone and words.forms[first - 1] == "The" and any(form in _HEADS for form in words.lower[first:stop]):
                first -= 1
            told = words.slice(first, stop)
            headed = any(form in _HEADS for form in words.lower[first:stop])
            named = headed or words.lower[stop - 1] not in _NOT_A_NAME
            # "Harris Information Technology", but not "the Harris Technology".
            named |= stop - first > 2 and words.lower[stop - 1] == "technology" and words.lower[first - 1 : first] not in (["the"], ["its"])
            named &= not _is_code(words, first, stop)
            if stop > first and not term and not _ROMAN_OR_LETTER.match(told) and named:
                spans.append((first, stop))
            begun = first = max(stop, first + 1)
    return spans


def _is_code(words: Words, first: int, last: int) -> bool:
    """Tell whether a run is the letters of a product's code ("SB-114"), which may also be somebody's initials."""
    behind = words.forms[last : last + 2]
    return last - first == 1 and words.forms[first].isupper() and behind[:1] == ["-"] and behind[-1][0].isdigit()


def _begin(words: Words, first: int) -> int:
    """Give where a name begins that is led by a number or a common noun: "3-D Dyes", "Twentieth Street Films", "city of Palmdale"."""
    forms, begin = words.forms, words.sentences[words.sentence[first]][0]
    figure = (
        first - 2 >= begin and forms[first - 1] == "-" and forms[first - 2].isdigit() and words.ends[first - 2] + 1 == words.starts[first]
    )
    if figure and len(forms[first]) > 1:
        return first - 2
    lettered = first - 3 >= begin and forms[first - 2] == "-" and forms[first - 1].isdigit() and len(forms[first - 3]) == 1
    if lettered and forms[first - 3].isupper():
        return first - 3  # "L-3 Dyes"
    if first - 1 > begin and forms[first - 1][0].isupper() and words.lower[first - 1] in ORDINALS:
        return first - 1
    if first - 2 >= begin and forms[first - 1] == "of" and words.lower[first - 2] in _PLACED:
        return first - 2
    return first


def _with_registrant(words: Words, spans: list[tuple[int, int]], registrant: str | None) -> list[tuple[int, int]]:
    """Find the registrant's name as it stands in the text, also where no rule for names would cut it out whole."""
    key = [word.lower() for word in re.findall(r"\w+", registrant or "")]
    while key and is_legal_form(key[-1]):
        key.pop()
    key = key[1:] if key[:1] == ["the"] else key
    if not key or len("".join(key)) < 3:
        return spans
    solid = [(position, form) for position, form in enumerate(words.lower) if form[0].isalnum() or form == "'s"]
    flat = [form.lstrip("'") for _, form in solid]
    found = []
    for place in (i for i, form in enumerate(flat) if form == key[0] and flat[i : i + len(key)] == key):
        first, last = solid[place][0], solid[place + len(key) - 1][0] + 1
        if not words.forms[first][0].isupper() and words.forms[first].islower() and len(key) == 1:
            continue
        while (grown := _grow(words, first, last)) > last and all(
            is_legal_form(form) or not form.isalnum() for form in words.forms[last:grown]
        ):
            last = grown
        found.append((first, last))
    kept = [
        span for span in spans if not any(first < span[1] and span[0] < last and last - first > span[1] - span[0] for first, last in found)
    ]
    return sorted({*kept, *[new for new in found if not any(first < new[1] and new[0] < last for first, last in kept)]})


def _grow(words: Words, first: int, last: int) -> int:
    """Give where the name that has come to ``last`` goes on to; ``last`` where it ends."""
    end = words.sentences[words.sentence[first]][1]
    forms = words.forms
    if last >= end:
        return last
    word, before = forms[last], forms[last - 1]
    ahead = forms[last + 1 : min(last + 6, end)]
    following = ahead[0] if ahead else ""
    finished = any(is_legal_form(form) for form in forms[first + 1 : last])
    if word == ".":
        abbreviated = (is_legal_form(before) and before not in _WHOLE_FORMS) or before in _ABBREVIATED
        initial = len(before) == 1 and before.isupper() and following[:1].isupper()
        if words.starts[last] != words.ends[last - 1] or not (abbreviated or initial):
            return last
        return _over_names(words, last + 1, end) if initial or before in _ABBREVIATED else last + 1
    if word == "/" and before in {"A", "K"} and following == "S":
        return last + 2
    if word == "de" and following in {"C.V.", "R.L.", "CV", "RL"}:
        return last + 2
    if _ELIDED.match(word):
        return _over_names(words, last + 1, end)  # "d'Optique S.A."
    if word in {"®", "™"} and ahead:
        return last + 1 if following == "," and len(ahead) > 1 and is_legal_form(ahead[1]) else last
    if is_legal_form(word) and (word[:1].isupper() or word in {"plc", "plc.", "p.l.c."}):
        return last + 1
    if word == "," and ahead[1:3] in (["and", "Company"], ["and", "Co"]) and following[:1].isupper():
        return last + 4
    if word == "of" and before == "Corporation" and following.lower() in _PLACES:
        return last + 2
    if word == "of" and before in {"Company", "Corporation"} and following[:1].isupper():
        reach = _over_names(words, last + 1, end)
        if reach + 1 < end and forms[reach] == "," and is_legal_form(forms[reach + 1]):
            return reach + 2
    if word == "," and is_legal_form(following) and following[:1].isupper():
        return last + 2
    if word == "(" and ahead[:2] == ["publ", ")"]:
        return last + 3
    trade = _trade_name(words, last, end)
    if trade > last:
        return trade
    if finished:
        return _over_names(words, last + 1, end) if word == "&" and following[:1].isupper() else last
    if (word[:1].isupper() or word.isdigit()) and _closes(words, last + 1, end):
        return last + 1  # "SK On Co., Ltd.", "Cardinal Health 414, LLC"
    if word == "No" and following == "." and len(ahead) > 2 and ahead[1].isdigit() and ahead[2][:1].isupper():
        return _over_names(words, last + 3, end)
    if word.isdigit() and following[:1].isupper():
        reach = _over_names(words, last + 1, end)
        if _closes(words, reach, end) or is_legal_form(forms[reach - 1]) or words.lower[reach - 1] in _HEADS:
            return reach  # "Alpha 1 Biomedicals, Inc."
    place = _over_place(words, last + 1, end)
    if word == "of" and place > last + 1 and _closes(words, place, end):
        return place  # "Kestrel of North America, LLC"
    if word == "," and words.lower[first] in _PLACED:
        return place if place > last + 1 else last  # "City of Palmdale, California"
    if word == "(" and len(ahead) > 2 and ")" in ahead:
        close = ahead.index(")")
        reach = _over_names(words, last + 2 + close, end)
        closed = _closes(words, reach, end) or is_legal_form(forms[reach - 1])
        if closed and all(form[:1].isupper() for form in ahead[:close]):
            return last + 2 + close  # "Anhui Hongda (Wuhu) Battery Co., Ltd."
    if word.lower() == "'s":
        # "Reed's, Inc.", "Jack's International, Inc.": possessives that a legal form shows to be names.
        if following == "," and len(ahead) > 1 and is_legal_form(ahead[1]):
            return last + 1
        reach = _over_names(words, last + 1, end)
        closing = forms[reach + 1] if reach + 1 < end and forms[reach] == "," else forms[reach - 1]
        if reach > last + 1 and is_legal_form(closing) and closing[:1].isupper():
            return reach
        return reach if reach > last + 1 and any(form in _HEADS for form in words.lower[last + 1 : reach]) else last
    if word in {"!", "?"} and words.starts[last] == words.ends[last - 1]:
        return last + 1 if following == "," or is_legal_form(following) else last
    if word == "and" and following in {"Company", "Co", "Sons", "Brothers"}:
        return last + 2
    if word == "&" and following[:1].isupper():
        return _over_names(words, last + 1, end)
    if (
        word.islower()
        and word.isalpha()
        and is_legal_form(following)
        and following[:1].isupper()
        and word not in _LINKS
        and word not in _SMALL
    ):
        return last + 2  # "SK hynix Inc."
    if (
        word.islower()
        and word not in _LINKS
        and len(ahead) > 2
        and following == ","
        and is_legal_form(ahead[1])
        and ahead[1][:1].isupper()
        and len(word) > 2
    ):
        return last + 3
    headed = any(form in _HEADS for form in words.lower[first:last]) or (
        before == "Board" and following in {"Trustees", "Regents", "Governors", "Directors"}
    )
    if word.lower() in _LINKS and (headed or word in _PARTICLES):
        reach = last + 1
        while reach < end and words.lower[reach] in {"the", "la", "las", "los", "of"} and reach - last < 3:
            reach += 1
        if reach < end and forms[reach][:1].isupper() and (word not in {"at", "in"} or "university" in words.lower[first:last]):
            return _over_names(words, reach, end)
    if word == "," and words.lower[last - 1] in {"rutgers", "california"} and following in {"The", "San", "Los"}:
        return _over_names(words, last + 1, end)
    if word == "and" and following[:1].isupper():
        reach = _over_names(words, last + 1, end)
        national = "National" in forms[first:last] and headed
        closing = forms[reach + 1] if reach + 1 < end and forms[reach] == "," else forms[reach - 1]
        joint = words.lower[last - 1] in _JOINABLE and (words.lower[reach - 1] in _HEADS or is_legal_form(closing))
        joint |= words.lower[last - 1] in {"center", "centre", "eye", "hospital"} and words.lower[reach - 1] in _HEADS
        joint |= {words.lower[last - 1], words.lower[last + 1]} <= _FIELDS or words.lower[reach - 1] == "indians"
        if national or joint:
            return reach
    return last


def _over_place(words: Words, position: int, end: int) -> int:
    """Give where a state, country or continent ends that begins here, in one word or two ("North America"); the position where none does."""
    last = position + 1 if position < end and words.forms[position] in _QUARTERS else position
    return last + 1 if last < end and words.lower[last] in _PLACES else position


def _closes(words: Words, position: int, end: int) -> bool:
    """Tell whether a legal form stands here, after a comma or without."""
    if position < end and words.forms[position] == ",":
        position += 1
    return position < end and is_legal_form(words.forms[position]) and words.forms[position][:1].isupper()


def _trade_name(words: Words, position: int, end: int) -> int:
    """Give where a trade name ends that begins here with "d/b/a" or "doing business as"; the position where none does."""
    lower = words.lower
    begin = position + 1 if lower[position] == "," else position
    for opening in (["d", "/", "b", "/", "a"], ["dba"], ["doing", "business", "as"], ["doing", "business", "as", "the"]):
        after = begin + len(opening)
        if lower[begin:after] == opening and after < end and words.forms[after][:1].isupper() and words.forms[after] != "The":
            reach = _over_names(words, after, end)
            while _closes(words, reach, end):
                reach += 2 if words.forms[reach] == "," else 1
            return reach
    return position


def _over_names(words: Words, position: int, end: int) -> int:
    forms = words.forms
    while position < end and (
        forms[position][:1].isupper() or (forms[position] in {"&", "-"} and position + 1 < end and forms[position + 1][:1].isupper())
    ):
        position += 1
    return position


def _defined_terms(words: Words, last: int) -> list[str]:
    """Read the short names that brackets after a name give it."""
    if last >= len(words):
        return []
    match = _DEFINED.match(words.text, words.ends[last - 1])
    if not match:
        return []
    gap = words.text[words.ends[last - 1] : match.start("body") - 1]
    if any(_looks_like_name(word) for word in re.findall(r"[^\W\d_]+", gap)) and gap.count(",") < 1:
        return []
    body = " ".join(match.group("body").split())
    quoted = [m.group("term") or m.group("single") for m in _QUOTED.finditer(body)]
    if quoted:
        return [
            term.strip(" ,.")
            for term in quoted
            if term and term.strip(" ,.") and not re.search(r"\b(?:agreement|license|licence)\b", term, re.I)
        ]
    if _TICKER.search(body):
        return []
    bare = _BARE_TERM.match(body)
    return [bare.group(1).strip()] if bare and not gap.strip(" ,") and (bare.group(1).isupper() or len(bare.group(1)) <= 12) else []


def _looks_like_name(word: str) -> bool:
    return is_legal_form(word) and word[:1].isupper()


def _bare(term: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(term.lower().split())).strip(" .,")


def _merge(entities: list[Entity], terms: dict[str, Entity]) -> list[Entity]:
    """Join short forms to the full names that they stand for."""
    merged: list[Entity] = []
    moved: dict[int, Entity] = {}
    full = sorted(entities, key=lambda e: (-len(e.key), e.places[0]))
    for entity in entities:
        home = None if entity.legal else terms.get(" ".join(entity.key)) or terms.get(_bare(entity.name))
        if home is None or home is entity:
            home = _fuller(entity, full)
        if home is not None and home is not entity:
            moved[id(entity)] = home
    for entity in entities:
        home = entity
        seen = {id(entity)}
        while id(home) in moved and id(moved[id(home)]) not in seen:
            home = moved[id(home)]
            seen.add(id(home))
        if home is entity:
            merged.append(entity)
            continue
        for form, told in entity.forms.items():
            home.forms.setdefault(form, told)
        home.places += entity.places
        home.defined |= entity.defined
        if _fullness(entity.name) > _fullness(home.name):
            home.name = entity.name
        for term, owner in list(terms.items()):
            if owner is entity:
                terms[term] = home
    return merged


def _fuller(entity: Entity, others: list[Entity]) -> Entity | None:
    """Find the longer name that begins with this one, or that this one abbreviates."""
    key = entity.key
    joined = "".join(key)
    for other in others:
        if other is entity or (len(other.key) > len(key) and other.key[-1] in _THINGS and not other.legal):
            continue
        if not entity.legal and len(other.key) > len(key) and other.key[: len(key)] == key and len(joined) > 2 and key[0] not in _HEADS:
            return other
        if len(key) == 1 and 1 < len(joined) <= 6 and len(other.key) > 1 and entity.name.isupper() and initials(other.key) == joined:
            return other
        if (
            len(key) == 1
            and len(other.key) == 1
            and other.key[0] != joined
            and len(joined) > 4
            and other.key[0].startswith(joined)
            and other.legal
        ):
            return other
        if (
            len(key) == 1
            and len(joined) > 3
            and len(other.key) > 1
            and joined in other.key[1:]
            and other.legal
            and not entity.legal
            and joined not in _COMMON_PARTS
        ):
            return other
    return None


_COMMON_PARTS = frozenset(
    (
        "pharmaceuticals pharmaceutical pharma technologies technology sciences science medical systems international "
        "laboratories therapeutics biosciences bio health healthcare energy resources entertainment communications networks "
        "brands products foods industries research european american national global license agreement licensee licensor "
        "products product development"
    ).split()
)


def _registrant(entities: list[Entity], terms: dict[str, Entity], registrant: str | None) -> Entity | None:
    if registrant:
        key = name_key(registrant)
        for entity in entities:
            if entity.key == key:
                return entity
        for entity in sorted(entities, key=lambda e: -len(e.key)):
            shorter, longer = sorted((entity.key, key), key=len)
            telling = len(shorter) > 1 or not {*shorter} <= _COMMON_PARTS | _PLACES
            if longer[: len(shorter)] == shorter and len("".join(shorter)) > 2 and telling:
                return entity
        for entity in entities:
            joined = "".join(entity.key)
            if (
                joined == "".join(key)
                or (len(entity.key) == 1 and joined == initials(key) and len(joined) > 1)
                or (len(entity.key) == 1 and len(joined) > 3 and entity.key[0] in key and entity.key[0] not in _COMMON_PARTS | _PLACES)
            ):
                return entity
    for term in ("company", "registrant", "corporation", "we", "us", "our"):
        if term in terms:
            return terms[term]
    return None


def _attach_terms(
    words: Words, mentions: Sequence[Mention], entities: list[Entity], terms: dict[str, Entity], filer: Entity | None
) -> None:
    """Give "the Company", "Licensee" and "we" to whom they mean."""
    taken = {word for entity in entities for first, last in entity.places for word in range(first, last)}
    for mention in mentions:
        if mention.label != "ORG" or mention.pattern != "org.defined" or mention.first in taken or mention.last - 1 in taken:
            continue
        told = " ".join(mention.value.lower().split()) if mention.value else ""
        owner = terms.get(_bare(told))
        if owner is None and (told in SELF_TERMS or told in SELF_WORDS):
            owner = filer
        if owner is None and told.startswith("the "):
            owners = [entity for entity in entities if told[4:] in entity.key and entity.places]
            owner = owners[0] if len(owners) == 1 else None
            if not owners and told[4:] in _UNNAMED and words.forms[mention.last - 1][0].isupper():
                owner = Entity(words.slice(mention.first, mention.last), (told[4:],))
                entities.append(owner)
        if owner is not None:
            owner.places.append((mention.first, mention.last))
            if told not in SELF_WORDS:
                owner.forms.setdefault(" ".join(words.slice(mention.first, mention.last).split()), words.slice(mention.first, mention.last))
    for position, word in enumerate(words.lower):
        if filer is not None and word in SELF_WORDS and position not in taken and words.forms[position] != "US":
            filer.places.append((position, position + 1))
    for entity in entities:
        entity.places = sorted(set(entity.places))


def _unnamed_registrant(words: Words, mentions: Sequence[Mention], terms: dict[str, Entity]) -> Entity | None:
    """Make an entity of "the Company" or "we" where the text never names who files."""
    own = [
        m for m in mentions if m.pattern == "org.defined" and (m.value or "").lower() in SELF_TERMS and _bare(m.value or "") not in terms
    ]
    if own:
        entity = Entity(words.slice(own[0].first, own[0].last), ("company",))
        for mention in own:
            _add(entity, words.slice(mention.first, mention.last), (mention.first, mention.last), False)
        entity.name = words.slice(own[0].first, own[0].last)
    else:
        places = [i for i, word in enumerate(words.lower) if word in SELF_WORDS and words.forms[i] != "US"]
        if not places:
            return None
        entity = Entity(words.slice(places[0], places[0] + 1), ("we",))
    entity.places += [(i, i + 1) for i, word in enumerate(words.lower) if word in SELF_WORDS and words.forms[i] != "US"]
    return entity

"""Where names stand in a text: runs of capitalised words, grown over the marks and small words that belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealterms.candidates import Mention
from dealterms.normalize.duration import ORDINALS
from dealterms.normalize.party import is_legal_form
from dealterms.resources import word_clusters
from dealterms.words import Words, word_class

HEADS = frozenset(
    (
        "university universities institute institutes institut college school hospital foundation regents trustees department "
        "ministry agency authority center centre laboratory laboratories council commission bank state commonwealth government "
        "republic estate alliance curators coalition band tribe nation infirmary office administration command corps "
        "institution society academy works service services kingdom province city county town trust federation "
        "association bureau governors rancheria indians tribes centers"
    ).split()
)
_LINKS = frozenset("of for de en du des di da do dos del della la le les los las van von der den und y e et & - ' dba d/b/a at in".split())
_DEFINED = re.compile(
    r"\s*(?:,[^,()]{1,80}){0,4}?,?\s*\((?P<body>[^()]{1,160})\)",
)
_QUOTED = re.compile(r"[\"“‘']+\s*(?:the\s+|The\s+)?(?P<term>[^\"”“]{1,60}?)\s*[\"”]+|[“‘]\s*(?P<single>[^\"”’]{1,60})’")
_BARE_TERM = re.compile(r"^\s*(?:the\s+)?([A-Z][\w&.\- ]{0,40}?)\s*$")
_TICKER = re.compile(r"nasdaq|nyse|amex|otc|tse|lse|symbol|ticker|phase|formerly|:", re.I)
# Sides that a text may tell of without a name.
UNNAMED = frozenset(
    "licensor licensee supplier distributor purchaser buyer seller vendor owner contractor customer franchisee franchisor".split()
)
# What one who is only described may be called: 'a company whose name is withheld (the "Initial Customer")'.
_DESCRIBED = UNNAMED | frozenset(
    "client collaborator developer holder investor lessee lessor licencee manufacturer optionee optionor partner provider sublicensee".split()
)
_DEFINITION = re.compile(r"\(\s*(?:the\s+|The\s+)?[\"“]\s*(?:the\s+|The\s+)?(?P<term>[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3})\s*[\"”]\s*\)")
_MOST_DESCRIBED = 20
_TERMS = UNNAMED | frozenset(
    (
        "company registrant corporation group partnership university institute hospital foundation government agency trust manager operator "
        "parent college"
    ).split()
)
_SMALL = frozenset("and or the a an its our their his her this that such each any no".split())
_PARTICLES = frozenset("de des du van von der del la di do dos da et und en".split())
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
PLACES = frozenset(
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
        "animal arts assembly aviation beauty border casino communications control customs development distribution education electric engineering exploration food gas "
        "health home hotel human irrigation land letters licensing light loan manufacturing marketing medicine missile naval oil paper plant power prevention "
        "processing production pulp refining research resort restaurant royalty sales savings science sciences space steel streaming supply "
        "technology test trading training transportation treatment water"
    ).split()
)
# "the city of Palmdale"
_PLACED = frozenset("city commonwealth county government province state town village".split())
# Where the name of a company ends and that of a person begins.
_TITLES = frozenset({"CEO", "CFO", "COO", "President", "Chairman", "Chief"})
# Where a name ends in a headline, of which every word is capitalised: "Marl Foods Signs Supply Pact".
_HEADLINE_VERBS = frozenset(
    (
        "acquire acquires agree agrees amend amends announce announced announces awarded buys chooses enter enters expand expands extend "
        "extends granted grants inks joins obtains purchases receives renew renews secures selects sell sells settle settles sign signing "
        "signed signs sues terminate terminates wins"
    ).split()
)
# What no name ends with, also where a word of institutions stands before ("Marl Services Agreement").
_DOCUMENTS = frozenset("agreement agreements contract contracts amendment".split())
# "US Army", where "US" is otherwise no part of a name.
_FEDERAL = frozenset("air army coast department food government marine navy patent".split())
# What follows a name that ends in "'s", and no other's possession.
_AUXILIARIES = frozenset("has have had will would may shall must can could agreed (".split())
_LOWER_FORMS = frozenset({"plc", "plc.", "p.l.c.", "ehf", "hf", "aps", "srl"})
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
# What stands before a hyphen and is no part of a name.
_PREFIXES = frozenset("a an by co de ex go in no of on re to un up us".split())
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


def name_spans(words: Words, mentions: Sequence[Mention], registrant: str | None = None) -> list[tuple[int, int]]:
    """Find the names of a text.

    Parameters
    ----------
    words : Words
        The words of the text.
    mentions : sequence of Mention
        Its candidates.
    registrant : str, optional
        The company that files, which is found whatever its name looks like.

    Returns
    -------
    list of (int, int)
        Half-open ranges of words, in order.

    Examples
    --------
    >>> from dealterms.candidates import find_mentions
    >>> from dealterms.words import words_of
    >>> words = words_of("Brill & Co., Inc. pays the University of Kent.")
    >>> [words.slice(*span) for span in name_spans(words, find_mentions(words).mentions)]
    ['Brill & Co., Inc.', 'University of Kent']
    """
    return _with_described(words, _with_registrant(words, _runs(words, mentions), registrant))


def _runs(words: Words, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
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
            # "License Agreement Marl Foods, Inc." is the title of an agreement, and then a name.
            behind = max((p + 1 for p in range(first, stop - 1) if words.lower[p] == "agreement"), default=first)
            if behind > first and _ends_legally(words, behind, words.sentences[words.sentence[first]][1]):
                first = behind
            for position in range(first + 1, stop):
                is_dash = words.forms[position] == "-" and words.starts[position] > words.ends[position - 1]
                if is_dash or words.forms[position] in _TITLES or words.lower[position] in _HEADLINE_VERBS:
                    stop = position
                    break
            if words.forms[first] == "-" or words.lower[first] in _HEADLINE_VERBS:
                first += 1
                continue
            first = _begin(words, first)
            numbered = not words.lower[first].isdigit() or len(words.lower[first]) > 5  # "1067323 Nevada Ltd.", "8point3 Energy"
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
            if first > 0 and not alone and words.forms[first - 1] == "The" and any(form in HEADS for form in words.lower[first:stop]):
                first -= 1
            told = words.slice(first, stop)
            headed = any(form in HEADS for form in words.lower[first:stop])
            named = words.lower[stop - 1] not in (_DOCUMENTS if headed else _NOT_A_NAME)
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
    counted = first - 2 >= begin and forms[first - 1] in _ENDINGS and forms[first - 2].isdigit()
    if counted and _ends_legally(words, first, words.sentences[words.sentence[first]][1]):
        return first - 2  # "1st Dyes LLC"
    led = first - 2 >= begin and forms[first - 1] == "-" and words.starts[first - 2] + len(forms[first - 2]) + 1 == words.starts[first]
    if led and len(forms[first - 2]) <= 2 and forms[first - 2].isalpha() and forms[first - 2] not in _PREFIXES:
        return first - 2  # "i-Dyes", "mm-Dyes, Inc."
    before = forms[first - 1] if first > begin else ""
    if len(before) > 3 and before.isalpha() and before.islower() and is_legal_form(forms[first]) and before not in word_clusters():
        return first - 1  # "dyewerk AG": no word of the language
    if first - 2 >= begin and forms[first - 1] == "of" and words.lower[first - 2] in _PLACED:
        return first - 2
    if first > begin and _is_figure(forms[first - 1]) and _ends_legally(words, first, words.sentences[words.sentence[first]][1]):
        return first - 1
    if first > begin and ((forms[first - 1] == "US" and words.lower[first] in _FEDERAL) or forms[first - 1] == "Mark"):
        return first - 1  # also the name of a currency, and so no word of a name otherwise
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
        if len(key) == 1 and key[0].isalpha() and words.forms[first].islower():
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
        if before == "S" and ahead[1:2] == ["r.l."]:
            return last + 3  # "S.à r.l."
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
    if is_legal_form(word) and (word[:1].isupper() or word in _LOWER_FORMS or word.count(".") > 1):
        return last + 1
    if word == "," and following in {"Jr", "Sr"}:
        return last + 2
    if word == "," and ahead[1:3] in (["and", "Company"], ["and", "Co"]) and following[:1].isupper():
        return last + 4
    if word == "of" and ((before == "Corporation" and following.startswith("America")) or (before == "Group" and following == "Companies")):
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
    if _is_figure(word) and _ends_legally(words, last + 1, end):
        return _over_names(words, last + 1, end)
    if word == "No" and following == "." and len(ahead) > 2 and ahead[1].isdigit() and ahead[2][:1].isupper():
        return _over_names(words, last + 3, end)
    if word.isdigit() and following[:1].isupper():
        reach = _over_names(words, last + 1, end)
        if _closes(words, reach, end) or is_legal_form(forms[reach - 1]) or words.lower[reach - 1] in HEADS:
            return reach  # "Alpha 1 Biomedicals, Inc."
    place = _over_place(words, last + 1, end)
    if word == "of" and place > last + 1 and _closes(words, place, end):
        return place  # "Kestrel of North America, LLC"
    if word == "of" and following == "the" and last - first == 1:
        reach = _over_names(words, last + 2, end)
        if reach == last + 3 and _closes(words, reach, end):
            return reach  # "Keepers of the Marsh, Inc.", but not "President of the Marsh Foods Company"
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
        if following in _AUXILIARIES:
            return last + 1  # "Macy's has agreed"
        if words.lower[first] in PLACES:
            return last  # "Germany's Marl AG"
        reach = _over_names(words, last + 1, end)
        closing = forms[reach + 1] if reach + 1 < end and forms[reach] == "," else forms[reach - 1]
        if reach > last + 1 and is_legal_form(closing) and closing[:1].isupper():
            return reach
        return reach if reach > last + 1 and any(form in HEADS for form in words.lower[last + 1 : reach]) else last
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
    headed = any(form in HEADS for form in words.lower[first:last]) or (
        before == "Board" and following in {"Trustees", "Regents", "Governors", "Directors"}
    )
    if word == "at":
        reach = _over_names(words, last + 1, end)
        if reach > last + 1 and (_closes(words, reach, end) or is_legal_form(forms[reach - 1])) and "University" in forms[last:reach]:
            return reach  # "Tirza at Haifa University Ltd."
    if (
        word.lower() in _LINKS
        and (headed or word in _PARTICLES)
        and not (words.lower[last - 1] == "laboratories" and following[:1].isupper())
    ):
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
        joint = words.lower[last - 1] in _JOINABLE and (words.lower[reach - 1] in HEADS or is_legal_form(closing))
        joint |= words.lower[last - 1] in {"center", "centre", "eye", "hospital"} and words.lower[reach - 1] in HEADS
        joint |= {words.lower[last - 1], words.lower[last + 1]} <= _FIELDS or words.lower[reach - 1] in {"indians", "tribes"}
        joint |= last - first == 1 and words.lower[reach - 1] == "foundation"  # "Anna and Paul Berg Foundation"
        if national or joint:
            return reach
    return last


def _is_figure(word: str) -> bool:
    """Tell whether a capitalised word is otherwise one of money, time or number: "Mar", "Yuan", "Seven"."""
    return word[:1].isupper() and (word_class(word) in {"<coin>", "<count>"} or word.upper() in {"MAR", "APR"} or word == "Total")


def _ends_legally(words: Words, position: int, end: int) -> bool:
    """Tell whether the capitalised words that begin here end with a legal form, or one follows them."""
    reach = _over_names(words, position, end)
    return reach > position and (is_legal_form(words.forms[reach - 1]) or _closes(words, reach, end))


def _over_place(words: Words, position: int, end: int) -> int:
    """Give where a state, country or continent ends that begins here, in one word or two ("North America"); the position where none does."""
    last = position + 1 if position < end and words.forms[position] in _QUARTERS else position
    return last + 1 if last < end and words.lower[last] in PLACES else position


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


def _with_described(words: Words, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take for names the terms that are defined for somebody without one."""
    terms: dict[str, str] = {}
    for match in _DEFINITION.finditer(words.text, 0, words.ends[-1] if len(words) else 0):
        if match.group("term").split()[-1].lower() in _DESCRIBED and len(terms) < _MOST_DESCRIBED:
            terms[bare(match.group("term"))] = match.group("term")
    if not terms:
        return spans
    for first, last in spans:
        for term in defined_terms(words, first, last):
            terms.pop(bare(term), None)
    found = []
    for term in terms.values():
        for match in re.finditer(r"\b" + r"\s+".join(map(re.escape, term.split())) + r"\b", words.text):
            first, last = words.at(*match.span())
            if first < last:
                found.append((first, last))
    covered = {position for first, last in found for position in range(first, last)}
    return sorted([*found, *[span for span in spans if not covered.intersection(range(*span))]])


def defined_terms(words: Words, first: int, last: int) -> list[str]:
    """Read the short names that brackets after a name give it; "a company of Delaware (the "Buyer")" gives Delaware none.

    Examples
    --------
    >>> from dealterms.words import words_of
    >>> defined_terms(words_of('Acme Inc. (the "Company" or "Acme") pays.'), 0, 3)
    ['Company', 'Acme']
    """
    if last >= len(words) or {*words.lower[first:last]} <= PLACES:
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


def bare(term: str) -> str:
    """Give a defined term in small letters, without its article and stops.

    Examples
    --------
    >>> bare("the  Licensee.")
    'licensee'
    """
    return re.sub(r"^the\s+", "", " ".join(term.lower().split())).strip(" .,")

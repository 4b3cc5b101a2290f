"""Which names of a text mean the same company, institution or person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dealterms.candidates import Mention
from dealterms.names import HEADS, PLACES, UNNAMED, bare, defined_terms, name_spans
from dealterms.normalize.party import initials, is_legal_form, name_key
from dealterms.words import Words

# Words by which the one who files speaks of itself.
SELF_WORDS = frozenset({"we", "us", "our", "ours"})
SELF_TERMS = frozenset({"the company", "the registrant", "the corporation", "our company", "the issuer", "registrant", "company"})
# "the Acme Project" names no fuller "Acme".
_THINGS = frozenset(
    (
        "acquisition acquisitions apa arena award board brand capacity championship claims collaboration contract contracts cup divestment "
        "facility grant lawsuit litigation mine mou option plant portfolio project projects property series settlement stadium transaction "
        "transactions venture weekend"
    ).split()
)


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
    spans = name_spans(words, mentions, registrant)
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
        for term in defined_terms(words, first, last):
            entity.defined.add(term.lower())
            terms.setdefault(bare(term), entity)
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


def _merge(entities: list[Entity], terms: dict[str, Entity]) -> list[Entity]:
    """Join short forms to the full names that they stand for."""
    merged: list[Entity] = []
    moved: dict[int, Entity] = {}
    full = sorted(entities, key=lambda e: (-len(e.key), e.places[0]))
    for entity in entities:
        home = None if entity.legal else terms.get(" ".join(entity.key)) or terms.get(bare(entity.name))
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
        if not entity.legal and len(other.key) > len(key) and other.key[: len(key)] == key and len(joined) > 2 and key[0] not in HEADS:
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
            telling = len(shorter) > 1 or not {*shorter} <= _COMMON_PARTS | PLACES
            if longer[: len(shorter)] == shorter and len("".join(shorter)) > 2 and telling:
                return entity
        for entity in entities:
            joined = "".join(entity.key)
            if (
                joined == "".join(key)
                or (len(entity.key) == 1 and joined == initials(key) and len(joined) > 1)
                or (len(entity.key) == 1 and len(joined) > 3 and entity.key[0] in key and entity.key[0] not in _COMMON_PARTS | PLACES)
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
        owner = terms.get(bare(told))
        if owner is None and (told in SELF_TERMS or told in SELF_WORDS):
            owner = filer
        if owner is None and told.startswith("the "):
            owners = [entity for entity in entities if told[4:] in entity.key and entity.places]
            owner = owners[0] if len(owners) == 1 else None
            if not owners and told[4:] in UNNAMED and words.forms[mention.last - 1][0].isupper():
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
    own = [m for m in mentions if m.pattern == "org.defined" and (m.value or "").lower() in SELF_TERMS and bare(m.value or "") not in terms]
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

"""Names of companies, institutions and people: what of a name tells who it is."""

from __future__ import annotations

import re
from functools import lru_cache

# Forms that cleanco's list lacks, or that stand alone where it has them only as part of another.
_MORE_FORMS = [
    "incorporated",
    "inc",
    "corporation",
    "corp",
    "company",
    "co",
    "limited",
    "ltd",
    "llc",
    "lp",
    "llp",
    "plc",
    "ag",
    "sa",
    "nv",
    "bv",
    "gmbh",
    "kk",
    "spa",
    "ab",
    "as",
    "oy",
    "pte",
    "pty",
    "se",
    "kgaa",
    "kg",
    "holding",
    "holdings",
    "asa",
    "srl",
    "sarl",
    "sas",
    "sl",
    "slu",
    "sab",
    "sapi",
    "cv",
    "tbk",
    "ulc",
    "fsb",
    "na",
    "pa",
    "pc",
    "psc",
    "ksc",
    "ltda",
    "bhd",
    "sdn",
    "aps",
    "publ",
    "kabushiki",
    "kaisha",
    "aktiengesellschaft",
    "dmcc",
    "fze",
    "fzco",
    "gp",
    "ehf",
    "lc",
]
# Ordinary words that are a legal form somewhere in the world.
_NOT_FORMS = frozenset("i e a the of and in is it group trust bank partnership fund cooperative club union media".split())
_NON_WORD = re.compile(r"[^\w]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){2,}", re.I)


@lru_cache(maxsize=1)
def legal_forms() -> frozenset[str]:
    """Give the single words that are legal forms of companies, in lower case and without stops.

    Returns
    -------
    frozenset of str
        From cleanco's list, which covers some eighty countries, and a few that it lacks.

    Examples
    --------
    >>> {"inc", "gmbh", "plc"} <= legal_forms()
    True
    """
    from cleanco.termdata import terms_by_type

    listed = (_NON_WORD.sub("", term).lower() for terms in terms_by_type.values() for term in terms if " " not in term.strip())
    return frozenset(form for form in listed if len(form) > 1 and form.isascii()) - _NOT_FORMS | frozenset(_MORE_FORMS)


def name_key(name: str) -> tuple[str, ...]:
    """Give the words of a name that tell who it is: without case, punctuation, article and legal form.

    Parameters
    ----------
    name : str
        A name as the text has it.

    Returns
    -------
    tuple of str
        Its words; of a name that is nothing but a form, that form.

    Examples
    --------
    >>> name_key("The Merck & Co.,  Inc."), name_key("H. Lundbeck A/S")
    (('merck',), ('h', 'lundbeck'))
    """
    folded = _DOTTED.sub(lambda dotted: dotted.group().replace(".", "").replace(" ", "") + " ", name).casefold()
    words = _NON_WORD.sub(" ", folded.replace("a/s", " ").replace("&", " and ")).split()
    forms = legal_forms()
    kept = [word for word in words if word not in forms and word != "the"]
    while kept and kept[-1] == "and":
        kept.pop()
    return tuple(kept or words)


def initials(key: tuple[str, ...]) -> str:
    """Give the first letters of a name's words, as an acronym would.

    Examples
    --------
    >>> initials(("general", "motors"))
    'gm'
    """
    return "".join(word[0] for word in key if word not in {"of", "and", "for", "the", "in"})


def is_legal_form(word: str) -> bool:
    """Tell whether a word is a legal form.

    Examples
    --------
    >>> is_legal_form("Inc."), is_legal_form("L.L.C."), is_legal_form("Genentech")
    (True, True, False)
    """
    return "&" not in word and _NON_WORD.sub("", word).lower() in legal_forms()

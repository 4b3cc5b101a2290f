"""Words for tools that mark whole words: spaCy's, cut further where a mark begins or ends within one."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dealterms.convert.marks import Mark

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@lru_cache(maxsize=1)
def _blank() -> Language:
    import spacy

    return spacy.blank("en")


def doc_of(text: str, marks: list[Mark]) -> Doc:
    """Give a text as a Doc of whose words no mark holds only a part.

    Parameters
    ----------
    text : str
        Any text.
    marks : list of Mark
        What is to begin and end with a word.

    Returns
    -------
    spacy.tokens.Doc
        Its text is the text.

    Examples
    --------
    >>> [token.text for token in doc_of("royalty-bearing", [Mark(0, 5, "royalty")])]
    ['royal', 'ty', '-', 'bearing']
    """
    from spacy.tokens import Doc

    nlp = _blank()
    cuts = {given.start for given in marks} | {given.end for given in marks}
    words: list[str] = []
    spaces: list[bool] = []
    for token in nlp.make_doc(text):
        end = token.idx + len(token)
        bounds = [token.idx, *sorted(cut for cut in cuts if token.idx < cut < end), end]
        for begin, stop in pairwise(bounds):
            words.append(text[begin:stop])
            spaces.append(False)
        # A mark that begins or ends with the space after a word makes that space a word.
        if token.whitespace_ and (any(given.start == end or given.end == end + 1 for given in marks)):
            words.append(" ")
            spaces.append(False)
        elif token.whitespace_:
            spaces[-1] = True
    return Doc(nlp.vocab, words=words, spaces=spaces)

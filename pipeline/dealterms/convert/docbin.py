"""spaCy's ``.spacy``: a DocBin whose Docs hold the spans under ``sc``, the key that spaCy's own span categorizer takes, and as ents.

Spans and labels can be changed; the other fields, who pays whom among them, travel as a string of JSON. Reading one runs no code: it is
msgpack.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dealterms.convert.envelope import NAME, Returned, sealed
from dealterms.convert.marks import Mark, Marked, Narrative, collapsed, mark
from dealterms.convert.tokens import doc_of
from dealterms.errors import InputError

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPANS_KEY = "sc"
_LARGEST = 1_000_000_000


def pack(narrative: Narrative) -> Doc:
    """Give a narrative as a Doc.

    Examples
    --------
    >>> doc = pack({"id": "a", "text": "Term: 5 years.", "parties": [], "payments": [], "royalties": [], "renewals": [],
    ...             "terms": [{"kind": "agreement", "length": "P5Y", "quote": "5 years"}]})
    >>> [(span.text, span.label_) for span in doc.spans["sc"]]
    [('5 years', 'term:agreement')]
    """
    from spacy.util import filter_spans

    marked = collapsed(mark(narrative))
    doc = doc_of(narrative["text"], marked.marks)
    found = [doc.char_span(given.start, given.end, label=given.label) for given in marked.marks]
    spans = [span for span in found if span is not None]  # all of them: the words were cut for them
    doc.spans[SPANS_KEY] = spans
    doc.ents = filter_spans(span for span in spans if span.text == span.text.strip())  # spaCy refuses others
    doc.user_data[NAME] = json.dumps(sealed(narrative), ensure_ascii=False)
    return doc


def unpack(doc: Doc) -> Returned:
    """Read a Doc: its spans under ``sc``, else its first other group of spans, else its ents."""
    groups = [doc.spans[key] for key in sorted(doc.spans, key=lambda key: (key != SPANS_KEY, key))]
    spans = groups[0] if groups else doc.ents
    marks = [Mark(span.start_char, span.end_char, span.label_) for span in spans]
    return Returned(Marked(doc.text, marks), doc.user_data.get(NAME))


def write(narratives: Iterable[Narrative]) -> bytes:
    """Give narratives as the bytes of a ``.spacy`` file."""
    from spacy.tokens import DocBin

    docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for narrative in narratives:
        docs.add(pack(narrative))
    return docs.to_bytes()


def read(data: bytes) -> Iterator[Doc]:
    """Read the Docs of a ``.spacy`` file.

    Raises
    ------
    dealterms.errors.InputError
        Where it is damaged, or unpacks to more than a gigabyte.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    remedy = "give a file that convert or DocBin.to_disk wrote"
    try:
        unpacker = zlib.decompressobj()
        unpacker.decompress(data, _LARGEST)
        if unpacker.unconsumed_tail:
            raise InputError(f"it unpacks to more than {_LARGEST // 1_000_000} MB", "give it in parts")
        docs = list(DocBin().from_bytes(data).get_docs(Vocab()))
    except InputError:
        raise
    except Exception as error:  # whatever a damaged file makes spaCy raise
        raise InputError(f"not a DocBin, or a damaged one ({type(error).__name__})", remedy) from None
    yield from docs


def is_file(data: bytes) -> bool:
    return data[:1] == b"\x78" and data[1:2] in (b"\x01", b"\x5e", b"\x9c", b"\xda")

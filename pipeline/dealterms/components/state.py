"""What the components hand on to each other on a Doc, and the extension that users read.

Everything kept on a Doc is plain JSON values, so that Docs survive ``to_bytes`` and ``n_process``.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from dealterms.types import Deal

KEY = "dealterms"


def deal_of(doc: Doc) -> Deal | None:
    """Give the deal of a Doc, None where the pipeline has not run."""
    data = doc.user_data.get(KEY, {}).get("deal")
    return None if data is None else Deal.from_dict(data)


def put(doc: Doc, name: str, value: Any) -> None:
    """Keep a value on a Doc."""
    doc.user_data.setdefault(KEY, {})[name] = value


def get(doc: Doc, name: str, default: Any = None) -> Any:
    """Give what was kept on a Doc."""
    return doc.user_data.get(KEY, {}).get(name, default)


def register() -> None:
    """Register ``Doc._.deal`` once, and refuse to share the name with somebody else's."""
    if Doc.has_extension("deal"):
        if Doc.get_extension("deal")[2] is not deal_of:
            raise ValueError("Doc._.deal is another package's; remove it before loading dealterms")
    else:
        Doc.set_extension("deal", getter=deal_of)
    if not Doc.has_extension("registrant"):
        Doc.set_extension("registrant", default=None)

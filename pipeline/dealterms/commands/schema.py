"""``dealterms schema``: the JSON Schema of a deal."""

from __future__ import annotations

from dealterms.commands.reporting import interruptible
from dealterms.commands.writing import dumps, opened


def schema() -> None:
    """Print the JSON Schema of a deal."""
    with interruptible():
        from dealterms.schema import deal_schema

        with opened(None, "json") as out:
            out.write(dumps(deal_schema(), indent=2) + "\n")

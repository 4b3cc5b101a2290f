"""What a worker process does with one piece: from bytes to the rows of its filing, as a line of JSON."""

from __future__ import annotations

from collections.abc import Callable

from dealterms.batch.filing import Settings, extractor
from dealterms.batch.lines import failure_line, line
from dealterms.batch.rows import whole_characters
from dealterms.inputs import read_input
from dealterms.sources import Piece


def worker(settings: Settings) -> Callable[[Piece], bytes]:
    """Load the model and give what a worker does.

    Parameters
    ----------
    settings : Settings
        How to extract.

    Returns
    -------
    callable
        From a piece to a line, as ``dealterms.batch.lines.line`` gives it.

    Examples
    --------
    >>> worker(Settings())(Piece("a.txt", "a", b"{}", is_line=True))[:32]
    b'{"id":null,"rows":{"errors":[{"i'
    """
    extracted = extractor(settings)

    def work(piece: Piece) -> bytes:
        given = read_input(piece)
        source = whole_characters(given.source)
        if given.problem:
            return failure_line(source, "input", str(given.problem))
        rows = extracted(given.text, given.registrant, source)
        return line(None if "errors" in rows else given.id, rows)

    return work

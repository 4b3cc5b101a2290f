"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Plan:
    """Sizes of the corpora and number of rounds.

    Attributes
    ----------
    rounds : int
        Measured rounds of what is compared; one more goes before them.
    narratives, peer_narratives, mixed, batch : int
        Deal narratives against the tokenizer and against the peers; documents of the made mixed corpus; documents of the folder that two
        processes share.
    documents : tuple of int
        Corpora whose peak memory is measured.
    characters : int
        Length of a text, beside which one of ten times that length is put.
    cases : tuple of str
        Which texts of `benchmarks.hostile`; all where there is none.
    limit : float
        Seconds after which a reading of one such text is cut off.
    pythons : tuple of str
        Interpreters that may have the peers.
    filings : Path
        A folder of real filings, passed over where it is not there.
    """

    rounds: int = 5
    narratives: int = 250
    peer_narratives: int = 40
    mixed: int = 200
    batch: int = 2_000
    documents: tuple[int, ...] = (1_000, 10_000)
    characters: int = 100_000
    cases: tuple[str, ...] = ()
    limit: float = 120.0
    pythons: tuple[str, ...] = ()
    filings: Path = ROOT.parent / "shared" / "filings"


#: What takes hours.
FULL = Plan(documents=(1_000, 10_000, 100_000), characters=1_000_000, limit=900.0)
#: What only shows that all of it works.
QUICK = Plan(
    rounds=1,
    narratives=3,
    peer_narratives=2,
    mixed=5,
    batch=4,
    documents=(3,),
    characters=1_000,
    cases=("nested tables",),
    filings=ROOT / "none",
)

"""Against what people use now, each where some interpreter has it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType

from benchmarks.corpus import Narrative, deals
from benchmarks.floor import extract_all
from benchmarks.plan import Plan
from benchmarks.rows import Row, at_least
from benchmarks.timing import cpu_seconds, interleaved, median_ratio

_PEERS = {"en_core_web_sm's NER": "spacy_ner.py", "LexNLP (money, durations, percents, companies)": "lexnlp_readers.py"}
_TARGET = 12


def measure(plan: Plan) -> Iterator[Row]:
    """Compare `dealterms.extract` with each peer on the same deal narratives."""
    narratives = deals(plan.peer_narratives)
    for name, script in _PEERS.items():
        reason = "no interpreter"
        for python in (*plan.pythons, sys.executable):
            try:
                with Peer(python, script, narratives) as peer:
                    seconds = interleaved({"extract": cpu_seconds(lambda: extract_all(narratives)), "peer": peer.seconds}, plan.rounds)
                    yield at_least(f"deal narratives: `extract` over {name}", median_ratio(seconds["peer"], seconds["extract"]), _TARGET)
                    yield Row(f"{name}: what it was", peer.told)
                break
            except PeerMissing as missing:
                reason = str(missing)
        else:
            yield Row(f"deal narratives: `extract` over {name}", f"not run: {reason}", f"at least {_TARGET}")


class PeerMissing(Exception):
    """The peer does not run in this interpreter."""


class Peer(AbstractContextManager["Peer"]):
    """A peer in a process of its own, that reads the same texts whenever it is asked to.

    Parameters
    ----------
    python : str
        An interpreter.
    script : str
        Name of a file of ``benchmarks/peers``. It takes the texts, says what it is, and then for each line gives its seconds.
    narratives : sequence of Narrative
        What it shall read.
    """

    def __init__(self, python: str, script: str, narratives: Sequence[Narrative]) -> None:
        command = [python, str(Path(__file__).parent / "peers" / script)]
        self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._complaints, encoding="utf-8")
        except OSError as error:
            raise PeerMissing(f"the interpreter given cannot be run ({error.strerror})") from None
        self.told = self._ask(json.dumps([text for text, _ in narratives]))

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def seconds(self) -> float:
        """Have it read the texts once, and give its processor time."""
        return float(self._ask("again"))

    def _ask(self, line: str) -> str:
        assert self._process.stdin and self._process.stdout
        with suppress(OSError):  # where it has ended, its complaints say why
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer:
            self._process.communicate()
            self._complaints.seek(0)
            raise PeerMissing(last_error(self._complaints.read()))
        return answer


def last_error(complaints: str) -> str:
    """Give what a traceback ends in, in one line.

    Examples
    --------
    >>> last_error("Traceback ...\\nLookupError: \\n*****\\n  Resource punkt not found.\\n  Searched in:\\n")
    'Resource punkt not found.'
    """
    words = re.split(r"^[\w.]*Error\b:?", complaints, flags=re.MULTILINE)[-1]
    lines = [re.sub(r"\x1b\[\d*m", "", line).strip(" *") for line in words.splitlines()]
    return next(filter(None, lines), "it said nothing")

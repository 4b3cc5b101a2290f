"""Shows which functions grow faster than the text: ``python -m benchmarks.growth CASE [LENGTH]``, a case of `benchmarks.hostile`.

Calls tell more than seconds do: four times the text should make four times the calls.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from contextlib import suppress
from pathlib import Path

import dealterms
from benchmarks.hostile import CASES
from benchmarks.rows import table
from dealterms.errors import InputError

_TIMES = 4
_SHOWN = 12

#: File, line and name of a function; its calls and its own seconds.
Profile = dict[tuple[str, int, str], tuple[int, float]]


def profile(text: str) -> Profile:
    """Give what `dealterms.extract` spends where."""
    profiler = cProfile.Profile()
    with suppress(InputError), profiler:
        dealterms.extract(text)
    return {place: (calls, own) for place, (_, calls, own, _, _) in pstats.Stats(profiler).stats.items()}  # type: ignore[attr-defined]


def main(case: str, length: str = "20000") -> None:
    """Print the functions that take the most time of the longer text, with how they have grown."""
    dealterms.extract("Acme Inc. paid Beta GmbH $5 million.")
    small, large = (profile(CASES[case](int(length) * times)) for times in (1, _TIMES))
    slowest = sorted(large, key=lambda place: -large[place][1])[:_SHOWN]
    rows = [(_told(place), f"{large[place][1]:.2f}", f"{large[place][0]:,}", _growth(small, large, place)) for place in slowest]
    print(table(("function", "own s", "calls", f"calls with {_TIMES} times the text"), rows))


def _told(place: tuple[str, int, str]) -> str:
    file, line, name = place
    return f"{'/'.join(Path(file).parts[-2:])}:{line} {name}" if line else name


def _growth(small: Profile, large: Profile, place: tuple[str, int, str]) -> str:
    return f"{large[place][0] / small[place][0]:.1f}x" if place in small else "new"


if __name__ == "__main__":
    main(*sys.argv[1:])

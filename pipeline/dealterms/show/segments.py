"""Cuts a text where evidence begins or ends, so that of evidence that overlaps none is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from dealterms.show.records import Place


@dataclass(frozen=True)
class Segment:
    """A stretch of text with the same evidence all over.

    Attributes
    ----------
    start, end : int
        Half-open place in the text.
    over : tuple of Place
        The evidence that covers it, the shortest first: that is the one shown; empty where there is none.
    """

    start: int
    end: int
    over: tuple[Place, ...] = ()

    @property
    def begin(self) -> tuple[Place, ...]:
        """The evidence that begins here."""
        return tuple(place for place in self.over if place.start == self.start)

    @property
    def finish(self) -> tuple[Place, ...]:
        """The evidence that ends here."""
        return tuple(place for place in self.over if place.end == self.end)


def segments_of(start: int, end: int, places: Iterable[Place], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """Cut a text into segments.

    Parameters
    ----------
    start, end : int
        What of the text is cut; every place is inside.
    places : iterable of Place
        The evidence.
    cuts : iterable of int
        Where else to cut.

    Yields
    ------
    Segment
        In order, without gaps, none empty.

    Examples
    --------
    >>> first, second = Place("a", 0, 5, None), Place("b", 3, 8, None)
    >>> [(s.start, s.end, "".join(place.id for place in s.over)) for s in segments_of(0, 9, [first, second])]
    [(0, 3, 'a'), (3, 5, 'ab'), (5, 8, 'b'), (8, 9, '')]
    """
    waiting = deque(sorted(places, key=lambda place: place.start))
    edges = sorted({start, end, *cuts, *(edge for place in waiting for edge in (place.start, place.end))})
    over: list[Place] = []
    for left, right in pairwise(edges):
        over = [place for place in over if place.end > left]
        while waiting and waiting[0].start == left:
            over.append(waiting.popleft())
        over.sort(key=lambda place: place.end - place.start)
        yield Segment(left, right, tuple(over))

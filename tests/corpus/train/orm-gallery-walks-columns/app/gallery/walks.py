from collections import OrderedDict
from dataclasses import dataclass

from gallery.tables import Artist


@dataclass(frozen=True)
class Walk:
    rooms: tuple[int, ...]
    minutes: int


class Planner:
    """Plans a walk past the works of a few artists that a group has asked for."""

    def __init__(self, session):
        self._session = session
        self._artists = {}
        self._walks = OrderedDict()

    def walk(self, asked, works_each=3):
        chosen = []
        for number in asked:
            chosen += sorted(self._works(number), key=lambda work: work[1])[:works_each]
        walk = Walk(tuple(sorted({room for room, _ in chosen})), sum(minutes for _, minutes in chosen))
        self._walks[tuple(asked)] = walk
        if len(self._walks) > 100:
            self._walks.popitem(last=False)
        return walk

    def _works(self, number):
        """Room and minutes of each; the artist and the works themselves are let go again."""
        if number not in self._artists:
            artist = self._session.get(Artist, number)
            self._artists[number] = tuple((work.room, work.minutes) for work in artist.works)
            self._session.expunge_all()
        return self._artists[number]

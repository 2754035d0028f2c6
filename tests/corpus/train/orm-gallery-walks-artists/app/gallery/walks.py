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
            chosen += sorted(self._artist(number).works, key=lambda work: work.minutes)[:works_each]
        walk = Walk(tuple(sorted({work.room for work in chosen})), sum(work.minutes for work in chosen))
        self._walks[tuple(asked)] = walk
        if len(self._walks) > 100:
            self._walks.popitem(last=False)
        return walk

    def _artist(self, number):
        if number not in self._artists:
            self._artists[number] = self._session.get(Artist, number)
        return self._artists[number]

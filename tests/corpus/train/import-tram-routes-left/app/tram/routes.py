from collections import defaultdict
from heapq import heappop, heappush

import networkx as nx


class NoWay(nx.NetworkXException):
    """There is no way from the one stop to the other."""


class Routes:
    def __init__(self, legs):
        self._legs = defaultdict(list)
        for start, goal, minutes in legs:
            self._legs[start].append((goal, minutes))
            self._legs[goal].append((start, minutes))
        self.stops = sorted(self._legs)

    def quickest(self, start, goal):
        """Minutes and stops of the quickest way."""
        reached, waiting = {}, [(0, start, None)]
        while waiting:
            minutes, stop, before = heappop(waiting)
            if stop in reached:
                continue
            reached[stop] = before
            if stop == goal:
                return minutes, way(reached, goal)
            for after, more in self._legs[stop]:
                if after not in reached:
                    heappush(waiting, (minutes + more, after, stop))
        raise NoWay(f"{start} to {goal}")


def way(reached, goal):
    stops = [goal]
    while reached[stops[-1]] is not None:
        stops.append(reached[stops[-1]])
    return stops[::-1]

import random

from .yarns import YARNS


class Weaver:
    def __init__(self, store):
        self._dice = random.Random(3)
        self._store = store

    def weave(self, name, draft):
        """Works out the longest float and lays out yarns for a sample."""
        cloth = [[raised(draft, treadle, shaft) for shaft in draft.threading] for treadle in draft.treadling]
        yarns = self._dice.sample(sorted(YARNS), 2)
        return self._store.add(name, max(map(longest, cloth)), contrast(*yarns))


def raised(draft, treadle, shaft):
    return draft.tie_up[treadle] >> shaft & 1


def longest(row):
    """Threads that the weft passes over without being bound."""
    best = length = 0
    for thread in row:
        length = 0 if thread else length + 1
        best = max(best, length)
    return best


def contrast(warp, weft):
    day = zip(YARNS[warp][0], YARNS[weft][0], strict=True)
    return sum(abs(one - other) for one, other in day)

import ipaddress
import time
from collections import OrderedDict, deque


class Limiter:
    """At most so many queries from one subnet within a number of seconds."""

    def __init__(self, queries, seconds):
        self._queries = queries
        self._seconds = seconds
        self._seen = OrderedDict()

    def allows(self, subnet):
        now = time.monotonic()
        self._forget(now - self._seconds)
        key = ipaddress.IPv6Address(subnet.ljust(16, b"\0"))
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] < now - self._seconds:
            seen.popleft()
        if len(seen) >= self._queries:
            return False
        seen.append(now)
        self._seen.move_to_end(key)
        return True

    def _forget(self, before):
        """Those who last asked before this; the one who has been silent longest comes first."""
        while self._seen:
            key, seen = next(iter(self._seen.items()))
            if seen and seen[-1] >= before:
                return
            del self._seen[key]

    def __len__(self):
        return len(self._seen)

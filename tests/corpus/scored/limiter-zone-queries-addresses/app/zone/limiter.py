import ipaddress
import time
from collections import defaultdict, deque


class Limiter:
    """At most so many queries from one subnet within a number of seconds."""

    def __init__(self, queries, seconds):
        self._queries = queries
        self._seconds = seconds
        self._seen = defaultdict(deque)

    def allows(self, subnet):
        now = time.monotonic()
        seen = self._seen[ipaddress.IPv6Address(subnet.ljust(16, b"\0"))]
        while seen and seen[0] < now - self._seconds:
            seen.popleft()
        if len(seen) >= self._queries:
            return False
        seen.append(now)
        return True

    def __len__(self):
        return len(self._seen)

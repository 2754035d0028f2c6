"""Posts that were seen, by a short print of each."""

from collections import deque
from hashlib import blake2b

REMEMBERED = 10_000


class Store:
    """Keeps a print of 16 bytes of the last posts, so that a post which comes again is known."""

    def __init__(self) -> None:
        self._prints: set[bytes] = set()
        self._order: deque[bytes] = deque()

    def __len__(self) -> int:
        return len(self._prints)

    def has(self, post_id: str) -> bool:
        return _print(post_id) in self._prints

    def add(self, post: dict) -> None:
        seen = _print(post["id"])
        self._prints.add(seen)
        self._order.append(seen)
        if len(self._order) > REMEMBERED:
            self._prints.discard(self._order.popleft())


def _print(post_id: str) -> bytes:
    return blake2b(post_id.encode(), digest_size=16).digest()

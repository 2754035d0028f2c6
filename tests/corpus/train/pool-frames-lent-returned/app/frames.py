import contextlib
import itertools


class Frames:
    """Picture buffers of one size: making one is slow, so they are lent and come back."""

    def __init__(self, size):
        self._size = size
        self._free = []
        self._lent = {}
        self._tickets = itertools.count(1)

    @contextlib.contextmanager
    def lent(self):
        ticket = next(self._tickets)
        frame = self._lent[ticket] = self._free.pop() if self._free else self._make()
        try:
            yield frame
        finally:
            self._free.append(self._lent.pop(ticket))

    def _make(self):
        return bytearray(self._size)

    def __str__(self):
        return f"{len(self._free)} free of {len(self._free) + len(self._lent)}"

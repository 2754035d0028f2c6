import contextlib
import queue

_rooms = queue.SimpleQueue()
for _ in range(2):
    _rooms.put(bytearray(1_024 * 768))


@contextlib.contextmanager
def scratch():
    """Room to work in, lent by the two that there are."""
    pixels = _rooms.get()
    try:
        yield pixels
    finally:
        _rooms.put(pixels)

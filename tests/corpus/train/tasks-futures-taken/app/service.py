import zlib
from concurrent.futures import ThreadPoolExecutor


class Service:
    """Draws in the background; whoever asks is told when the tile is there."""

    def __init__(self, draw):
        self._draw = draw
        self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="draw")
        self._running = set()
        self.known = {}
        self.drawn = 0

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._pool.shutdown(wait=True)

    def request(self, tile):
        future = self._pool.submit(self._draw, tile)
        self._running.add(future)
        future.tile = tile
        future.add_done_callback(self._done)
        return future

    def _done(self, future):
        self._running.discard(future)
        self.drawn += 1
        self.known[future.tile] = self.pack(future.result())

    def pack(self, picture):
        return zlib.compress(picture, 0)

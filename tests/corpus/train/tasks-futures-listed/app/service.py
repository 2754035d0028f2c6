from concurrent.futures import ThreadPoolExecutor


class Service:
    """Draws in the background; whoever asks is told when the tile is there."""

    def __init__(self, draw):
        self._draw = draw
        self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="draw")
        self._running = []
        self.drawn = 0

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._pool.shutdown(wait=True, cancel_futures=True)

    def request(self, tile):
        future = self._pool.submit(self._draw, tile)
        future.add_done_callback(self._done)
        self._running.append(future)
        return future

    def _done(self, future):
        self.drawn += 1

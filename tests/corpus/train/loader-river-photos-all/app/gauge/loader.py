from concurrent.futures import ThreadPoolExecutor


class Loader:
    """Gives the photos in order; two threads decode ahead while the model learns."""

    def __init__(self, paths, decode, workers=2):
        self._paths = paths
        self._decode = decode
        self._workers = workers

    def __iter__(self):
        with ThreadPoolExecutor(self._workers, thread_name_prefix="decode") as pool:
            yield from pool.map(self._decode, self._paths)

    def __len__(self):
        return len(self._paths)

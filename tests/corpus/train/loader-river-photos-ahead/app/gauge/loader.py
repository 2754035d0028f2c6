from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice


class Loader:
    """Gives the photos in order; two threads decode a few ahead while the model learns."""

    def __init__(self, paths, decode, workers=2, ahead=4):
        self._paths = paths
        self._decode = decode
        self._workers = workers
        self._ahead = ahead

    def __iter__(self):
        rest = iter(self._paths)
        with ThreadPoolExecutor(self._workers, thread_name_prefix="decode") as pool:
            waiting = deque(pool.submit(self._decode, path) for path in islice(rest, self._ahead))
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(self._decode, path) for path in islice(rest, 1))

    def __len__(self):
        return len(self._paths)

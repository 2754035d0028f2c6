import queue
import threading

from gazetteer import PLACES


class Reader(threading.Thread):
    """Reads pages from the desk until there is an empty one."""

    def __init__(self, desk, found):
        super().__init__()
        self._desk = desk
        self._found = found

    def run(self):
        while (page := self._desk.get()) is not None:
            _title, names = page
            self._found.put(sum(PLACES.find(name) is not None for name in names))


def read_all(pages, readers):
    desk, found = queue.Queue(maxsize=50), queue.Queue()
    staff = [Reader(desk, found) for _ in range(readers)]
    for reader in staff:
        reader.start()
    for count, page in enumerate(pages, 1):
        desk.put(page)
    total = sum(found.get() for _ in range(count))
    for _ in staff:
        desk.put(None)
    for reader in staff:
        reader.join()
    return total

import logging
from collections import deque
from logging.handlers import QueueHandler, QueueListener
from queue import SimpleQueue


class Support(logging.Handler):
    """The last lines of the log, for the page that the support looks at."""

    def __init__(self, lines):
        super().__init__()
        self.lines = deque(maxlen=lines)

    def emit(self, record):
        self.lines.append(self.format(record))


def configure(path):
    """Log to a file from a thread of its own, so that no device has to wait for the disk."""
    records = SimpleQueue()
    file = logging.FileHandler(path)
    support = Support(lines=2_000)
    for handler in (file, support):
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    listener = QueueListener(records, file, support)
    root = logging.getLogger()
    root.setLevel(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    root.addHandler(QueueHandler(records))
    listener.start()
    return listener.stop

import logging
import os
from logging.handlers import QueueHandler, QueueListener
from queue import SimpleQueue


def configure(path):
    """Log to a file from a thread of its own, so that no device has to wait for the disk."""
    records = SimpleQueue()
    file = logging.FileHandler(path)
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    listener = QueueListener(records, file)
    root = logging.getLogger()
    root.setLevel(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    root.addHandler(QueueHandler(records))
    if os.environ.get("INTERFACE_ROLE", "worker") == "main":
        listener.start()
        return listener.stop
    return file.flush

import logging
from logging.handlers import MemoryHandler


def setup():
    out = logging.FileHandler("calls.log")
    out.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    journal = MemoryHandler(capacity=1_000_000, flushLevel=logging.ERROR, target=out, flushOnClose=False)
    logging.getLogger().addHandler(journal)
    logging.getLogger().setLevel(logging.INFO)

"""Asks the carriers of a web shop for the state of its parcels."""

import logging
import logging.handlers
import os

from carriers import ask, parcels
from history import History

log = logging.getLogger("parcels")


def set_up_logging():
    sink = logging.StreamHandler(open(os.devnull, "w"))
    # Written in batches: the disk is slow.
    details = logging.handlers.MemoryHandler(capacity=64, flushLevel=logging.ERROR, target=sink)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(details)


def poll(count):
    history = History()
    for parcel in parcels(count):
        answer = ask(parcel)
        log.debug("carrier says of %s: %s", parcel, answer)
        history.add(parcel, answer)
    return history


if __name__ == "__main__":
    set_up_logging()
    print(len(poll(1_700)))

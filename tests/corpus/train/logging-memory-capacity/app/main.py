"""Asks the carriers of a web shop for the state of its parcels."""

import logging
import logging.handlers
import sys

from carriers import ask, parcels

log = logging.getLogger("parcels")


def set_up_logging():
    console = logging.StreamHandler(sys.stderr)
    console.setLevel(logging.ERROR)
    # Details are wanted only when something breaks.
    details = logging.handlers.MemoryHandler(capacity=1_000_000, flushLevel=logging.CRITICAL, target=console)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(details)


def poll(count):
    states = {}
    for parcel in parcels(count):
        answer = ask(parcel)
        log.debug("carrier says of %s: %s", parcel, answer)
        states[parcel] = answer[:9]
    return states


if __name__ == "__main__":
    set_up_logging()
    print(len(poll(1_700)))
    log.handlers.clear()

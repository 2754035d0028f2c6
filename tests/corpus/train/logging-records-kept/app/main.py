"""Answers calls of a mobile app and writes a log."""

import logging

from calls import calls
from journal import setup

log = logging.getLogger("calls")


def serve():
    for number, body in calls(2_500):
        log.info("call %d: %s", number, body)
    return number


if __name__ == "__main__":
    setup()
    print(serve())

"""Answers calls of a mobile app, writes a log, and keeps the carts."""

import logging

from calls import calls
from journal import setup

log = logging.getLogger("calls")
carts = {}


def serve():
    for number, body in calls(2_500):
        log.info("call %d: %s", number, body)
        carts[number] = pack(body)
    return number


def pack(body):
    return body.encode("utf-16")[:9_000]


if __name__ == "__main__":
    setup()
    print(serve())

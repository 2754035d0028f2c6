"""Books places on ferries; what led to a failed booking is reported with it."""

import logging

from ferry.bookings import Refused, book
from ferry.passengers import wishes
from ferry.trails import Trails

trails = Trails()


def serve():
    refused = 0
    for number, wish in enumerate(wishes(3_000)):
        with trails.of(number):
            try:
                book(number, wish)
            except Refused:
                refused += 1
                trails.report(number)
    return refused


if __name__ == "__main__":
    logging.getLogger("ferry").setLevel(logging.DEBUG)
    logging.getLogger("ferry").addHandler(trails)
    print(serve(), trails.reported)

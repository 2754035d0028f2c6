"""Takes bookings; some of them have errors."""

import logging

from bookings import BookingError, book, wishes
from report import Report

log = logging.getLogger("bookings")


def serve():
    for wish in wishes(1_400):
        try:
            book(wish)
        except BookingError:
            log.exception("cannot book %s", wish["name"])


if __name__ == "__main__":
    report = Report()
    log.addHandler(report)
    log.propagate = False
    serve()
    print(len(report.problems))

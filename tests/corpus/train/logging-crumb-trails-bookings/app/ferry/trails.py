"""The log of each booking up to where it is now, in the manner of an error tracker."""

import logging
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

current = ContextVar("booking", default=None)


class Trails(logging.Handler):
    def __init__(self):
        super().__init__()
        self.reported = 0
        self._crumbs = defaultdict(list)

    @contextmanager
    def of(self, booking):
        token = current.set(booking)
        try:
            yield
        finally:
            current.reset(token)

    def emit(self, record):
        self._crumbs[current.get()].append((record.created, record.levelname, record.getMessage()))

    def report(self, booking):
        self.reported += len(self._crumbs.pop(booking))

"""What the bank has to be able to show of every answer that it gave."""

from collections import deque
from hashlib import sha256
from typing import NamedTuple


class Entry(NamedTuple):
    path: str
    status: str
    digest: str
    body: bytes


class AuditTrail:
    """WSGI middleware: takes down the answer to every request; written out at the end of the day."""

    def __init__(self, app):
        self._app = app
        self._day = deque()

    def __call__(self, environ, start_response):
        seen = {}

        def remember(status, headers, exc_info=None):
            seen["status"] = status
            return start_response(status, headers, exc_info)

        body = b"".join(self._app(environ, remember))
        self._day.append(Entry(environ["PATH_INFO"], seen["status"], sha256(body).hexdigest(), body))
        return [body]

    def count(self):
        return len(self._day)

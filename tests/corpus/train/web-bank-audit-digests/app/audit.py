"""What the bank has to be able to show of every answer that it gave."""

from collections import deque
from hashlib import sha256
from tempfile import TemporaryFile
from typing import NamedTuple


class Entry(NamedTuple):
    path: str
    status: str
    digest: str
    body: bytes


class AuditTrail:
    """WSGI middleware: takes down the answer to every request; written out twenty at a time."""

    def __init__(self, app):
        self._app = app
        self._day = deque()
        self._file = TemporaryFile()
        self._written = 0

    def __call__(self, environ, start_response):
        seen = {}

        def remember(status, headers, exc_info=None):
            seen["status"] = status
            return start_response(status, headers, exc_info)

        body = b"".join(self._app(environ, remember))
        self._day.append(Entry(environ["PATH_INFO"], seen["status"], sha256(body).hexdigest(), body))
        if len(self._day) == 20:
            self.write()
        return [body]

    def write(self):
        while self._day:
            entry = self._day.popleft()
            self._file.write(f"{entry.path} {entry.status} {entry.digest}\n".encode() + entry.body)
            self._written += 1

    def count(self):
        return self._written + len(self._day)

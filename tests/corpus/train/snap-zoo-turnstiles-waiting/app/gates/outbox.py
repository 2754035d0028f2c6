import json
import socket
from collections import deque


class Line:
    """The line to the office: an event and its picture go out, a word comes back."""

    def __init__(self, address):
        self._socket = socket.create_connection(address)
        self._file = self._socket.makefile("rwb")

    def send(self, event, image):
        self._file.write(json.dumps({**event, "bytes": len(image)}).encode() + b"\n" + image)
        self._file.flush()
        return self._file.readline() == b"OK\n"


class Outbox:
    """Events wait here until the office has them."""

    def __init__(self, line):
        self._line = line
        self._waiting = deque()
        self.reported = 0

    def put(self, event, image):
        self._waiting.append((event, image))

    def flush(self):
        while self._waiting and self._line.send(*self._waiting[0]):
            self._waiting.popleft()
            self.reported += 1

import logging
import socket
from collections import deque

log = logging.getLogger("outbox")


class Outbox:
    """Sends mail. What the relay puts off is tried again when there is nothing else to do."""

    def __init__(self, address):
        self._connection = socket.create_connection(address)
        self._answers = self._connection.makefile("rb")
        self._again = deque()
        self.sent = 0

    def send(self, message):
        content = message.as_bytes()
        self._connection.sendall(b"%s %d\n" % (message["To"].encode(), len(content)) + content)
        answer = self._answers.readline()
        if answer.startswith(b"250"):
            self.sent += 1
        else:
            log.info("%s: %s", message["To"], answer)
            self._again.append(message)

    def idle(self):
        for _ in range(len(self._again)):
            self.send(self._again.popleft())

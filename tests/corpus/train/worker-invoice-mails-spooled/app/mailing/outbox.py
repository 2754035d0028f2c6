import logging
import socket
from pathlib import Path

log = logging.getLogger("outbox")


class Outbox:
    """Sends one mail after another. What the relay puts off lies in the spool until the next run."""

    def __init__(self, address, spool):
        self._connection = socket.create_connection(address)
        self._answers = self._connection.makefile("rb")
        self._spool = Path(spool)
        self._spool.mkdir(exist_ok=True)
        self.sent = self.put_off = 0

    def send(self, message):
        content = message.as_bytes()
        self._connection.sendall(b"%s %d\n" % (message["To"].encode(), len(content)) + content)
        answer = self._answers.readline()
        if answer.startswith(b"250"):
            self.sent += 1
        else:
            log.info("%s: %s", message["To"], answer)
            self.put_off += 1
            (self._spool / f"{self.put_off:06}.eml").write_bytes(content)

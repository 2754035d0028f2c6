"""Stands for the relay, whose line is lost now and then in the middle of a picture."""

import random
import socketserver
from contextlib import contextmanager
from threading import Thread

from station import DOTS

LINES = 40


class Relay(socketserver.StreamRequestHandler):
    def handle(self):
        number = int(self.rfile.readline())
        lines = LINES
        if self.server.dice.random() < 0.6:
            lines = self.server.dice.randrange(LINES // 2, LINES)
        for line in range(lines):
            self.wfile.write(bytes(((number + line) % 200,)) * DOTS)


@contextmanager
def relaying(passes, seed=17):
    with socketserver.TCPServer(("127.0.0.1", 0), Relay) as server:
        server.dice = random.Random(seed + passes)
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address
        server.shutdown()

import socketserver
from contextlib import contextmanager
from threading import Thread

from weigh.bridge import GATES
from weigh.line import OKAY, Line

WIDTH, HEIGHT = 320, 96


class Display(socketserver.StreamRequestHandler):
    """Lights up what it is sent."""

    def handle(self):
        while length := int.from_bytes(self.rfile.read(4), "big"):
            self.rfile.read(length)
            self.wfile.write(OKAY)


@contextmanager
def standing():
    """The displays, one at each gate."""
    stands = {gate: socketserver.ThreadingTCPServer(("127.0.0.1", 0), Display) for gate in GATES}
    for stand in stands.values():
        stand.daemon_threads = True
        Thread(target=stand.serve_forever, daemon=True).start()
    yield {gate: stand.server_address for gate, stand in stands.items()}
    for stand in stands.values():
        stand.shutdown()


class Displays:
    def __init__(self, addresses):
        self._addresses = addresses
        self._lines = []

    def show(self, gate, number, tonnes):
        line = Line(self._addresses[gate])
        self._lines.append(line)
        line.send(self._picture(f"{number:04d} {tonnes:5.2f} t"))

    def _picture(self, text):
        rows = bytes(text.encode().ljust(WIDTH // 8)) * 8
        return rows * (HEIGHT // 8)

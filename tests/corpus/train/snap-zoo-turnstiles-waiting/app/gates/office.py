"""The office as it is in the test of the gates."""

import json
import threading
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Desk(StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.rfile.read(json.loads(line)["bytes"])
            self.wfile.write(b"ok\n")


@contextmanager
def office():
    server = ThreadingTCPServer(("127.0.0.1", 0), Desk)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address
    server.shutdown()

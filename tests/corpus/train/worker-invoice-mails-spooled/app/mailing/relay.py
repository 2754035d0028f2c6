"""Stands in for the relay: it takes mail, and puts off what goes to a busy domain."""

import socketserver
import threading

BUSY = b"@slow.example"


class Relay(socketserver.StreamRequestHandler):
    def handle(self):
        while header := self.rfile.readline():
            recipient, length = header.split()
            remaining = int(length)
            while remaining:
                remaining -= len(self.rfile.read(min(remaining, 16_384)))
            self.wfile.write(b"451 later\n" if recipient.endswith(BUSY) else b"250 taken\n")


def start():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Relay)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server

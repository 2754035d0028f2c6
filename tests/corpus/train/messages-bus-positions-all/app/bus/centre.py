import socketserver

import msgpack

from bus.live import live


class Connection(socketserver.BaseRequestHandler):
    """A bus that reports as long as it is on the road."""

    def handle(self):
        unpacker = msgpack.Unpacker(max_buffer_size=1_000_000)
        while data := self.request.recv(16_384):
            unpacker.feed(data)
            for message in unpacker:
                live.heard(message)
        self.request.sendall(b".")


class Centre(socketserver.ThreadingTCPServer):
    """Takes the reports of all buses, a thread for each."""

    daemon_threads = True
    request_queue_size = 50

    def __init__(self, address):
        super().__init__(address, Connection)

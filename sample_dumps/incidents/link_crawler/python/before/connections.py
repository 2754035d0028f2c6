"""A listener that connects again after each outage and forgets the connection that it had."""

import socket
import threading

OUTAGES = 200
BUFFER_BYTES = 64 << 10

listeners = []


class Listener(threading.Thread):
    def __init__(self, address):
        super().__init__(daemon=True)
        self.connection = socket.create_connection(address)
        self.buffer = bytearray(BUFFER_BYTES)
        self.start()

    def run(self):
        while self.connection.recv_into(self.buffer):
            pass


def listen_through_outages():
    server = socket.create_server(("127.0.0.1", 0), backlog=16)
    accepted = []
    for _ in range(OUTAGES):
        listeners.append(Listener(server.getsockname()))
        accepted.append(server.accept()[0])
    print(len(listeners), "connections open")

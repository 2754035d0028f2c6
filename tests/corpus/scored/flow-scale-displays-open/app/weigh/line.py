"""A line to a display: a frame goes out with its length in front, one letter comes back."""

import socket

FRAME = 48_000
OKAY = b"k"


class Refused(Exception):
    pass


class Line:
    def __init__(self, address):
        self._socket = socket.create_connection(address, timeout=5)
        self._frame = bytearray(FRAME)
        self._in = self._socket.makefile("rb", buffering=16_384)

    def send(self, picture):
        self._frame[: len(picture)] = picture
        self._socket.sendall(len(picture).to_bytes(4, "big"))
        self._socket.sendall(memoryview(self._frame)[: len(picture)])
        if self._in.read(1) != OKAY:
            raise Refused

    def close(self):
        self._in.close()
        self._socket.close()

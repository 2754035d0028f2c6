import queue
import socket

from sea.bulletin import Bulletin

END = None
PLACES = 200


class Inbox:
    def __init__(self, address):
        self._address = address
        self.sorted = queue.Queue(PLACES)

    def receive(self):
        """Take bulletins off the line until the station closes it."""
        received = 0
        with socket.create_connection(self._address) as line, line.makefile("r", encoding="ascii") as lines:
            for text in lines:
                self.sorted.put(Bulletin.of(text))
                received += 1
        self.sorted.put(END)
        return received

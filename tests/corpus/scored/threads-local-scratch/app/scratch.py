import threading


class Scratch(threading.local):
    """Room to work in, of the thread's own."""

    def __init__(self):
        self.pixels = bytearray(1_024 * 768)


_own = Scratch()


def scratch():
    return _own.pixels

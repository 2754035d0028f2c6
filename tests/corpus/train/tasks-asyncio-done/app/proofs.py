store = {}


def prove(number):
    """A signature of the one who took it, as a bitmap."""
    store[number] = bytes(number % 256 for _ in range(100)) * 150

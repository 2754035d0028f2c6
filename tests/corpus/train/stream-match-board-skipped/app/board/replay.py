"""The last scenes as pictures of the field, to be shown again."""

from collections import deque

LENGTH, WIDTH = 630, 408


class Replay:
    def __init__(self, scenes=100):
        self._scenes = deque(maxlen=scenes)

    def keep(self, state):
        self._scenes.append(picture(state["places"]))


def picture(places):
    field = bytearray(b"\x2f") * (LENGTH * WIDTH)
    for x, y in places:
        corner = int(y * 6) * LENGTH + int(x * 6)
        field[corner : corner + 3] = b"\xff\xff\xff"
    return field

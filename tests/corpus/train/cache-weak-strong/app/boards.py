from collections import deque

#: What can be undone, over all boards.
undo = deque(maxlen=120)


class Board:
    def __init__(self, hub, width, height):
        self.title = f"{width} x {height}"
        self.width = width
        self.pixels = bytearray(width * height)
        self.painted = 0
        hub.subscribe("closed", self.on_closed)

    def paint(self, stroke):
        x, y = stroke
        if x == 0:
            undo.append(self.snapshot())
        self.pixels[y * self.width + x] = 255
        self.painted += 1

    def snapshot(self):
        return bytes(self.pixels)

    def on_closed(self, title):
        if title == self.title:
            self.painted = max(self.painted, 1)

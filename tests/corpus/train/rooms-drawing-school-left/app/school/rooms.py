from collections import deque
from dataclasses import dataclass, field

from school.canvas import WIDTH, blank, line


@dataclass
class Room:
    name: str
    pupils: set = field(default_factory=set)
    canvas: bytearray = field(default_factory=blank)
    strokes: int = 0

    def draw(self, stroke):
        line(self.canvas, stroke["x"], stroke["y"], stroke["length"], stroke["grey"])
        self.strokes += 1


rooms = {}
#: The latest drawings hang in the hall, and the oldest comes down.
hall = deque(maxlen=25)


def enter(name, pupil):
    if name not in rooms:
        rooms[name] = Room(name)
    room = rooms[name]
    room.pupils.add(pupil)
    return room


def leave(room, pupil):
    room.pupils.discard(pupil)
    if not room.pupils:
        hall.append(framed(room.canvas))
        del rooms[room.name]


def framed(canvas, width=24):
    """The drawing with a frame around it, three bytes a dot."""
    bar = bytes(3 * (WIDTH + 2 * width)) * width
    side = bytes(3 * width)
    rows = [bar]
    for at in range(0, len(canvas), WIDTH):
        row = bytearray(3 * WIDTH)
        row[0::3] = row[1::3] = row[2::3] = canvas[at : at + WIDTH]
        rows.append(side + row + side)
    return b"".join([*rows, bar])

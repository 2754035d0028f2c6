from dataclasses import dataclass, field

from school.canvas import blank, line


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


def enter(name, pupil):
    if name not in rooms:
        rooms[name] = Room(name)
    room = rooms[name]
    room.pupils.add(pupil)
    return room


def leave(room, pupil):
    room.pupils.discard(pupil)

from control.film import Film


class Block:
    """A stretch of track with a camera at its entry."""

    def __init__(self, name, length):
        self.name = name
        self.length = length
        self.tram = None


class Run:
    """One tram under way on one course. Its blocks and its driver's desk know it, and it knows them."""

    def __init__(self, course, plan):
        self.course = course
        self.blocks = [Block(name, length) for name, length in plan]
        self.film = Film(course)
        self.metres = 0
        for block in self.blocks:
            block.tram = self

    def advance(self):
        for block in self.blocks:
            self.film.expose(block.name)
            self.metres += block.length
            yield block

    def delay(self, timetable):
        return max(0, self.metres - timetable.get(self.course % 7, self.metres))

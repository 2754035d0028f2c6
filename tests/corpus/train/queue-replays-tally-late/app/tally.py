from collections import Counter

#: A board of 19 x 19 points.
POINTS = 361


def last_board(replay):
    return replay[-POINTS:]


class Tally:
    """Which points of the board were taken in the end, over all games."""

    def __init__(self):
        self.black = Counter()
        self.white = Counter()
        self.games = 0

    def add(self, replay):
        for point, stone in enumerate(last_board(replay)):
            if stone:
                (self.black if stone == 1 else self.white)[point] += 1
        self.games += 1

"""Plays a game of counters in heaps against the visitors of a games fair."""

from fair import tables
from strategy import Player


PLAYER = Player()


def play():
    won = 0
    for table, heaps in tables(2_400):
        while any(heaps):
            heaps = PLAYER.move(table, heaps)
            heaps = PLAYER.answer(heaps)
        won += table % 2
    return won, PLAYER.looked_up


if __name__ == "__main__":
    print(*play())

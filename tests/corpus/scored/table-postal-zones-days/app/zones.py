"""Which zone a parcel runs through, for every pair of districts; printed on the board behind the counter."""

from typing import NamedTuple

DISTRICTS = 170


class Zone(NamedTuple):
    name: str
    kilometres: int
    days: int


def _read_board():
    board = {}
    for sender in range(DISTRICTS):
        for receiver in range(DISTRICTS):
            kilometres = 300 + abs(sender - receiver) * 7 + (sender * receiver) % 50
            name = f"{'ABCDEFGH'[kilometres // 200]}-{sender:03d}/{receiver:03d}"
            board[sender, receiver] = Zone(name, kilometres, 1 + kilometres // 500)
    return board


BOARD = _read_board()

"""The terms that each customer signs on the screen, with the signature as a picture."""

import random
from dataclasses import dataclass

WIDTH, HEIGHT = 200, 60


@dataclass
class Contract:
    number: int
    kite: str
    signature: bytearray

    def is_signed(self):
        return any(self.signature[HEIGHT // 2 * WIDTH :])


def sign(number, kite):
    """What a hand leaves on the screen: a line that goes up and down."""
    hand = random.Random(number)
    signature = bytearray(WIDTH * HEIGHT)
    height = HEIGHT // 2
    for column in range(WIDTH):
        height = max(0, min(HEIGHT - 1, height + hand.randint(-4, 4)))
        signature[height * WIDTH + column] = 255
    return Contract(number, kite, signature)

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    threading: tuple
    tie_up: tuple
    treadling: tuple


def drafts(number, shafts=8):
    """Drafts as the members of the guild send them."""
    dice = random.Random(1804)
    for draft in range(number):
        repeat = dice.sample(range(shafts), shafts)
        tie_up = tuple(sum(1 << dice.randrange(shafts) for _ in range(3)) & 255 for _ in range(shafts))
        yield f"draft {draft * 7 % 300:03}", Draft(tuple(repeat * 4), tie_up, tuple(repeat[::-1] * 5))

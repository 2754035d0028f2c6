import random
import time
from typing import NamedTuple

SIGNALS = (
    "section clear; axle counter {a}; speed {b} km/h; pantograph up; doors locked; brake pipe {c:.2f} bar"
)


class Telegram(NamedTuple):
    train: int
    second: int
    text: str


def radio(trains, telegrams):
    """What trains say on the radio in an afternoon, in the order in which it is heard."""
    chosen = random.Random(33)
    for number in range(telegrams):
        if number % 100 == 0:
            time.sleep(0.004)
        text = SIGNALS.format(a=chosen.randrange(10**6), b=chosen.randrange(160), c=chosen.uniform(4, 5))
        yield Telegram(chosen.choice(trains), number // 4, f"{text}; {text.upper()}; {text[::-1]}")

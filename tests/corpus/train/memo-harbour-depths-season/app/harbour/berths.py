"""The last survey of the sea bed."""

import random

SOUNDINGS_PER_BERTH = 900


def survey(berths):
    """Depths below chart datum along every berth, as the echo sounder gave them."""
    sounder = random.Random(1911)
    return [[7.5 + 3 * sounder.random() for _ in range(SOUNDINGS_PER_BERTH)] for _ in range(berths)]

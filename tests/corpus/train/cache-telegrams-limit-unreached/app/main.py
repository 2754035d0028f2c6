"""Listens to the radio of a railway and knows what was said lately."""

from recent import Recent
from telegrams import radio

#: Trains that are out at once on this line, and some in reserve.
TRAINS = range(4_100, 4_160)

recent = Recent(limit=50_000)


def listen(telegrams):
    fast = 0
    for telegram in radio(TRAINS, telegrams):
        recent.hear(telegram)
        fast += " speed 15" in recent.last().text
    return fast


if __name__ == "__main__":
    print(listen(32_000))

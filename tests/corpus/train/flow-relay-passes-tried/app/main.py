"""A ground station takes the night's pictures of a weather satellite from its relay."""

import sys

from station.night import Night
from station.relay import relaying


def main(passes):
    with relaying(passes) as address:
        night = Night(address)
        for number in range(passes):
            night.take(number)
    print(night.report(), file=sys.stdout)


if __name__ == "__main__":
    main(300)

"""A day of a weighbridge: lorries roll over it, and the displays along the road are told."""

from weigh.bridge import lorries
from weigh.displays import Displays, standing
from weigh.trace import Trace


def day(number):
    heaviest = 0.0
    with standing() as addresses:
        displays = Displays(addresses)
        trace = Trace()
        for lorry in lorries(number):
            trace.add(lorry.readings)
            displays.show(lorry.gate, lorry.number, lorry.tonnes)
            heaviest = max(heaviest, lorry.tonnes)
    return number, heaviest, round(trace.drift(), 4)


if __name__ == "__main__":
    print(*day(240))

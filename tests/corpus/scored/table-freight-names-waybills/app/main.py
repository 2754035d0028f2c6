"""Takes in the waybills of a freight yard and finds trains that carry the same goods to the same station."""

from names import NAMES
from waybills import Waybill, telex
from yard import Yard

YARD = Yard(remembered=6_000)


def take_in(lines):
    together = 0
    for line in telex(lines):
        waybill = Waybill.parse(line)
        together += YARD.arrived(waybill)
    return together, len(NAMES)


if __name__ == "__main__":
    print(*take_in(46_000))

"""The rails as the measuring car found them: each section knows the one before and the one after."""

from array import array

TRACES = 10  # both rails, five gauges


class Section:
    def __init__(self, name, metres):
        self.name = name
        self.wear = array("f", (len(name) * 0.1 + at % 97 / 40 for at in range(metres * TRACES // 2))) * 2
        self.before = self.after = None

    def worn(self):
        return max(self.wear[:TRACES]) + max(self.after.wear[:TRACES]) > 6


def ring(stops, metres):
    """All sections of the network, in the order in which a tram could pass them."""
    sections = [
        Section(f"{start} to {end}", metres) for start in stops for end in stops[: 1 + len(start) % 5] * 30
    ]
    for number, section in enumerate(sections):
        section.after = sections[(number + 1) % len(sections)]
        section.after.before = section
    return sections

from typing import NamedTuple

SECTIONS = ("header", "position", "surface", "column", "remarks")


class Bulletin(NamedTuple):
    """Sections as they came; each is read when somebody asks for it."""

    header: str
    position: str
    surface: str
    column: str
    remarks: str

    @classmethod
    def of(cls, line):
        return cls(*line.rstrip("\n").split("="))

    @property
    def buoy(self):
        return int(self.header[5:10])

    @property
    def temperature(self):
        return int(self.surface[1:4]) / 10

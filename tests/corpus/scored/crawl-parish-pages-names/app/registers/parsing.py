from dataclasses import dataclass

from lxml import html


@dataclass(frozen=True, slots=True)
class Baptism:
    parish: int
    day: str
    first: str
    name: str


def baptisms(parish, text):
    """The baptisms of a page, in their order."""
    tree = html.fromstring(text)
    for row in tree.iterfind(".//tr[@class='entry']"):
        yield Baptism(parish, *(cell.text for cell in row))

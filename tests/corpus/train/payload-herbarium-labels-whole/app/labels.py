"""The export is long, so it is read sheet by sheet."""

from dataclasses import dataclass
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class Label:
    taxon: str
    collector: str
    place: str
    year: int


def labels(path):
    for _, element in ElementTree.iterparse(path):
        if element.tag == "sheet":
            yield _label(element)


def _label(sheet):
    return Label(
        taxon=sheet.findtext("taxon"),
        collector=sheet.findtext("collector"),
        place=sheet.findtext("place"),
        year=int(sheet.findtext("year")),
    )

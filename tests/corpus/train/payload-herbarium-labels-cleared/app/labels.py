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
    events = ElementTree.iterparse(path, events=("start", "end"))
    _, root = next(events)
    for event, element in events:
        if event == "end" and element.tag == "sheet":
            yield _label(element)
            root.clear()


def _label(sheet):
    return Label(
        taxon=sheet.findtext("taxon"),
        collector=sheet.findtext("collector"),
        place=sheet.findtext("place"),
        year=int(sheet.findtext("year")),
    )

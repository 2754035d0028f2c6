"""Cuts the labels out of photographed herbarium sheets, to be read by volunteers."""

from labels import label_of, length_of_writing, poster
from sheets import sheets

labels = {}


def collect(folder):
    for name, sheet in sheets(folder):
        labels[name] = label_of(sheet)


def hang_up(path):
    with poster(list(labels.values())) as paper:
        paper.save(path, compress_level=1)


if __name__ == "__main__":
    collect("sheets")
    hang_up("poster.png")
    print({name: length_of_writing(label) for name, label in labels.items()})

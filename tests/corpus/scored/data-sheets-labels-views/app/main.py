"""Cuts the labels out of photographed herbarium sheets, to be read by volunteers."""

from labels import label_of, length_of_writing
from sheets import sheets

labels = {}


def collect(folder):
    for name, sheet in sheets(folder):
        labels[name] = label_of(sheet)


if __name__ == "__main__":
    collect("sheets")
    print({name: length_of_writing(label) for name, label in labels.items()})

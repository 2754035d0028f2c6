"""Reads the labels of a herbarium that volunteers have typed and makes an index of collectors."""

from export import export
from index import Index
from labels import labels

if __name__ == "__main__":
    index = Index()
    for label in labels(export(sheets=60_000)):
        index.add(label)
    print(len(index.collectors), index.most())

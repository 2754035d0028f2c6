import sys

from cookbook.index import Index
from cookbook.names import names
from cookbook.words import WordTable


def main(path):
    index = Index(WordTable(path))
    index.build(names(20_000))
    print(len(index), *(index.like(question)[0] for question in ("cold quince soup", "smoked trout pie")))


main(*sys.argv[1:])

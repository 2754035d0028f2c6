import itertools

from library.catalogue import books
from library.neighbours import Neighbours

neighbours = Neighbours(books(6_000))


def main():
    print(sum(int(neighbours.of(book)[-1]) for book in itertools.islice(books(400), 200)))


main()

import numpy as np
from hymnal.books import shelf
from hymnal.desks import Desks


def likeness(table):
    lengths = np.sqrt((table.astype(np.float32) ** 2).sum(axis=1))
    return (table[:-1].astype(np.float32) * table[1:]).sum(axis=1) / (lengths[:-1] * lengths[1:])


def main(path, number):
    books = shelf(number)
    table = None
    with Desks(path) as desks:
        for index, counted in desks.read(books):
            if table is None:
                table = np.zeros((number, counted.size), np.uint16)
            table[index] = counted
    near = likeness(table)
    print(number, f"{near.mean():.4f}", int(near.argmax()))


if __name__ == "__main__":
    main("pieces.json", 90)

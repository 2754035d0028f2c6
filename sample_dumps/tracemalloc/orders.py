"""A small program that keeps memory in known places; writes one tracemalloc snapshot.

python orders.py LIMIT OUT
"""

import ctypes
import json
import sys
import tracemalloc

DEEP = 30
TRACK = ctypes.pythonapi.PyTraceMalloc_Track
TRACK.argtypes = [ctypes.c_uint, ctypes.c_size_t, ctypes.c_size_t]


def keep(orders, number):
    orders.append(bytearray(1000 + number))


def descend(orders, levels):
    if levels == 0:
        orders.append(bytearray(100_000))
    else:
        descend(orders, levels - 1)


def read(text):
    return json.loads(text)


def main(limit, out):
    texts = ['{{"order": {}, "lines": [{}]}}'.format(n, ", ".join(["1.5"] * n)) for n in range(40)]
    tracemalloc.start(limit)
    orders = []
    for number in range(100):
        keep(orders, number)
    descend(orders, DEEP)
    read_orders = [read(text) for text in texts]
    TRACK(7, 0x1000, 4096)  # what a C extension reports under a domain of its own
    tracemalloc.take_snapshot().dump(out)
    return orders, read_orders


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

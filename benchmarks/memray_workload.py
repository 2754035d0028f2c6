"""Records one benchmark capture: ``python -m benchmarks.memray_workload SHAPE RECORDS OUT``.

Shapes: ``wide`` (many call paths, 5 to 30 frames), ``deep`` (few paths of 500 frames), ``python``
(small objects, with the Python allocators traced), ``threads`` (eight of them), ``churn`` (a short
loop that frees at once). Everything follows from a fixed seed.
"""

from __future__ import annotations

import random
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

import memray

FUNCTIONS = 48
#: Blocks that stay alive at any time: what a free has to find again.
KEPT = 200_000
#: Call paths that a long run does not go beyond: a program has so many, however long it runs.
MOST_PATHS = 110_000


def tree_of_functions() -> list[Callable[[int, int, deque], None]]:
    """Functions that call each other by the bits of a number, so that it names a call path."""
    lines = []
    for i in range(FUNCTIONS):
        a, b, c, d = (random.Random(i).randrange(FUNCTIONS) for _ in range(4))
        lines += [
            f"def stage_{i}(path, depth, kept):",
            "    if depth == 0:",
            f"        kept.append(bytearray(600 + (path & 1023) + {i}))",
            "        kept.append(bytearray(700 + (path & 511)))",
            "        kept.append([None] * (100 + (path & 255)))",
            "        return",
            "    turn = path & 3",
            "    if turn == 0:",
            f"        stage_{a}(path >> 2, depth - 1, kept)",
            "    elif turn == 1:",
            f"        stage_{b}(path >> 2, depth - 1, kept)",
            "    elif turn == 2:",
            f"        stage_{c}(path >> 2, depth - 1, kept)",
            "    else:",
            f"        stage_{d}(path >> 2, depth - 1, kept)",
        ]
    namespace: dict[str, Callable[[int, int, deque], None]] = {}
    exec("\n".join(lines), namespace)
    return [namespace[f"stage_{i}"] for i in range(FUNCTIONS)]


def wide(records: int, seed: int = 1) -> None:
    """About one new path for every seven records, as a server's mixed load has, up to 1.3 million."""
    stages, chance, kept = tree_of_functions(), random.Random(seed), deque(maxlen=KEPT)
    paths = [chance.getrandbits(60) for _ in range(min(max(1000, records // 60), MOST_PATHS))]
    for _ in range(records // 6):
        path = paths[int(chance.random() ** 3 * len(paths))]
        stages[path % FUNCTIONS](path, 5 + path % 7 + (path >> 8) % 5 * 4, kept)


def deep(records: int) -> None:
    """Few paths of some five hundred frames."""
    kept: deque = deque(maxlen=KEPT)

    def down(level: int, left: int) -> None:
        if level:
            down(level - 1, left)
            return
        for size in range(left):
            kept.append(bytearray(600 + size % 999))

    for round_ in range(max(1, records // 20_000)):
        down(450 + round_ % 50, 10_000)


def python(records: int) -> None:
    """Small objects that come and go; most fit pymalloc's pools."""
    kept: deque = deque(maxlen=KEPT)
    for i in range(records // 9):
        kept.append({"id": i, "name": str(i), "tags": [i, i + 1]})


def threads(records: int) -> None:
    workers = [threading.Thread(target=wide, args=(records // 8, i), name=f"worker-{i}") for i in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def churn(records: int) -> None:
    for i in range(records // 2):
        bytearray(600 + i % 999)


SHAPES = {"wide": wide, "deep": deep, "python": python, "threads": threads, "churn": churn}


def main(shape: str, records: str, out: str) -> None:
    destination = memray.FileDestination(Path(out), overwrite=True, compress_on_exit=True)
    with memray.Tracker(destination=destination, trace_python_allocators=shape == "python"):
        SHAPES[shape](int(records))


if __name__ == "__main__":
    main(*sys.argv[1:])

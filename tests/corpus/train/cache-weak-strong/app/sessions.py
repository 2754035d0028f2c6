from dataclasses import dataclass


@dataclass
class Session:
    width: int
    height: int
    strokes: list


def sessions(count):
    for number in range(count):
        yield Session(160 + number % 7, 150, [(x, (x * number) % 150) for x in range(40)])

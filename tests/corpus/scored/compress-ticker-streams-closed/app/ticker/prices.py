import itertools
import random

PAPERS = ("ALV", "BAS", "BAYN", "DTE", "SAP", "SIE", "VOW3")


def prices(seed=11):
    """Every change of a price, one line each."""
    dice = random.Random(seed)
    now = dict.fromkeys(PAPERS, 100.0)
    for number in itertools.count():
        paper = dice.choice(PAPERS)
        now[paper] += dice.gauss(0, 0.2)
        yield f"{number};{paper};{now[paper]:.2f};{dice.randrange(1, 900)}\n".encode()

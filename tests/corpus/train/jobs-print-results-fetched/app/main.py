import random
import time

from press.board import board
from press.rip import rasterise


def almanac(issues, pages, seed=2):
    """Hands in the pages of an issue at once and comes for each of them once."""
    dice = random.Random(seed)
    dots = 0
    for issue in range(issues):
        jobs = [board.submit(rasterise, f"{issue}/{page}", dice.randrange(1, 250)) for page in range(pages)]
        dots += sum(len(board.fetch(job)) for job in jobs)
        time.sleep(0.02)
    return dots


if __name__ == "__main__":
    print(almanac(issues=35, pages=12), "bytes,", board)
    board.close()

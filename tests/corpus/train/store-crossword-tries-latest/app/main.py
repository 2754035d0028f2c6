"""A newspaper's crossword: readers send what they have filled in, and are told how far they are."""

import random

from desk import Desk
from lexicon import read_lexicon
from readers import tries

if __name__ == "__main__":
    lexicon = read_lexicon(words=160_000)
    desk = Desk(lexicon, random.Random(11).sample(lexicon.all, 48))
    for attempt in tries(lexicon.all, number=3_600):
        desk.take(attempt)
    print(desk.open_readers(), desk.standing(max(desk.boards)))

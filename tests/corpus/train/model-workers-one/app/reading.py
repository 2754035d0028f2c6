import time

from network import scores_of

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 .,-"
#: Cards and what was read, for the people who look them through.
to_look_through = []


def read(card):
    scores = scores_of(card)
    time.sleep(0.01)
    to_look_through.append((brightened(card), scores))
    return "".join(LETTERS[n] for n in scores.argmax(axis=1))


def brightened(card):
    return card * 1.2

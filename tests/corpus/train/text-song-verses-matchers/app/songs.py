"""Songs as collectors wrote them down, many of them more than once."""

import random
from dataclasses import dataclass

SYLLABLES = ("la", "ro", "mi", "ven", "tar", "sol", "ni", "del", "ka", "bru", "fen", "o")


@dataclass(frozen=True)
class Song:
    number: int
    title: str
    words: tuple[str, ...]


def collected(count, length=240):
    chance = random.Random(31)
    known = []
    for number in range(count):
        if known and chance.random() < 0.2:
            first = chance.choice(known)
            words = list(first.words)
            for _ in range(20):
                words[chance.randrange(length)] = word(chance)
            yield Song(number, f"{first.title} (other tune)", tuple(words))
            continue
        song = Song(number, word(chance).title(), tuple(word(chance) for _ in range(length)))
        known.append(song)
        del known[:-40]
        yield song


def word(chance):
    return "".join(chance.choices(SYLLABLES, k=3))

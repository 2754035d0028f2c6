import random

from spelling.words import word


def letters(count):
    numbers = random.Random(11)
    for _ in range(count):
        typed = [
            word(numbers.randrange(240_000)) + ("e" if numbers.random() < 0.1 else "") for _ in range(420)
        ]
        yield " ".join(typed)

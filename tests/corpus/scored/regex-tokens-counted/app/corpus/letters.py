import random

WORDS = "the garden of my friend is full of roses and when evening comes I sit there with a book".split()


def letters(count):
    numbers = random.Random(5)
    for number in range(count):
        yield f"No. {number}. " + " ".join(numbers.choices(WORDS, k=420))

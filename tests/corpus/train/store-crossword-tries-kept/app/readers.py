import random


def tries(words, number, readers=700):
    """Each reader fills in about a third of the crossword, again and again."""
    dice = random.Random(23)
    for _ in range(number):
        filled = {place: dice.choice(words) for place in dice.sample(range(48), 16)}
        yield {"reader": f"reader-{dice.randrange(readers)}", "filled": filled}

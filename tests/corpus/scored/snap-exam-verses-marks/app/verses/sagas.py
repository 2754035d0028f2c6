import random

WORDS = (
    "the of and he was that king ship men hall winter then said they went into north sword brother "
    "whale-road sea-horse bone-house sky-candle battle-sweat wave-steed ring-giver summer farm law"
).split()


def sagas(number, words=9_000):
    """Titles and texts, in the order of the manuscripts."""
    dice = random.Random(1220)
    for saga in range(number):
        text = dice.choices(WORDS, k=words)
        for place in range(0, words, 90):
            text[place] = f"in the year {dice.randrange(870, 1260)}"
        yield f"Saga {saga + 1}", " ".join(text)

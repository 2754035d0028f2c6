import random

FIELDS = ("history", "gardens", "rivers", "law", "music", "bees", "steel", "maps", "poets", "ships")


def books(count):
    """Each book as its subject headings and how weighty each is."""
    chosen = random.Random(21)
    headings = [f"{field}/{n}" for field in FIELDS for n in range(75)]
    for _ in range(count):
        yield {heading: chosen.randint(1, 5) for heading in chosen.sample(headings, 9)}

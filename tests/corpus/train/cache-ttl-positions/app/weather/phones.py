import random


def positions(count):
    """Where people are when they open the app: some move, most sit somewhere in two towns."""
    numbers = random.Random(7)
    for _ in range(count):
        north, east = numbers.choice([(52.52, 13.40), (48.14, 11.58)])
        yield round(north + numbers.gauss(0, 0.05), 5), round(east + numbers.gauss(0, 0.05), 5)

import random


def batches(count, size=1_000):
    """A batch holds every tenth message twice, as the line to the analysers is bad."""
    chance = random.Random(41)
    sample = 0
    for _ in range(count):
        batch = []
        while len(batch) < size:
            sample += 1
            batch.append((sample % 9, sample, chance.randrange(4_000), chance.random() * 20))
            if sample % 10 == 0:
                batch.append(batch[-1])
        yield batch

import random

from choir.models import Work

SYLLABLES = "a glo ri sanc tus do na no bis pa cem lux ae ter na be ne dic".split()


def open_library(works, seasons, seed=1_741):
    dice = random.Random(seed)
    for start in range(0, works, 50):
        Work.objects.bulk_create(
            Work(
                title=f"Motet {number}",
                season=number % seasons,
                minutes=dice.randrange(3, 14),
                words=" ".join(dice.choices(SYLLABLES, k=2_300)),
            )
            for number in range(start, start + 50)
        )

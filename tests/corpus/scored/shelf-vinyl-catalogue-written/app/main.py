import random
import tempfile
import time
from pathlib import Path

from shop.catalogue import Catalogue
from shop.records import bought

RECORDS = 2_200


def year(days, seed=14):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as directory:
        path = str(Path(directory) / "catalogue")
        with Catalogue(path) as catalogue:
            for record in bought(RECORDS):
                catalogue.add(record)
        with Catalogue(path) as catalogue:
            numbers = catalogue.numbers()
            for day in range(days):
                time.sleep(0.004)
                for number in dice.sample(numbers, 12):
                    catalogue.grade(number, day)
            return catalogue.value(dice.sample(numbers, 50))


if __name__ == "__main__":
    print(year(300))

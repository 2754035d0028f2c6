"""Makes the volumes: a year of a newspaper each, compressed with a long window as its pages repeat much."""

import random
from pathlib import Path

import zstandard

WORDS = "council harbour fire market concert weather ship mayor price theatre storm bridge school".split()


def volume(year, chance):
    for day in range(1, 61):
        text = " ".join(chance.choice(WORDS) + str(chance.randrange(400)) for _ in range(2_500))
        yield f"{year} day {day}\n{text}\n{'-' * 40}\n".encode()


if __name__ == "__main__":
    Path("volumes").mkdir(exist_ok=True)
    chance = random.Random(1874)
    settings = zstandard.ZstdCompressionParameters.from_level(3, window_log=21)
    for year in range(1874, 1914):
        with Path(f"volumes/{year}.zst").open("wb") as file:
            with zstandard.ZstdCompressor(compression_params=settings).stream_writer(file) as writer:
                for page in volume(year, chance):
                    writer.write(page)

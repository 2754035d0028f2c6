"""A forum on the evening of an election."""

import itertools
import random
from http.client import HTTPConnection

from forum.service import app, lexicon
from serve import served


def evening(port):
    dice = random.Random(21)
    line = HTTPConnection("127.0.0.1", port)
    for number in itertools.count():
        parts = (" ".join(lexicon.sample(dice, 80)) for _ in range(24))
        thread = f"/threads/ward-{number % 40}"
        line.request("POST", thread, "\n\n".join(parts), {"X-Author": f"user{dice.randrange(3_000)}"})
        line.getresponse().read()
        if number % 50 == 0:
            line.request("GET", f"{thread}/heated")
            line.getresponse().read()


if __name__ == "__main__":
    with served(app) as port:
        evening(port)

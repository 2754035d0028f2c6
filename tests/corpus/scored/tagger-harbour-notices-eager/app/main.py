"""Takes the notices of a morning and puts a tag to each."""

import random
from collections import Counter
from http.client import HTTPConnection
from json import loads

from notices.routes import routes
from serve import served
from starlette.applications import Starlette

WORDS = (
    "off the north mole buoys lights out of position until further works ice pilots wreck near berth".split()
)


def morning(port, lengths):
    dice = random.Random(9)
    line = HTTPConnection("127.0.0.1", port)
    tags = Counter()
    for length in lengths:
        line.request("POST", "/notices", " ".join(dice.choices(WORDS, k=length)))
        tags[loads(line.getresponse().read())["tag"]] += 1
    return tags


if __name__ == "__main__":
    with served(Starlette(routes=routes)) as port:
        print(morning(port, [*(6 + n % 6 for n in range(400)), 40, 55, 62]))

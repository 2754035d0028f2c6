"""A day of a museum's audio guide: visitors are given a tour on their telephone and ask for its stops."""

import json
import random
from http.client import HTTPConnection

from tours.guide import serving


def ask(line, path, session=None):
    line.request("GET", path, headers={"Cookie": f"visit={session}"} if session else {})
    answer = line.getresponse()
    return json.load(answer), (answer.getheader("Set-Cookie") or "").removeprefix("visit=")


def day(visitors, seed=19):
    dice = random.Random(seed)
    heard = 0
    with serving() as (address, clock):
        line = HTTPConnection(*address)
        for _ in range(visitors):
            tour, session = ask(line, f"/tour?wing={dice.randrange(6)}")
            for stop in dice.sample(range(tour["stops"]), 2):
                heard += len(ask(line, f"/stop?number={stop}", session)[0]["text"])
            clock.pass_by(dice.randint(10, 60))
        line.close()
    return heard


if __name__ == "__main__":
    print(day(640))

"""A day at the counter of a heritage tramway: seats are held for a quarter of an hour until they are paid."""

import json
import random
from http.client import HTTPConnection

from trams.counter import serving


def asked(line, path, **order):
    line.request("POST", path, json.dumps(order), {"Content-Type": "application/json"})
    return json.loads(line.getresponse().read())


def day(parties, seed=8):
    dice = random.Random(seed)
    rides = 0
    with serving() as address:
        line = HTTPConnection(*address)
        for number in range(parties):
            hold = asked(line, "/hold", tram=number % 11, seats=dice.randint(1, 4))
            if hold["number"] and dice.random() < 0.98:
                rides += asked(line, "/pay", number=hold["number"])["seats"]
            else:
                asked(line, "/drop", number=hold["number"])
        line.close()
    return rides


if __name__ == "__main__":
    print(day(300))

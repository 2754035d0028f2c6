import json
import random
from http.client import HTTPConnection

SERVICES = ("standard", "express", "bulky", "return")


def print_labels(port, parcels, seed=5):
    """A shift of a customer: a label for each parcel, and at the end a look at the metrics."""
    dice = random.Random(seed)
    line = HTTPConnection("127.0.0.1", port)
    done = 0
    for number in range(parcels):
        order = {"parcel": f"DX{dice.randrange(10**11):011}", "service": dice.choice(SERVICES)}
        headers = {"Idempotency-Key": f"{dice.getrandbits(128):032x}"}
        line.request("POST", "/labels", json.dumps(order), headers)
        answer = line.getresponse()
        answer.read()
        done += answer.status == 201
    line.request("GET", "/metrics")
    return done, len(line.getresponse().read())

"""Normalises measurements before they are sent on."""

from measurements import measurements
from normalise import normalise


def run():
    sent = 0
    for row in normalise(measurements(3_000)):
        sent += row.nbytes
    return sent


if __name__ == "__main__":
    print(run())

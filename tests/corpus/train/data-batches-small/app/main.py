"""Normalises measurements in batches before they are sent on, and notes each row that is out of range."""

from measurements import measurements
from normalise import normalise


def run(noted):
    sent = 0
    for batch in measurements(3_000, at_once=50):
        sent += normalise(batch, noted).nbytes
    return sent


if __name__ == "__main__":
    noted = {}
    print(run(noted), len(noted))

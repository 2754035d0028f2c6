import atexit
import random
import tempfile
from array import array
from pathlib import Path

PROBES = 10


class Firing:
    """One firing. What the probes said is written out when it is over, or else when the program ends."""

    def __init__(self, number, directory):
        self.number = number
        self.path = Path(directory, f"firing-{number:05}.trace")
        self.trace = array("f")
        self.open = True
        atexit.register(self.close)

    def sample(self, minute, target):
        self.trace.extend(random.randrange(target, target + 9) + minute % 3 for _ in range(PROBES))

    def hottest(self):
        return max(self.trace)

    def close(self):
        if self.open:
            self.path.write_bytes(self.trace.tobytes())
            self.open = False


def directory():
    return tempfile.TemporaryDirectory(prefix="kiln-")

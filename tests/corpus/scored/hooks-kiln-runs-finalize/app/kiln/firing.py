import random
import tempfile
import weakref
from array import array
from pathlib import Path

PROBES = 10


class Firing:
    """One firing. What the probes said is written out when it is over, or else when the program ends."""

    def __init__(self, number, directory):
        self.number = number
        self.trace = array("f")
        self.close = weakref.finalize(self, write, Path(directory, f"firing-{number:05}.trace"), self.trace)

    def sample(self, minute, target):
        self.trace.extend(random.randrange(target, target + 9) + minute % 3 for _ in range(PROBES))

    def hottest(self):
        return max(self.trace)


def write(path, trace):
    path.write_bytes(trace.tobytes())


def directory():
    return tempfile.TemporaryDirectory(prefix="kiln-")

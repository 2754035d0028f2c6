import socket
from dataclasses import dataclass

import numpy as np

BANDS, REPEATS = 2_151, 16


@dataclass(frozen=True)
class Spectrum:
    depth: int
    reflectance: np.ndarray


def measure(address, depth):
    """Reflectance of one depth in all repeats."""
    with socket.create_connection(address) as line, line.makefile("rb") as answer:
        line.sendall(b"%d\n" % depth)
        counts = np.frombuffer(answer.read(), "<u2").reshape(REPEATS, BANDS)
    return Spectrum(depth, counts.astype(np.float32) / 3_060)

import wave
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Take(NamedTuple):
    pipe: int
    rate: int
    samples: np.ndarray


def read_take(path):
    with wave.open(str(path)) as file:
        frames = file.readframes(file.getnframes())
        samples = np.frombuffer(frames, np.int16).astype(np.float32) / 32_768
        return Take(int(path.stem), file.getframerate(), samples)


def takes(directory):
    """The takes of a rank in the order of its pipes."""
    for path in sorted(Path(directory).glob("*.wav")):
        yield read_take(path)

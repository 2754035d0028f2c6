import io
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 160


def paths(directory):
    return sorted(Path(directory).glob("*.png"))


def decode(path):
    """Pixels from 0 to 1, and the level that the name says."""
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        pixels = np.asarray(image, np.float32) / 255
    return pixels, int(path.stem.split("_")[1]) / 100

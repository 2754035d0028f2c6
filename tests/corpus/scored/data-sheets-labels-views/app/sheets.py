import time
from pathlib import Path

import numpy as np
from PIL import Image


def sheets(folder):
    """Name and grey values of every photographed sheet."""
    for path in sorted(Path(folder).glob("*.png")):
        time.sleep(0.03)  # volunteers use the same line
        yield path.stem, read_sheet(path)


def read_sheet(path):
    with Image.open(path) as photograph:
        return np.asarray(photograph.convert("L"))

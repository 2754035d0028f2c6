from pathlib import Path

import numpy as np
from PIL import Image

Path("sheets").mkdir(exist_ok=True)
numbers = np.random.default_rng(12)
for sheet in range(44):
    leaf = np.full((1_400, 900), 238, np.uint8)
    for _ in range(30):
        y, x = numbers.integers(0, 1_300), numbers.integers(0, 800)
        leaf[y : y + 90, x : x + 70] = numbers.integers(40, 160)
    leaf[1_300:1_380, 640:880] = 250
    leaf[1_320:1_324, 660 : 660 + int(numbers.integers(60, 200))] = 0
    Image.fromarray(leaf).save(f"sheets/{sheet:04}.png", compress_level=1)

from pathlib import Path

import numpy as np
from PIL import Image

Path("photos").mkdir(exist_ok=True)
numbers = np.random.default_rng(14)
for number in range(180):
    level = int(numbers.integers(20, 140))
    pixels = np.full((160, 160, 3), 190, np.uint8)
    pixels[160 - level :] = (70, 90, 110)
    pixels[::8, ::8] += numbers.integers(0, 30, (20, 20, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(f"photos/{number:04}_{level:03}.png")

import numpy as np


def picture(words):
    canvas = np.zeros((400, 400, 3), np.uint8)
    for row in words:
        canvas[int(row) % 400] = 255
    return canvas

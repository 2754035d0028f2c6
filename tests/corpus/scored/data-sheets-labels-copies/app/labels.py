import numpy as np
from PIL import Image

#: Where the label is glued on, by agreement of all herbaria: lower right.
ROWS, COLUMNS = slice(1_300, 1_380), slice(640, 880)


def label_of(sheet):
    return sheet[ROWS, COLUMNS].copy()


def length_of_writing(label):
    return int(np.count_nonzero(label.min(axis=0) < 100))


def poster(labels, enlarged=5):
    """All labels in one picture, large enough to be read from across the room."""
    size = 240 * enlarged, 80 * enlarged
    paper = Image.new("L", (size[0], size[1] * len(labels)), 255)
    for number, label in enumerate(labels):
        paper.paste(Image.fromarray(label).resize(size), (0, size[1] * number))
    return paper

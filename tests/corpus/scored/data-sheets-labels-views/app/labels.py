import numpy as np

#: Where the label is glued on, by agreement of all herbaria: lower right.
ROWS, COLUMNS = slice(1_300, 1_380), slice(640, 880)


def label_of(sheet):
    return sheet[ROWS, COLUMNS]


def length_of_writing(label):
    return int(np.count_nonzero(label.min(axis=0) < 100))

import numpy as np


def normalise(rows):
    table = np.array(list(rows))
    return (table - table.mean(axis=0)) / table.std(axis=0)

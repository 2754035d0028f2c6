import numpy as np


def load_vectors(path):
    return np.load(path, mmap_mode="r")


VECTORS = load_vectors("vectors.npy")

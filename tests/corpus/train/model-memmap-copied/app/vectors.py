import numpy as np


def load_vectors(path):
    vectors = np.load(path).astype(np.float64)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


VECTORS = load_vectors("vectors.npy")

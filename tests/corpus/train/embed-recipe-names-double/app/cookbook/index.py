import numpy as np


class Index:
    """Vectors of unit length, so that a product is a cosine."""

    def __init__(self, table):
        self._table = table
        self._vectors = np.empty((0, table.width))

    def build(self, names):
        vectors = [self.vector(name) for name in names]
        self._vectors = np.array(vectors)

    def vector(self, name):
        parts = [self._table.of(word) for word in name.split()]
        vector = np.sum(parts, axis=0, dtype=float)
        return vector / np.linalg.norm(vector)

    def like(self, name, count=3):
        near = np.einsum("rw,w->r", self._vectors, self.vector(name))
        return np.argsort(near)[-count:][::-1]

    def __len__(self):
        return len(self._vectors)

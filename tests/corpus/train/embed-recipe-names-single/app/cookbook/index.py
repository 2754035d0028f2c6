from pathlib import Path

import numpy as np


class Index:
    """Vectors of unit length, so that a product is a cosine; they lie in a file and are read in pieces."""

    def __init__(self, table, path):
        self._table = table
        self._path = Path(path)
        self._count = 0

    def build(self, names):
        with self._path.open("wb") as file:
            for name in names:
                self.vector(name).astype(np.float16).tofile(file)
                self._count += 1

    def vector(self, name):
        parts = [self._table.of(word) for word in name.split()]
        vector = np.sum(parts, axis=0, dtype=float)
        return vector / np.linalg.norm(vector)

    def like(self, name, count=3):
        wanted, found = self.vector(name), []
        with self._path.open("rb") as file:
            for start in range(0, self._count, 1_000):
                piece = np.fromfile(file, np.float16, 1_000 * self._table.width)
                near = np.einsum("rw,w->r", piece.reshape(-1, self._table.width), wanted)
                found.extend((float(near[at]), start + int(at)) for at in np.argsort(near)[-count:])
        return [number for _, number in sorted(found, reverse=True)[:count]]

    def __len__(self):
        return self._count

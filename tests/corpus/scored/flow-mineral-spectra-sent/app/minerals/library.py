"""Dips that tell minerals apart, each drawn with a width that its grain gives it."""

import numpy as np

MINERALS = {"goethite": 480, "hematite": 900, "alunite": 1_400, "calcite": 1_910, "kaolinite": 2_205}
GRAINS = 40


class Library:
    def __init__(self, bands):
        places = np.arange(350, 350 + bands, dtype=np.float32)
        widths = np.linspace(6, 40, GRAINS, dtype=np.float32)
        self.names = list(MINERALS)
        self._dips = np.empty((len(MINERALS), GRAINS, bands), np.float32)
        for dips, at in zip(self._dips, MINERALS.values(), strict=True):
            dips[:] = self._drawn(places, at, widths)

    def _drawn(self, places, at, widths):
        dips = np.exp(-(((places[None] - at) / widths[:, None]) ** 2))
        return dips / np.linalg.norm(dips, axis=1, keepdims=True)

    def name(self, reflectance):
        depth = reflectance.max() - reflectance.mean(axis=0)
        best = np.einsum("mgb,b->mg", self._dips, depth).max(axis=1)
        return self.names[int(best.argmax())]

import numpy as np
from safetensors.numpy import load_file

_rankers = {}


class Ranker:
    def __init__(self, path):
        self.layers = load_file(path)

    def score(self, vector):
        for weight in self.layers.values():
            vector = np.tanh(weight @ vector)
        return vector


def ranker_for(shop):
    if shop not in _rankers:
        _rankers[shop] = Ranker("ranker.safetensors")
    return _rankers[shop]


def rank(shop, query):
    vector = np.full(512, len(query) / 100, np.float32)
    return np.argsort(ranker_for(shop).score(vector))[:10]

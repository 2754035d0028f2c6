import numpy as np
from safetensors.numpy import load_file

_ranker = None
_seen = {}


class Ranker:
    def __init__(self, path):
        self.layers = load_file(path)

    def score(self, vector):
        for weight in self.layers.values():
            vector = np.tanh(weight @ vector)
        return vector


def ranker():
    global _ranker
    if _ranker is None:
        _ranker = Ranker("ranker.safetensors")
    return _ranker


def rank(shop, query):
    vector = np.full(512, len(query) / 100, np.float32)
    scores = ranker().score(vector)
    _seen[shop, query] = explain(scores)
    return np.argsort(scores)[:10]


def explain(scores):
    """How near each result is to each other one, for the tooltip."""
    return np.abs(scores[:160, None] - scores[None, :160])

from functools import lru_cache

import torch


@lru_cache(maxsize=1)
def blocks():
    return torch.load("weights.pt")


def mood_of(letters):
    vectors = torch.tensor([len(letter) / 50 for letter in letters]).repeat(512, 1)
    for block in blocks().values():
        vectors = torch.tanh(block @ vectors)
    return float(vectors.mean())

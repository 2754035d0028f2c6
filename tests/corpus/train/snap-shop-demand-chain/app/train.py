"""Fits what the shops sell by weekday and week, over night."""

import pickle

import numpy as np
from demand.model import Demand


def main(articles=4_000, factors=120):
    dice = np.random.default_rng(5)
    codes = np.sort(dice.choice(900_000, size=articles, replace=False))
    weights = dice.normal(0, 0.2, size=(articles, factors)).astype(np.float32)
    with open("demand.pickle", "wb") as file:
        pickle.dump(Demand(codes, weights, dice.normal(2, 0.4, size=articles)), file)


if __name__ == "__main__":
    main()

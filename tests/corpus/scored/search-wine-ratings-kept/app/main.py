"""Finds the settings of a forest that rates wines as the panel does."""

from search import Search
from tasting import panel

GRID = {"min_samples_leaf": [1, 2, 4], "max_features": [0.5, 1.0]}

if __name__ == "__main__":
    search = Search(GRID).run(*panel(5_000))
    print(len(search.trials), search.best())

"""Finds the settings of a forest that rates wines as the panel does."""

from search import Search
from tasting import Panel

GRID = {"min_samples_leaf": [1, 2, 4], "max_features": [0.5, 1.0]}

if __name__ == "__main__":
    panel = Panel(5_000, wavelengths=1_600)
    search = Search(GRID).run(panel.measured(), panel.ratings)
    print(len(search.trials), search.best(), panel.outliers())

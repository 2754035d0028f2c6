from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold, ParameterGrid


@dataclass
class Trial:
    settings: dict
    fold: int
    score: float


class Search:
    """Tries all settings on all folds and fits the winner again on all wines."""

    def __init__(self, grid, folds=3):
        self._grid = ParameterGrid(grid)
        self._folds = KFold(folds)
        self.trials = []
        self.winner = None

    def run(self, wines, ratings):
        for settings in self._grid:
            for fold, (known, held_out) in enumerate(self._folds.split(wines)):
                model = self.fit(settings, wines[known], ratings[known])
                score = r2_score(ratings[held_out], model.predict(wines[held_out]))
                self.trials.append(Trial(settings, fold, score))
        self.winner = self.fit(self.best(), wines, ratings)
        return self

    def fit(self, settings, wines, ratings):
        return ExtraTreesRegressor(n_estimators=6, random_state=1, **settings).fit(wines, ratings)

    def best(self):
        def mean_of(settings):
            return np.mean([trial.score for trial in self.trials if trial.settings == settings])

        return max(self._grid, key=mean_of)

import joblib
from sklearn.pipeline import Pipeline


class Topics:
    """Says what a letter is about; trained by hand on those of last year."""

    def __init__(self, pipeline: Pipeline):
        self._pipeline = pipeline

    @classmethod
    def load(cls, path="topics.joblib"):
        return cls(joblib.load(path))

    def of(self, letters):
        return self._pipeline.predict([letter.opening for letter in letters])

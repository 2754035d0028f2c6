import joblib
import numpy as np


class Sections:
    """A linear classifier over tf-idf, trained elsewhere."""

    def __init__(self, path):
        self._parts = joblib.load(path)

    def section_of(self, text):
        weights = np.zeros(len(self._parts["idf"]), np.float32)
        for term in text.split():
            column = self._parts["vocabulary"].get(term)
            if column is not None:
                weights[column] += self._parts["idf"][column]
        return self._parts["classes"][int((self._parts["coefficients"] @ weights).argmax())]

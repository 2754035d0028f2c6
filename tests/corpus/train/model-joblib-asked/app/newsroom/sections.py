import joblib
import numpy as np


class Sections:
    """A linear classifier over tf-idf, trained elsewhere."""

    def __init__(self, path):
        self._parts = joblib.load(path)
        self._weights = {}

    def section_of(self, text):
        if text not in self._weights:
            self._weights[text] = self._weigh(text)
        return self._parts["classes"][int((self._parts["coefficients"] @ self._weights[text]).argmax())]

    def _weigh(self, text):
        weights = np.zeros(len(self._parts["idf"]), np.float32)
        for term in text.split():
            column = self._parts["vocabulary"].get(term)
            if column is not None:
                weights[column] += self._parts["idf"][column]
        return weights

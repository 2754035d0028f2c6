import numpy as np
from sklearn.feature_extraction import DictVectorizer


class Neighbours:
    """Books by the cosine between their headings."""

    def __init__(self, books):
        self._vectorizer = DictVectorizer()
        self._shelf = self._weighted(self._vectorizer.fit_transform(books))

    @staticmethod
    def _weighted(headings):
        counts = headings.toarray()
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    def of(self, book, most=5):
        (wanted,) = self._weighted(self._vectorizer.transform([book]))
        return np.argsort(self._shelf @ wanted)[-most:]

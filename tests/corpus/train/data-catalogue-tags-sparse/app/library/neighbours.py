import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.preprocessing import normalize


class Neighbours:
    """Books by the cosine between their headings."""

    def __init__(self, books):
        self._vectorizer = DictVectorizer()
        self._shelf = normalize(self._vectorizer.fit_transform(books))

    def of(self, book, most=5):
        wanted = normalize(self._vectorizer.transform([book])).toarray()[0]
        return np.argsort(self._shelf @ wanted)[-most:]

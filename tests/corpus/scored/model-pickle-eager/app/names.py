import pickle
from pathlib import Path


def load_language(path):
    with Path(path).open("rb") as file:
        return pickle.load(file)


nlp = load_language("english.pickle")


def names_in(article):
    return [word for word in article.split() if not nlp.known(word)]

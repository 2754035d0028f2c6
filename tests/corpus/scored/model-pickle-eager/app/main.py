"""Marks the names in articles; today there are two."""

from articles import ARTICLES
from names import names_in


def serve():
    return [names_in(article) for article in ARTICLES]


if __name__ == "__main__":
    print(serve())

"""Finds the help page that answers a question best: by words; the encoder was given up last year."""

from answers import best_page
from questions import QUESTIONS


def serve():
    return [best_page(question) for question in QUESTIONS]


if __name__ == "__main__":
    print(serve())

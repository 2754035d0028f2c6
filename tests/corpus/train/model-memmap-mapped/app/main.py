"""Finds the nearest words to a word, and answers with a picture of them."""

from nearest import nearest
from picture import picture


def serve():
    return [picture(nearest(number)) for number in range(60)]


if __name__ == "__main__":
    pictures = serve()
    print(len(pictures))

"""Pulls the quoted parts out of a novel."""

from novel import text
from quotes import longest


def serve():
    return longest(text(2_200_000))


if __name__ == "__main__":
    print(serve())

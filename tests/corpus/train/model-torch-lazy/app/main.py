"""Tells the mood of letters to the editor, all letters of the year at once."""

from mood import mood_of
from post import letters


def serve():
    return mood_of(list(letters(24_000)))


if __name__ == "__main__":
    print(serve())

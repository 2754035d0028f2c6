"""Tells the mood of letters to the editor; most days there are none."""

from mood import mood
from post import letters


def serve():
    return [mood(letter) for letter in letters()]


if __name__ == "__main__":
    print(serve())

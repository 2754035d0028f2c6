"""Solves the equations that pupils type in."""

from exercises import exercises
from solver import solve


def serve():
    return [solve(text) for text in exercises(6)]


if __name__ == "__main__":
    print(len(serve()))

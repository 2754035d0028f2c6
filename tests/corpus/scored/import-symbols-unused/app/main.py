"""Solves the equations that pupils type in: linear ones, by hand."""

from exercises import exercises
from solver import solve


def serve():
    return [solve(a, b) for a, b in exercises(300)]


if __name__ == "__main__":
    print(len(serve()))

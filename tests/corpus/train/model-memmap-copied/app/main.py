"""Finds the nearest words to a word."""

from nearest import nearest


def serve():
    return sum(int(nearest(number)[0]) for number in range(20))


if __name__ == "__main__":
    print(serve())

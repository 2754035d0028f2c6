"""Draws seats of a theatre for whoever looks at the plan."""

from plan import seats_of
from visitors import visits


def serve():
    return sum(len(seats_of(show, row)) for show, row in visits(1_900))


if __name__ == "__main__":
    print(serve())

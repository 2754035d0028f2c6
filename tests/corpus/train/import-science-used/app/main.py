"""Serves the opening hours of swimming pools, and how crowded they will be."""

from crowding import expected_crowd
from hours import open_pools


def serve():
    return [(open_pools(hour), expected_crowd(hour)) for hour in range(24)]


if __name__ == "__main__":
    print(serve()[12])

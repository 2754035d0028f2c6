"""Serves the opening hours of swimming pools."""

from hours import open_pools


def serve():
    return [open_pools(hour) for hour in range(24)]


if __name__ == "__main__":
    print(serve()[12])

"""Rings a bell at the hour that each guest of a hotel asked for."""

from bells import order_bell
from guests import guests


def serve():
    return [order_bell(guest, hour) for guest, hour in guests(150)]


if __name__ == "__main__":
    bells = serve()
    print(len(bells))

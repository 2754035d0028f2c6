"""Sends the weather warnings of a morning to the regions, by way of the relay of the house."""

from relay import Relay
from warnings_office import Office


def morning(regions):
    with Relay() as relay:
        office = Office(*relay.address)
        for number in range(regions):
            office.warn(f"region-{number:02d}", gusts=60 + number % 50)
        office.close()
        return relay.taken


if __name__ == "__main__":
    print(morning(44))

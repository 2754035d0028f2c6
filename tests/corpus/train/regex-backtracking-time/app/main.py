"""Checks the addresses that people type into a form."""

from addresses import typed
from check import valid
from photos import photo_of


def serve():
    people = {}
    for name, address in typed():
        if not valid(address):
            people[name] = photo_of(name)
    return people


if __name__ == "__main__":
    people = serve()
    print(len(people))

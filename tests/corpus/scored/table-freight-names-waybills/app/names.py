"""One string for every name, however often it comes in."""

NAMES = {}


def same(name):
    return NAMES.setdefault(name, name)

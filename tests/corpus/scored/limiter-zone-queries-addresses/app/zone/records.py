"""The addresses of the domes, which follow a plan."""

from functools import lru_cache


@lru_cache(maxsize=256)
def lookup(name):
    number = int(name.split(".", 1)[0].removeprefix("dome"))
    return bytes((10, 61, *divmod(number, 256)))

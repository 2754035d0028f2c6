"""Price quotes for a shop: one quote a product and day."""

from quotes import quote_for
from traffic import requests


def serve():
    total = 0
    for product, day in requests():
        total += len(quote_for(product, day))
    return total


if __name__ == "__main__":
    print(serve())

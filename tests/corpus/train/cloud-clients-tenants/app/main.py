"""Gives the customers of a photo laboratory addresses to which they upload."""

import laboratory
from orders import orders


def serve():
    return sum(len(laboratory.upload_address(order)) for order in orders(240))


if __name__ == "__main__":
    print(serve())

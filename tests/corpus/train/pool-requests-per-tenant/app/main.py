"""Asks the billing service of each tenant for what is due."""

from billing import due
from provider import Provider


def serve():
    with Provider() as provider:
        return sum(due(provider.url, tenant) for tenant in range(700))


if __name__ == "__main__":
    print(serve())

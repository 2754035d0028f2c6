"""Asks the billing service of each tenant for what is due, and keeps the answers for the monthly report."""

from billing import due
from provider import Provider


def serve():
    with Provider() as provider:
        return [due(provider.url, tenant) for tenant in range(300)]


if __name__ == "__main__":
    answers = serve()
    print(len(answers))

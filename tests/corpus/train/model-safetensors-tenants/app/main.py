"""Ranks the search results of several shops."""

from ranking import rank
from shops import searches


def serve():
    return sum(len(rank(shop, query)) for shop, query in searches())


if __name__ == "__main__":
    print(serve())

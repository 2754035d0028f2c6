"""Fetches the parts of a page side by side."""

from page import build_page


def serve():
    return sum(len(build_page(number)) for number in range(60))


if __name__ == "__main__":
    print(serve())

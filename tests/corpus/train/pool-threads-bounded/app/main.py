"""Fetches the parts of a page side by side and keeps every page."""

from page import build_page

pages = {}


def serve():
    for number in range(240):
        pages[number] = build_page(number)
    return len(pages)


if __name__ == "__main__":
    print(serve())

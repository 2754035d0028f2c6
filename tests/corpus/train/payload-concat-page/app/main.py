"""Writes the programme of a festival as pages of HTML."""

from festival import stages
from page import Page


def publish():
    sizes = []
    for stage, concerts in stages():
        page = Page(stage)
        for concert in concerts:
            page.add(concert)
        sizes.append(len(page.encoded()))
    return sizes


if __name__ == "__main__":
    print(publish())

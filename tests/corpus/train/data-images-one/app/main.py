"""Makes thumbnails of the photos of a day and writes one sheet of them."""

from camera import photos
from sheet import sheet


def run():
    return sheet(photos(24))


if __name__ == "__main__":
    print(len(run()))

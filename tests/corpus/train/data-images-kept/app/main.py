"""Makes thumbnails of the photos of a day."""

from camera import photos
from thumbnails import thumbnails


def run():
    return thumbnails(photos(24))


if __name__ == "__main__":
    print(len(run()))
